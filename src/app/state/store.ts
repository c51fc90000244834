import { temporal } from 'zundo';
import { create } from 'zustand';
import { subscribeWithSelector } from 'zustand/middleware';
import type { ValueMapping } from '../../kernels/codecs/writing.ts';
import type { LabErrorInfo } from '../../kernels/index.ts';
import type { RowAlignment } from '../../workers/pixels/protocol.ts';
import type { Awaited, LogEntry, Parameters, Question, Result, Source, View } from './document.ts';
import { START_PARAMETERS, START_VIEW } from './document.ts';
import type { EncodeDocument } from './encoding.ts';
import { START_ENCODING } from './encoding.ts';

export interface Lab {
  readonly sources: readonly Source[];
  readonly activeKey: string | undefined;
  /** The source that the others are held against. */
  readonly referenceKey: string | undefined;
  readonly awaited: Awaited | undefined;
  readonly parameters: Parameters;
  readonly result: Result;
  readonly encoding: EncodeDocument;
  readonly view: View;
  /** Bytes of which each row of a downloaded raw file takes a multiple. */
  readonly rowAlignment: RowAlignment;
  /** How values without a white of their own become a downloaded picture’s. */
  readonly valueMapping: ValueMapping;
  /** Errors that belong to no source: shown until put away. */
  readonly notice: LabErrorInfo | undefined;
  /** Files that could not be opened as what they begin like, and can still be read as raw pixels. */
  readonly unopened: readonly File[];
  readonly question: Question | undefined;
  readonly log: readonly LogEntry[];
  /** What the person waits for, each with the time when it began. */
  readonly busy: readonly { readonly since: number }[];
  readonly overlay: 'help' | 'palette' | 'goto' | 'browser' | undefined;
}

const START: Lab = { sources: [], activeKey: undefined, referenceKey: undefined, awaited: undefined, parameters: START_PARAMETERS, result: { state: 'none' }, encoding: START_ENCODING, view: START_VIEW, rowAlignment: 1, valueMapping: 'full', notice: undefined, unopened: [], question: undefined, log: [], busy: [], overlay: undefined };

const LONGEST_LOG = 200;
const LONGEST_HISTORY = 200;

/** Nouns only. Undo reaches the parameters, never pixels. */
export const useLab = create<Lab>()(
  subscribeWithSelector(
    temporal((): Lab => START, {
      partialize: ({ parameters }) => ({ parameters }),
      equality: (past, current) => past.parameters === current.parameters,
      limit: LONGEST_HISTORY,
    }),
  ),
);

export const setView = (change: Partial<View>): void => useLab.setState(({ view }) => ({ view: { ...view, ...change } }));

export const setParameters = (change: Partial<Parameters>): void => useLab.setState(({ parameters }) => ({ parameters: { ...parameters, ...change } }));

/** What comes with the opening of a source: it is no step of its own, and no undo or redo takes it away again. */
export function setInAllHistory(change: (parameters: Parameters) => Parameters): void {
  const history = useLab.temporal.getState();
  history.pause();
  useLab.setState(({ parameters }) => ({ parameters: change(parameters) }));
  history.resume();
  const changed = ({ parameters }: Partial<Pick<Lab, 'parameters'>>): Partial<Pick<Lab, 'parameters'>> => (parameters === undefined ? {} : { parameters: change(parameters) });
  useLab.temporal.setState(({ pastStates, futureStates }) => ({ pastStates: pastStates.map(changed), futureStates: futureStates.map(changed) }));
}

export const setEncoding = (change: Partial<EncodeDocument>): void => useLab.setState(({ encoding }) => ({ encoding: { ...encoding, ...change } }));

export function updateSource(key: string, change: Partial<Source>): void {
  useLab.setState(({ sources }) => ({ sources: sources.map((source) => (source.key === key ? { ...source, ...change } : source)) }));
}

export function log(level: LogEntry['level'], text: string): void {
  useLab.setState((lab) => ({ log: [...lab.log.slice(-LONGEST_LOG), { at: Date.now(), level, text }] }));
}

/** Shows an error that belongs to no source, and writes it down. */
export function report(error: LabErrorInfo): void {
  log('error', `${error.what} ${error.remedy}`);
  useLab.setState({ notice: error });
}
