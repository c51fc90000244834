import { readAsRaw } from '../commands/files.ts';
import { useLab } from '../state/store.ts';
import { Button, ErrorNote } from '../ui/controls.tsx';
import css from './shell.module.css';

/** An error that belongs to no source, below the picture: it covers nothing, and goes with what is opened next. */
export function Notice() {
  const notice = useLab((lab) => lab.notice);
  const canBeRaw = useLab(({ unopened }) => unopened.length > 0);
  if (notice === undefined) return undefined;
  return (
    <div className={css['notice']}>
      <ErrorNote error={notice}>{canBeRaw && <Button onClick={() => void readAsRaw()}>Read as raw pixels</Button>}<Button onClick={() => useLab.setState({ notice: undefined, unopened: [] })}>Close</Button></ErrorNote>
    </div>
  );
}
