import { useEffect, useRef } from 'react';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import type { ComponentLayout } from '../../../kernels/image/formatLayout.ts';
import type { ImageInfo, Reply } from '../../../workers/pixels/protocol.ts';
import { client } from '../../lab.ts';
import type { Notation } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Channel } from '../../ui/controls.tsx';
import { notateWithin, notationWithin } from '../../ui/format.ts';
import { useReply } from '../../ui/useReply.ts';
import css from './inspect.module.css';
import type { Cell, Surroundings } from './loupe.ts';
import { REACH, cellsAround, rectAround, shownComponent } from './loupe.ts';

/** Characters for which a cell has room. */
const ROOM = 6;
const SIDE = 2 * REACH + 1;

/** Numbers and colours in one answer, so that they never stand for different places. */
async function look(image: ImageInfo, x: number, y: number, solo: string | undefined): Promise<Reply<Surroundings>> {
  const rect = rectAround(x, y, image.spec);
  const [region, tile] = await Promise.all([client.region(image.id, rect, 'loupe'), client.tile({ image: image.id, rect, step: 1, display: { solo: solo === undefined ? [] : [solo] } })]);
  if (!region.ok) return region;
  return tile.ok ? { ok: true, value: { x, y, region: region.value, tile: tile.value } } : tile;
}

/** The colours: for the eye alone, the numbers over them are the samples’ own. */
function Colours({ seen: { x, y, region: { rect }, tile } }: { readonly seen: Surroundings }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    context?.clearRect(0, 0, SIDE, SIDE);
    context?.putImageData(new ImageData(tile.rgba, tile.width, tile.height), rect.x - x + REACH, rect.y - y + REACH);
  }, [x, y, rect, tile]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden="true" />;
}

function Row({ cells, isMiddle, say }: { readonly cells: readonly Cell[]; readonly isMiddle: boolean; readonly say: (value: number) => string }) {
  return (
    <tr>
      <th scope="row" className="visually-hidden">{cells[0]?.y}</th>
      {cells.map(({ x, value, ink }, column) => <td key={x} data-ink={ink} data-outside={value === undefined} aria-current={isMiddle && column === REACH ? 'true' : undefined}>{value === undefined ? '' : say(value)}</td>)}
    </tr>
  );
}

function Numbers({ seen, layout: { component, bits, kind }, notation }: { readonly seen: Surroundings; readonly layout: ComponentLayout; readonly notation: Notation | undefined }) {
  const rows = cellsAround(seen, component);
  const say = (value: number): string => (notation === undefined ? '' : (notateWithin(ROOM, value, bits, kind, notation) ?? ''));
  const longest = Math.max(...rows.flat().map(({ value }) => (value === undefined ? 0 : say(value).length)));
  return (
    <table aria-label={`${component} of the 9 × 9 pixels around ${String(seen.x)}, ${String(seen.y)}`} data-digits={longest > 4 ? longest : undefined}>
      <thead className="visually-hidden"><tr><td />{rows[0]?.map(({ x }) => <th key={x} scope="col">{x}</th>)}</tr></thead>
      <tbody>{rows.map((cells, row) => <Row key={cells[0]?.y} cells={cells} isMiddle={row === REACH} say={say} />)}</tbody>
    </table>
  );
}

/** How the numbers are said, and why not in the notation that was chosen. */
function caption(kind: ComponentLayout['kind'], wanted: Notation, notation: Notation | undefined): string {
  if (notation === undefined) return 'has no room here: its values are too long';
  if (kind === 'float') return 'as stored, rounded where it is long';
  if (notation !== wanted) return `in ${notation}: ${wanted} has no room here`;
  return notation === 'norm' ? '0…1, to three decimals' : 'as stored';
}

/** 9 × 9 pixels around the picked one: their colours, and one component’s stored values. */
export function Loupe({ image, x, y }: { readonly image: ImageInfo; readonly x: number; readonly y: number }) {
  const solo = useLab(({ view }) => view.solo);
  const wanted = useLab(({ view }) => view.notation);
  const reply = useReply(`${String(x)} ${String(y)} ${solo ?? ''}`, () => look(image, x, y, solo));
  const layout = shownComponent(formatLayout(image.spec.format).components, solo);
  if (layout === undefined) return undefined;
  const notation = notationWithin(ROOM, layout.bits, layout.kind, wanted);
  return (
    <figure className={css['loupe']}>
      <div className={css['lens']}>
        {reply?.ok === true && <Colours seen={reply.value} />}
        {reply?.ok === true && <Numbers seen={reply.value} layout={layout} notation={notation} />}
      </div>
      <figcaption><Channel name={layout.component} />{caption(layout.kind, wanted, notation)}</figcaption>
    </figure>
  );
}
