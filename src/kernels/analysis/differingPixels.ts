import { formatLayout } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import { rowSizes } from '../image/layout.ts';
import type { Image, Plane } from '../image/types.ts';

/** Two stored numbers that are not the same; NaN is the same as NaN. */
export const isDifferent = (a: number, b: number): boolean => a !== b && !(Number.isNaN(a) && Number.isNaN(b));

interface Rows {
  readonly layout: ComponentLayout;
  /** Bytes of a row of the component's plane. */
  readonly rowBytes: number;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

function markComponent({ layout: { sub }, a, b }: Rows, marks: Uint8Array): void {
  for (let x = 0; x < a.length; x += 1) {
    if (isDifferent(a[x] ?? 0, b[x] ?? 0)) marks.fill(1, x * sub.x, (x + 1) * sub.x);
  }
}

/** Whether the stored bytes of a plane's row are the same: most rows of pictures that are nearly alike need no closer look. */
function isSameRow(a: Plane, b: Plane, row: number, rowBytes: number): boolean {
  const [from, other] = [row * a.stride, row * b.stride];
  for (let at = 0; at < rowBytes; at += 1) if (a.bytes[from + at] !== b.bytes[other + at]) return false;
  return true;
}

/**
 * Which pixels of a row differ in any of their samples, chroma samples counting for every pixel they cover.
 * @param a and `b`: of one format and size
 * @returns marks[width] of row y, 1 where the pixel differs; the array is used again for the next row
 */
export function differingPixels(a: Image, b: Image): (y: number) => Uint8Array {
  const components = formatLayout(a.format).components.map((layout): Rows => {
    const { width } = componentSize(a, layout);
    return { layout, rowBytes: rowSizes(a, layout.plane).rowBytes, a: new Float64Array(width), b: new Float64Array(width) };
  });
  const marks = new Uint8Array(a.width);
  return (y) => {
    marks.fill(0);
    const same = new Set<number>();
    for (const rows of components) {
      const { sub, plane } = rows.layout;
      const row = Math.floor(y / sub.y);
      const [planeA, planeB] = [a.planes[plane], b.planes[plane]];
      if (planeA === undefined || planeB === undefined || same.has(plane)) continue;
      if (isSameRow(planeA, planeB, row, rows.rowBytes)) {
        same.add(plane);
        continue;
      }
      readComponentRow(a, rows.layout, row, rows.a);
      readComponentRow(b, rows.layout, row, rows.b);
      markComponent(rows, marks);
    }
    return marks;
  };
}

export interface PixelPlace {
  readonly x: number;
  readonly y: number;
}

/** Goes through the rows of two images for the pixel that differs next. */
export interface DifferenceWalk {
  /** Rows to go through, `take` being asked for the first of them first. */
  readonly rows: number;
  readonly take: (from: number, to: number) => void;
  /** What was found so far. */
  readonly found: () => PixelPlace | undefined;
}

/**
 * The next pixel that differs, row after row, from left to right; backwards from right to left.
 * @param after where to go on, itself left out; undefined: at the beginning, or backwards at the end
 */
export function differenceWalk(a: Image, b: Image, after: PixelPlace | undefined, direction: 1 | -1): DifferenceWalk {
  const marksOf = differingPixels(a, b);
  const isForward = direction === 1;
  const first = after?.y ?? (isForward ? 0 : a.height - 1);
  let place: PixelPlace | undefined;
  const look = (y: number): number => {
    const marks = marksOf(y);
    const isStart = after !== undefined && y === after.y;
    if (isForward) return marks.indexOf(1, isStart ? after.x + 1 : 0);
    const before = isStart ? after.x - 1 : a.width - 1;
    return before < 0 ? -1 : marks.lastIndexOf(1, before);
  };
  return {
    rows: isForward ? a.height - first : first + 1,
    take: (from, to) => {
      for (let step = from; step < to && place === undefined; step += 1) {
        const y = first + step * direction;
        const x = look(y);
        if (x >= 0) place = { x, y };
      }
    },
    found: () => place,
  };
}
