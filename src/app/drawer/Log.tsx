import { useLab } from '../state/store.ts';
import css from './drawer.module.css';

/** What happened, the latest first. */
export default function Log() {
  const log = useLab((lab) => lab.log);
  if (log.length === 0) return <p className={css['hint']}>Nothing has happened yet.</p>;
  return <ol className={css['log']}>{log.toReversed().map(({ at, level, text }, index) => <li key={log.length - index} data-level={level}>{`${new Date(at).toLocaleTimeString('en-GB')}  ${text}`}</li>)}</ol>;
}
