import { Circle, CircleStop, EyeOff, RotateCcw, X } from 'lucide-react';
import type { WindowSetup, WindowView } from '../../../../workers/stream/client.ts';
import { Button } from '../../../ui/controls.tsx';
import { changeWindow, removeWindow, select, toggleRecording } from './commands.ts';
import { bytes, ms, psnr, rate, size } from './figures.ts';
import { PictureCanvas } from './PictureCanvas.tsx';
import { RowBadge } from './RowBadge.tsx';
import css from './routing.module.css';

function Metric({ name, value, isVolatile = true }: { readonly name: string; readonly value: string; readonly isVolatile?: boolean }) {
  return <div className={css['metric']}><dt>{name}</dt><dd {...(isVolatile ? { 'data-volatile': true } : {})}>{value}</dd></div>;
}

/** Whether the decoded picture is the one that was sent. */
function Verdict({ view: { last } }: { readonly view: WindowView }) {
  if (last === undefined) return undefined;
  if (last.state !== 'sent') return <span className={css['bad']}>{last.why}</span>;
  if (last.checksum !== undefined && last.checksum.sent !== last.checksum.received) return <span className={css['bad']}>The checksum of the decoded picture is another.</span>;
  if (last.number !== undefined && last.number !== last.frame % 65_536) return <span className={css['bad']}>The decoded picture is frame {last.number}, not {last.frame}.</span>;
  return <span className={css['good']}>{last.checksum === undefined ? psnr(last.psnr) : 'same checksum'}{last.number === undefined ? '' : ` · frame ${String(last.number)} arrived`}</span>;
}

function Figures({ view }: { readonly view: WindowView }) {
  return (
    <dl className={css['metrics']}>
      <Metric name="fps" value={view.fps.toFixed(1)} />
      <Metric name="latency" value={ms(view.latencyMs)} />
      <Metric name="rate" value={rate(view.bytesPerSecond)} />
      <Metric name="queue" value={String(view.queue)} />
      <Metric name="sent" value={String(view.sent)} isVolatile={false} />
      <Metric name="dropped" value={String(view.dropped)} isVolatile={false} />
      <Metric name="failed" value={String(view.failed)} isVolatile={false} />
      <Metric name="PSNR" value={psnr(view.last?.psnr)} isVolatile={false} />
    </dl>
  );
}

function Recording({ view }: { readonly view: WindowView }) {
  const { recording } = view;
  return recording === undefined ? undefined : <p className={css['recording']} role="status">Recording: {recording.frames} frames, {bytes(recording.bytes)}{recording.parts > 1 ? `, ${String(recording.parts)} files` : ''}</p>;
}

/** One window: what was sent beside what came out, its last decision, its figures. */
export function WindowCard({ setup, view, isSelected }: { readonly setup: WindowSetup; readonly view: WindowView | undefined; readonly isSelected: boolean }) {
  const { id, isLost } = setup;
  const name = `Window ${String(id)}`;
  const isRecording = view?.recording !== undefined;
  const last = view?.last;
  return (
    <article className={css['card']} aria-label={name} data-selected={isSelected}>
      <header className={css['cardHead']}>
        <button type="button" className={css['cardName']} aria-pressed={isSelected} onClick={() => select(id)}>{name}</button>
        <span className={css['mono']}>{view === undefined || view.width === 0 ? '' : size(view)} {setup.encoding} {setup.rgbFormat} → {last === undefined ? 'nothing yet' : (last.encoding ?? 'dropped')}</span>
        <span className={css['spacer']} />
        <Button look="icon" aria-label={isRecording ? `End the recording of window ${String(id)} and save it` : `Record window ${String(id)}`} onClick={() => void toggleRecording(id)}>{isRecording ? <CircleStop size={14} /> : <Circle size={14} />}</Button>
        <Button look="icon" aria-label={isLost ? `Bring window ${String(id)} back` : `Lose window ${String(id)}`} aria-pressed={isLost} onClick={() => changeWindow(id, { isLost: !isLost })}>{isLost ? <RotateCcw size={14} /> : <EyeOff size={14} />}</Button>
        <Button look="icon" aria-label={`Remove window ${String(id)}`} onClick={() => removeWindow(id)}><X size={14} /></Button>
      </header>
      <div className={css['pictures']}>
        <PictureCanvas window={id} role="sent" label={`Window ${String(id)}, as it is sent`} />
        <PictureCanvas window={id} role="decoded" label={`Window ${String(id)}, decoded again`} />
      </div>
      <p className={css['why']}>{last?.row === undefined ? 'No frame yet.' : <><RowBadge row={last.row} /> {last.reasons.find(({ row }) => row === last.row)?.says}</>}</p>
      {view !== undefined && <Figures view={view} />}
      {view !== undefined && <p className={css['verdict']}><Verdict view={view} /></p>}
      {view !== undefined && <Recording view={view} />}
    </article>
  );
}
