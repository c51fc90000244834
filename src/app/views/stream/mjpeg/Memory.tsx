import { CHAINS } from '../../../../workers/mjpeg/client.ts';
import type { ChainId, MemorySample } from '../../../../workers/mjpeg/client.ts';
import { measuresMemory } from './commands.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const [WIDTH, HEIGHT] = [600, 120];
const CHAIN_IDS: readonly ChainId[] = ['naive', 'encoder', 'fused', 'fast'];
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

function Line({ samples, id, most }: { readonly samples: readonly MemorySample[]; readonly id: ChainId; readonly most: number }) {
  const last = Math.max(samples.at(-1)?.at ?? 1, 1);
  const points = samples.flatMap(({ at, perFrame }) => { const kib = perFrame[id]?.kib; return kib === undefined ? [] : [`${((at / last) * WIDTH).toFixed(1)},${(HEIGHT - 4 - (kib / most) * (HEIGHT - 12)).toFixed(1)}`]; });
  return <polyline data-chain={id} points={points.join(' ')} />;
}

/** Why there is no number of the browser's yet. */
function absence(): string {
  if (!crossOriginIsolated) return 'The page is not isolated, so the browser does not measure what it holds.';
  return measuresMemory() ? 'The browser measures what page and workers hold when it next collects garbage.' : 'This browser does not tell what page and workers hold (measureUserAgentSpecificMemory).';
}

function Heap() {
  const heap = useBench((state) => state.heap);
  if (heap.length === 0) return <p className={css['note']}>{absence()}</p>;
  const bytes = heap.map((sample) => sample.bytes);
  return <p className={css['note']}>Page and workers hold <span className={css['mono']} data-volatile>{mebibytes(bytes.at(-1) ?? 0)} MiB · least {mebibytes(Math.min(...bytes))}, most {mebibytes(Math.max(...bytes))} over {(heap.at(-1)?.at ?? 0).toFixed(0)} s</span>. The room that conversions reserve, 256 MiB, counts in full.</p>;
}

/** New buffers a frame over time: flat where buffers are reused. */
export function Memory() {
  const memory = useBench(({ snapshot }) => snapshot?.memory) ?? [];
  if (memory.length === 0) return undefined;
  const used = CHAIN_IDS.filter((id) => memory.some(({ perFrame }) => perFrame[id] !== undefined));
  const most = Math.max(1, ...memory.flatMap(({ perFrame }) => used.map((id) => perFrame[id]?.kib ?? 0)));
  const last = memory.at(-1);
  return (
    <section className={css['card']} aria-label="Memory">
      <h2>New buffers a frame <span className={css['note']}>top: <span className={css['figure']} data-volatile>{most.toFixed(0)} KiB</span></span></h2>
      <svg className={css['lines']} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true" data-volatile>{used.map((id) => <Line key={id} id={id} samples={memory} most={most} />)}</svg>
      <ul className={css['legend']}>{used.map((id) => <li key={id}><i className={css['swatch']} data-chain={id} />{CHAINS[id].title} <span className={css['mono']} data-volatile>{(last?.perFrame[id]?.allocations ?? 0).toFixed(1)} buffers, {(last?.perFrame[id]?.kib ?? 0).toFixed(0)} KiB</span></li>)}</ul>
      <Heap />
      <table className="visually-hidden">
        <caption>KiB of new buffers a frame, second by second</caption>
        <thead><tr><th scope="col">Seconds</th>{used.map((id) => <th key={id} scope="col">{CHAINS[id].title}</th>)}</tr></thead>
        <tbody>{memory.slice(-30).map(({ at, perFrame }) => <tr key={at}><td>{at.toFixed(0)}</td>{used.map((id) => <td key={id}>{(perFrame[id]?.kib ?? 0).toFixed(1)}</td>)}</tr>)}</tbody>
      </table>
    </section>
  );
}
