import { CHAINS, STAGES } from '../../../../workers/mjpeg/client.ts';
import type { FrameTrack } from '../../../../workers/mjpeg/client.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const ROW = 12;
const WIDTH = 360;
const LABEL = 96;
const ROWS = 20;

const total = ({ costs }: FrameTrack): number => costs.reduce((sum, { ms }) => sum + ms, 0);

function Track({ track, y, scale }: { readonly track: FrameTrack; readonly y: number; readonly scale: number }) {
  const starts = track.costs.map((_, index) => track.costs.slice(0, index).reduce((sum, { ms }) => sum + ms, 0));
  return (
    <g>
      <text x={0} y={y + ROW - 3.5}>{CHAINS[track.chain].title} {track.frame}</text>
      {track.costs.map(({ stage, ms }, index) => <rect key={stage} data-stage={stage} x={LABEL + (starts[index] ?? 0) * scale} y={y} width={Math.max(0.3, ms * scale)} height={ROW - 3}><title>{`${STAGES[stage].title}: ${ms.toFixed(3)} ms`}</title></rect>)}
    </g>
  );
}

/** The last frames, one bar each: how long every stage took. */
export function Waterfall() {
  const tracks = useBench(({ snapshot }) => snapshot?.tracks) ?? [];
  const shown = tracks.slice(-ROWS);
  if (shown.length === 0) return undefined;
  const longest = Math.max(...shown.map(total), 0.1);
  const scale = (WIDTH - LABEL) / longest;
  return (
    <section className={css['card']} aria-label="Waterfall">
      <h2>Last frames <span className={css['note']}>full width: <span className={css['figure']} data-volatile>{longest.toFixed(1)} ms</span></span></h2>
      <svg className={css['waterfall']} viewBox={`0 0 ${String(WIDTH)} ${String(ROWS * ROW)}`} aria-hidden="true" data-volatile>
        {shown.map((track, index) => <Track key={track.key} track={track} y={index * ROW} scale={scale} />)}
      </svg>
      <table className="visually-hidden">
        <caption>Milliseconds of the last frames</caption>
        <thead><tr><th scope="col">Chain</th><th scope="col">Frame</th><th scope="col">ms</th></tr></thead>
        <tbody>{shown.map((track) => <tr key={track.key}><td>{CHAINS[track.chain].title}</td><td>{track.frame}</td><td>{total(track).toFixed(2)}</td></tr>)}</tbody>
      </table>
    </section>
  );
}
