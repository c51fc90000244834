import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allocImage } from '../../../image/image.ts';
import type { Image } from '../../../image/types.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import { decodePng } from '../../png.ts';

const SAMPLES = join(import.meta.dirname, '../../../../../public/samples');

/** Real pictures: two in colour, one gray. */
export const CORPUS = {
  astronaut: join(SAMPLES, 'astronaut.png'),
  coffee: join(SAMPLES, 'coffee.png'),
  camera: join(import.meta.dirname, '../testdata/camera.png'),
} as const;

export type CorpusId = keyof typeof CORPUS;
export const corpusPicture = (id: CorpusId): Image => decodePng(readFileSync(CORPUS[id]));

/** A sample of 0 … 255 at a place of a component’s own grid. */
export type SampleAt = (component: number, x: number, y: number) => number;

/** A sample of a picture that no symmetry maps onto itself: slopes, edges and texture, another in each component. */
export function texture(component: number, x: number, y: number): number {
  const slope = 3 * x + 5 * y + 40 * component;
  const edge = ((x >> 3) + (y >> 2) + component) % 5 === 0 ? 90 : 0;
  const grain = (Math.imul(x * 73 + y * 151 + component * 37 + 11, 2_654_435_761) >>> 27) * (component === 0 ? 2 : 1);
  return (slope + edge + grain) & 255;
}

/** How a format's samples are laid out, written out by hand: the test's own reading of each, beside the table's. */
interface HandLayout {
  /** Luma pixels per chroma sample. */
  readonly subX: number;
  readonly subY: number;
  /** For each component, plane, bytes from sample to sample, first byte. */
  readonly runs: readonly (readonly [plane: number, step: number, first: number])[];
}

export const HAND_LAYOUTS = {
  gray: { subX: 1, subY: 1, runs: [[0, 1, 0]] },
  nv12: { subX: 2, subY: 2, runs: [[0, 1, 0], [1, 2, 0], [1, 2, 1]] },
  nv21: { subX: 2, subY: 2, runs: [[0, 1, 0], [1, 2, 1], [1, 2, 0]] },
  nv16: { subX: 2, subY: 1, runs: [[0, 1, 0], [1, 2, 0], [1, 2, 1]] },
  nv24: { subX: 1, subY: 1, runs: [[0, 1, 0], [1, 2, 0], [1, 2, 1]] },
  nv42: { subX: 1, subY: 1, runs: [[0, 1, 0], [1, 2, 1], [1, 2, 0]] },
  yuv420p: { subX: 2, subY: 2, runs: [[0, 1, 0], [1, 1, 0], [2, 1, 0]] },
  yuv422p: { subX: 2, subY: 1, runs: [[0, 1, 0], [1, 1, 0], [2, 1, 0]] },
  yuv440p: { subX: 1, subY: 2, runs: [[0, 1, 0], [1, 1, 0], [2, 1, 0]] },
  yuv411p: { subX: 4, subY: 1, runs: [[0, 1, 0], [1, 1, 0], [2, 1, 0]] },
  yuv444p: { subX: 1, subY: 1, runs: [[0, 1, 0], [1, 1, 0], [2, 1, 0]] },
  yuyv422: { subX: 2, subY: 1, runs: [[0, 2, 0], [0, 4, 1], [0, 4, 3]] },
  uyvy422: { subX: 2, subY: 1, runs: [[0, 2, 1], [0, 4, 0], [0, 4, 2]] },
  yvyu422: { subX: 2, subY: 1, runs: [[0, 2, 0], [0, 4, 3], [0, 4, 1]] },
  vyuy422: { subX: 2, subY: 1, runs: [[0, 2, 1], [0, 4, 2], [0, 4, 0]] },
  ayuv: { subX: 1, subY: 1, runs: [[0, 4, 1], [0, 4, 2], [0, 4, 3]] },
  vuya: { subX: 1, subY: 1, runs: [[0, 4, 2], [0, 4, 1], [0, 4, 0]] },
} as const satisfies Partial<Record<PixelFormatId, HandLayout>>;

export type HandFormat = keyof typeof HAND_LAYOUTS;

/** Every byte that is no sample: what an encoder must never read into the picture. */
const GARBAGE = 0xa5;

/** The texture in a format, rows `padding` bytes longer than they need be. */
export function texturedImage(format: HandFormat, width: number, height: number, padding = 0, sample: SampleAt = texture): Image {
  const tight = allocImage({ format, width, height });
  const image = allocImage({ format, width, height, strides: tight.planes.map(({ stride }) => stride + padding) });
  for (const { bytes } of image.planes) bytes.fill(GARBAGE);
  const { subX, subY, runs } = HAND_LAYOUTS[format];
  for (const [component, [plane, step, first]] of runs.entries()) {
    const [acrossBy, downBy] = component === 0 ? [1, 1] : [subX, subY];
    const { bytes, stride } = image.planes[plane];
    for (let y = 0; y < Math.ceil(height / downBy); y += 1) {
      for (let x = 0; x < Math.ceil(width / acrossBy); x += 1) bytes[y * stride + first + x * step] = sample(component, x, y);
    }
  }
  return image;
}
