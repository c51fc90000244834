import { Pause, Play, StepBack, StepForward, Square } from 'lucide-react';
import { Button } from '../../../ui/controls.tsx';
import { closeSource, seek, step, togglePlaying } from './commands.ts';
import { size } from './figures.ts';
import css from './routing.module.css';
import { useRouting } from './state.ts';

/** Where in the source we are; a live one has no places to go to. */
function Scrubber() {
  const frames = useRouting(({ snapshot }) => snapshot?.source?.frames);
  const isSeekable = useRouting(({ snapshot }) => snapshot?.source?.isSeekable ?? false);
  const position = useRouting(({ snapshot }) => snapshot?.position ?? -1);
  if (!isSeekable) return <span className={css['spacer']} />;
  const last = (frames ?? Math.max(300, position + 1)) - 1;
  return <input type="range" className={css['scrubber']} aria-label="Frame" min={0} max={last} value={Math.max(0, position)} onChange={(event) => void seek(Number(event.target.value))} />;
}

/** Play, step, scrub, and what the source is. */
export function Transport() {
  const snapshot = useRouting((state) => state.snapshot);
  const source = snapshot?.source;
  const isPlaying = snapshot?.state === 'playing';
  const isSeekable = source?.isSeekable === true;
  const has = source !== undefined;
  return (
    <div className={css['transport']} role="toolbar" aria-label="Playback">
      <Button look={has ? 'primary' : 'plain'} disabled={!has} onClick={() => void togglePlaying()}>{isPlaying ? <Pause size={14} /> : <Play size={14} />}{isPlaying ? 'Pause' : 'Play'}</Button>
      <Button look="icon" aria-label="One frame back" disabled={!isSeekable} onClick={() => void step(-1)}><StepBack size={14} /></Button>
      <Button look="icon" aria-label="One frame on" disabled={!has} onClick={() => void step(1)}><StepForward size={14} /></Button>
      <Button look="icon" aria-label="Close the source" disabled={!has} onClick={() => void closeSource()}><Square size={14} /></Button>
      <Scrubber />
      <span className={css['mono']} aria-live="off">{!has ? 'no source' : `frame ${String(Math.max(0, snapshot?.position ?? 0))}${source.frames === undefined ? '' : ` of ${String(source.frames)}`}`}</span>
      {has && <span className={css['sourceName']} title={source.title}>{source.title} · {source.spec.format} {size(source.spec)}{source.fps > 0 ? ` · ${source.fps.toFixed(source.fps % 1 === 0 ? 0 : 2)} fps` : ''}</span>}
    </div>
  );
}
