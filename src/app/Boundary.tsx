import { Component } from 'react';
import type { ReactNode } from 'react';
import { toErrorInfo } from '../kernels/index.ts';
import type { LabErrorInfo } from '../kernels/index.ts';
import css from './App.module.css';
import { undo } from './commands/view.ts';
import { log } from './state/store.ts';
import { Button, ErrorNote } from './ui/controls.tsx';

interface Props {
  /** What is within, as a person calls it; another title begins anew. */
  readonly title: string;
  readonly children: ReactNode;
}

interface State {
  readonly title: string;
  readonly error: LabErrorInfo | undefined;
}

/** What cannot be drawn does not take the page with it: it is said in its place, and the document stays as it is. */
export class Boundary extends Component<Props, State> {
  override state: State = { title: '', error: undefined };

  static getDerivedStateFromError(thrown: unknown): Partial<State> {
    return { error: toErrorInfo(thrown) };
  }

  static getDerivedStateFromProps({ title }: Props, state: State): State | null {
    return title === state.title ? null : { title, error: undefined };
  }

  override componentDidCatch(thrown: unknown): void {
    log('error', `${this.props.title}: ${toErrorInfo(thrown).what}`);
  }

  override render(): ReactNode {
    const { error, title } = this.state;
    if (error === undefined) return this.props.children;
    const reload = (): void => this.setState({ error: undefined });
    return (
      <div className={css['broken']}>
        <ErrorNote error={{ code: 'view/broken', what: `${title} could not be drawn. ${error.what}`, remedy: 'What is open and every setting are kept. Reload the view, or undo what was last set.' }}>
          <Button onClick={reload}>Reload the view</Button>
          <Button onClick={() => { undo(); reload(); }}>Undo and reload</Button>
        </ErrorNote>
      </div>
    );
  }
}
