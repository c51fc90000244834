import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { locateSample } from '../../kernels/image/locate.ts';
import { formatLayout } from '../../kernels/image/formatLayout.ts';
import { client } from '../lab.ts';
import type { ImageInfo } from '../../workers/pixels/protocol.ts';
import { goTo } from '../commands/view.ts';
import { shownImages } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { Segments } from '../ui/controls.tsx';
import { useReply } from '../ui/useReply.ts';
import css from './drawer.module.css';

const PER_ROW = 16;
const ROW_HEIGHT = 18;
const PAGE_ROWS = 64;

/** Bytes of a plane that the picked pixel occupies. */
function pickedBytes(image: ImageInfo, plane: number, pixel: { readonly x: number; readonly y: number } | undefined): ReadonlySet<number> {
  const { components, planes } = formatLayout(image.spec.format);
  if (pixel === undefined) return new Set();
  return new Set(components.filter((layout) => layout.plane === plane).flatMap((layout) => {
    const { byte, wordBytes } = locateSample(layout, planes[plane]?.blockBytes ?? 1, image.planes[plane]?.stride ?? 1, pixel.x, pixel.y);
    return Array.from({ length: wordBytes }, (_, index) => byte + index);
  }));
}

/** The pixel a byte belongs to. */
function pixelAt(image: ImageInfo, plane: number, byte: number): { readonly x: number; readonly y: number } {
  const { blockBytes, blockWidth, subY } = formatLayout(image.spec.format).planes[plane] ?? { blockBytes: 1, blockWidth: 1, subY: 1 };
  const stride = image.planes[plane]?.stride ?? 1;
  return { x: Math.floor((byte % stride) / blockBytes) * blockWidth, y: Math.floor(byte / stride) * subY };
}

function usePage(image: ImageInfo, plane: number, first: number): { readonly start: number; readonly bytes: Uint8Array } | undefined {
  const page = Math.floor(first / PAGE_ROWS);
  const start = Math.max(0, page - 1) * PAGE_ROWS * PER_ROW;
  const reply = useReply(`${image.id} ${String(plane)} ${String(start)}`, () => client.bytes(image.id, plane, start, PAGE_ROWS * PER_ROW * 4));
  return reply?.ok === true ? { start, bytes: reply.value } : undefined;
}

function HexRow({ image, plane, row, bytes, picked }: { readonly image: ImageInfo; readonly plane: number; readonly row: number; readonly bytes: Uint8Array; readonly picked: ReadonlySet<number> }) {
  const at = row * PER_ROW;
  const [stride, rowBytes] = [image.planes[plane]?.stride ?? 1, image.planes[plane]?.rowBytes ?? 1];
  return (
    <>
      <span>{at.toString(16).toUpperCase().padStart(8, '0')}</span>
      {Array.from(bytes, (value, index) => (
        <button
          key={index}
          type="button"
          tabIndex={-1}
          className={css['byte']}
          data-picked={picked.has(at + index)}
          data-padding={(at + index) % stride >= rowBytes}
          onClick={() => { const { x, y } = pixelAt(image, plane, at + index); goTo(x, y); }}
        >
          {value.toString(16).toUpperCase().padStart(2, '0')}
        </button>
      ))}
    </>
  );
}

/** The image's bytes as they lie in memory: padding hatched, the picked pixel marked; a byte leads to its pixel. */
export default function Bytes() {
  const image = useLab((lab) => shownImages(lab).main);
  const pixel = useLab(({ view }) => view.pixel);
  const [plane, setPlane] = useState('0');
  const host = useRef<HTMLDivElement>(null);
  const index = Math.min(Number(plane), (image?.planes.length ?? 1) - 1);
  const layout = image?.planes[index];
  const total = layout === undefined ? 0 : layout.stride * (layout.rows - 1) + layout.rowBytes;
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer is used as its documentation shows; this component is not compiled
  const rows = useVirtualizer({ count: Math.ceil(total / PER_ROW), getScrollElement: () => host.current, estimateSize: () => ROW_HEIGHT, overscan: 8 });
  const items = rows.getVirtualItems();
  const picked = image === undefined ? new Set<number>() : pickedBytes(image, index, pixel);
  const [firstPicked] = picked;
  useEffect(() => {
    if (firstPicked !== undefined) rows.scrollToIndex(Math.floor(firstPicked / PER_ROW), { align: 'center' });
  }, [firstPicked, rows]);
  if (image === undefined) return undefined;
  return <HexTable image={image} plane={index} setPlane={setPlane} host={host} height={rows.getTotalSize()} items={items} picked={picked} />;
}

interface HexTableProps {
  readonly image: ImageInfo;
  readonly plane: number;
  readonly setPlane: (plane: string) => void;
  readonly host: React.RefObject<HTMLDivElement | null>;
  readonly height: number;
  readonly items: readonly { readonly index: number; readonly start: number }[];
  readonly picked: ReadonlySet<number>;
}

function HexTable({ image, plane, setPlane, host, height, items, picked }: HexTableProps) {
  const page = usePage(image, plane, items[0]?.index ?? 0);
  const planes = image.planes.map((_, at) => ({ value: String(at), title: `plane ${String(at)}` }));
  return (
    <div className={css['hex']}>
      <div className={css['hexHead']}><Segments label="Plane" value={String(plane)} choices={planes} onChange={setPlane} /><span>{`stride ${String(image.planes[plane]?.stride ?? 0)} B, hatched bytes are padding`}</span></div>
      <div ref={host} style={{ height: 236, overflow: 'auto' }}>
        <div className={css['hexBody']} style={{ height }}>
          {page !== undefined && items.map(({ index, start }) => {
            const from = index * PER_ROW - page.start;
            const bytes = from < 0 ? new Uint8Array(0) : page.bytes.subarray(from, from + PER_ROW);
            return <div key={index} className={css['hexRow']} style={{ transform: `translateY(${String(start)}px)` }}><HexRow image={image} plane={plane} row={index} bytes={bytes} picked={picked} /></div>;
          })}
        </div>
      </div>
    </div>
  );
}
