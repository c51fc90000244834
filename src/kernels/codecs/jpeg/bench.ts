import { encode as encodeWithJpegJs } from 'jpeg-js';
import { convert } from '../../convert.ts';
import { allocImage } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { JPEG_DECODE_ROWS, JPEG_ROWS } from '../../tables/benchCases.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { decodeJpeg as decodeWithJpegJs } from '../jpegJs.ts';
import { withBuffer } from '../withBuffer.ts';
import { decodeJpeg } from './decode/decodeJpeg.ts';
import { encodeJpeg } from './encodeJpeg.ts';
import type { JpegOptions } from './options.ts';

export interface JpegBenchCase {
  /** Its name on the command line. */
  readonly id: string;
  /** What the encoder is given; made from the picture before the clock starts. */
  readonly from: PixelFormatId;
  readonly options: JpegOptions;
}

export const JPEG_BENCH_CASES: readonly JpegBenchCase[] = JPEG_ROWS;

/** Encodes one image again and again; what `prepare` does is not timed. */
export interface JpegBenchEngine {
  readonly id: string;
  /** One sentence on what it does differently. */
  readonly says: string;
  readonly prepare: (source: Image, options: JpegOptions) => () => Uint8Array;
}

const ours = (backend: 'scalar' | 'simd'): JpegBenchEngine['prepare'] => (source, options) => () => encodeJpeg(source, { ...options, backend });

export const JPEG_BENCH_ENGINES: readonly JpegBenchEngine[] = [
  { id: 'simd', says: 'WebAssembly SIMD, from the planes', prepare: ours('simd') },
  { id: 'scalar', says: 'TypeScript, from the planes', prepare: ours('scalar') },
  {
    id: 'jpeg-js',
    says: 'from R,G,B,A, which is made before the clock starts; always 4:4:4',
    prepare: (source, { quality }) => {
      const { width, height, planes } = convert(source, 'rgba');
      return () => {
        const encoded: { readonly data: Uint8Array } = withBuffer(() => encodeWithJpegJs({ data: planes[0].bytes, width, height }, quality));
        return encoded.data;
      };
    },
  },
];

export interface JpegDecodeCase {
  readonly id: string;
  /** Of the planes in the file. */
  readonly planes: PixelFormatId;
  readonly options: JpegOptions;
}

export const JPEG_DECODE_CASES: readonly JpegDecodeCase[] = JPEG_DECODE_ROWS;

/** Reads a file as R, G, B, A. */
export interface JpegDecodeEngine {
  readonly id: string;
  /** One sentence on what it does differently. */
  readonly says: string;
  readonly decode: (file: Uint8Array) => Image;
}

export const JPEG_DECODE_ENGINES: readonly JpegDecodeEngine[] = [
  { id: 'simd', says: 'inverse transform and colour in WebAssembly SIMD', decode: (file) => convert(decodeJpeg(file, { backend: 'simd' }).image, 'rgba', { backend: 'simd' }) },
  { id: 'scalar', says: 'TypeScript alone', decode: (file) => convert(decodeJpeg(file, { backend: 'scalar' }).image, 'rgba', { backend: 'scalar' }) },
  { id: 'jpeg-js', says: 'another inverse transform and colour, so other samples', decode: (file) => decodeWithJpegJs(file, 'rgba') },
];

/** A picture of any size from a smaller one, mirrored at its edges: a photograph's texture without a photograph's bytes. */
export function mirrorTile(picture: Image, width: number, height: number): Image {
  const from = convert(picture, 'rgb24');
  const tiled = allocImage({ format: 'rgb24', width, height });
  const mirror = (at: number, size: number): number => (at % (2 * size) < size ? at % size : size - 1 - (at % size));
  const [source, target] = [from.planes[0], tiled.planes[0]];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = mirror(y, from.height) * source.stride + mirror(x, from.width) * 3;
      target.bytes.set(source.bytes.subarray(at, at + 3), y * target.stride + x * 3);
    }
  }
  return tiled;
}

export interface JpegBenchRow {
  readonly case: string;
  readonly engine: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly medianMs: number;
  readonly framesPerSecond: number;
  readonly megapixelsPerSecond: number;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1];
const LEAST_ROUNDS = 5;
/** Long enough for an engine's code to be compiled with all optimisations. */
const WARM_MS = 300;

/** @returns bytes of one encoding */
function warmUp(run: () => Uint8Array): number {
  const started = performance.now();
  let { length } = run();
  while (performance.now() - started < WARM_MS) ({ length } = run());
  return length;
}

/**
 * The engines on one case, one after another in an order that turns each round.
 * @param picture brought to the case's format first, untimed   @param budgetMs for all engines together
 */
export function measureJpeg(one: JpegBenchCase, picture: Image, engines: readonly JpegBenchEngine[] = JPEG_BENCH_ENGINES, budgetMs = 2000): readonly JpegBenchRow[] {
  const source = convert(picture, one.from, { chromaDown: 'box' });
  const runs = engines.map(({ id, prepare }) => ({ id, run: prepare(source, one.options), times: new Array<number>(), bytes: 0 }));
  for (const each of runs) each.bytes = warmUp(each.run);
  const started = performance.now();
  for (let round = 0; round < LEAST_ROUNDS || performance.now() - started < budgetMs; round += 1) {
    for (const index of runs.keys()) {
      const { run, times } = runs[(index + round) % runs.length];
      const before = performance.now();
      run();
      times.push(performance.now() - before);
    }
  }
  const { width, height } = picture;
  return runs.map(({ id, times, bytes }) => {
    const medianMs = median(times);
    return { case: one.id, engine: id, width, height, bytes, medianMs, framesPerSecond: 1000 / medianMs, megapixelsPerSecond: (width * height) / 1000 / medianMs };
  });
}
