import { wrapImage } from '../image/image.ts';
import { formatLayout, peakOf } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import type { Image } from '../image/types.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { ValueMapping } from './writing.ts';

/** Values that become black and white. */
type Span = readonly [black: number, white: number];

/** All that a type can say; floats count 0 … 1. */
function fullSpan({ kind, bits }: ComponentLayout): Span {
  if (kind === 'float') return [0, 1];
  return kind === 'signed' ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
}

/** The smallest and largest finite value of all components but alpha, so that colours keep their hue. */
function foundSpan(image: Image, layouts: readonly ComponentLayout[]): Span {
  let [low, high] = [Infinity, -Infinity];
  for (const layout of layouts) {
    const { width, height } = componentSize(image, layout);
    const row = new Float64Array(width);
    for (let y = 0; y < height; y += 1) {
      readComponentRow(image, layout, y, row);
      for (const value of row) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** A picture of float, signed or wide values as unsigned 8 or 16 bits. Rounded half up; what lies outside is cut, and no number becomes 0. @param to `gray`, `gray16le`, `rgba` or `rgba64le`, with the components of `image` */
export function mapValues(image: Image, to: PixelFormatId, mapping: ValueMapping): Image {
  const targets = formatLayout(to).components;
  const sources = targets.flatMap((target) => formatLayout(image.format).components.filter(({ component }) => component === target.component));
  const [first] = targets;
  if (first === undefined || sources.length !== targets.length) throw new TypeError(`${image.format} has not the components of ${to}.`);
  const peak = peakOf(first);
  const found = mapping === 'minmax' ? foundSpan(image, sources.filter(({ component }) => component !== 'A')) : undefined;
  const out = new Uint8Array(image.width * image.height * targets.length * first.wordBytes);
  const view = new DataView(out.buffer);
  const row = new Float64Array(image.width);
  for (const [index, source] of sources.entries()) {
    const own = fullSpan(source);
    const [black, white] = source.component === 'A' ? own : mapping === 'clamp' ? [0, peak] : (found ?? own);
    for (let y = 0; y < image.height; y += 1) {
      readComponentRow(image, source, y, row);
      for (const [x, value] of row.entries()) {
        const mapped = white > black ? ((value - black) * peak) / (white - black) : 0;
        const stored = Number.isNaN(mapped) ? 0 : Math.min(peak, Math.max(0, Math.floor(mapped + 0.5)));
        const at = (y * image.width + x) * targets.length + index;
        if (first.wordBytes === 1) out[at] = stored;
        else view.setUint16(at * 2, stored, true);
      }
    }
  }
  return wrapImage(out, { format: to, width: image.width, height: image.height, colorSpec: image.colorSpec });
}
