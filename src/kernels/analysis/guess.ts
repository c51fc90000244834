import { OBJECT, checkRows, whole } from '../arguments.ts';
import { checkBytes } from '../image/checks.ts';
import { byteLength, planeLayouts, requiredBytes } from '../image/layout.ts';
import { wrapImage } from '../image/image.ts';
import { formatLayout } from '../image/formatLayout.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import type { Image, ImageSpec } from '../image/types.ts';
import { subImage } from '../image/views.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import type { Candidate } from './guessByRows.ts';
import { ALIGNMENTS, explainByRows } from './guessByRows.ts';
import { explainByStoredRows } from './storedRows.ts';
import { rowLengths } from './rowLength.ts';

/** One way to read an unknown dump. */
export interface Guess {
  readonly spec: ImageSpec;
  readonly headerOffset: number;
  /** 0 … 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

const SIZES: readonly (readonly [number, number])[] = [
  [160, 120], [176, 144], [320, 240], [352, 288], [640, 360], [640, 480], [720, 480], [720, 576], [768, 480], [800, 480], [800, 600], [854, 480], [960, 540],
  [1024, 576], [1024, 600], [1024, 768], [1280, 720], [1280, 800], [1280, 960], [1280, 1024], [1366, 768], [1440, 900], [1600, 900], [1600, 1200], [1680, 1050],
  [1920, 1080], [1920, 1088], [1920, 1200], [2048, 1080], [2048, 1536], [2560, 1440], [2592, 1944], [3840, 2160], [4032, 3024], [4096, 2160],
  [64, 64], [128, 128], [256, 256], [512, 512], [1024, 1024], [2048, 2048], [64, 48],
];

/** Formats people dump, the commonest first: of two that explain a file equally well the earlier wins. */
const FORMATS: readonly PixelFormatId[] = ['nv12', 'yuv420p', 'bgra', 'rgba', 'rgb24', 'bgr24', 'gray', 'yuyv422', 'uyvy422', 'rgb565le', 'nv21', 'p010le', 'gray16le', 'yuv422p', 'yuv444p', 'yuv420p10le', 'x2rgb10le', 'r210', 'grayf32le', 'nv16', 'nv24', 'bgr565le', 'rgb48le', 'rgba64le', 'v210', 'y210le', 'yuv422p10le'];

function sizesFor(hint: Partial<ImageSpec> | undefined): readonly (readonly [number, number])[] {
  return hint?.width !== undefined && hint.height !== undefined ? [[hint.width, hint.height]] : SIZES;
}

/** Ways in which the length is explained: exactly, by padded rows, by a header, by whole frames. */
function explain(spec: ImageSpec, bytes: number): Candidate[] {
  const tight = byteLength(spec);
  const size = `${String(spec.width)}×${String(spec.height)}`;
  if (tight === bytes) return [{ spec, headerOffset: 0, prior: 1, reason: `${size} ${spec.format} is exactly ${String(bytes)} B` }];
  const padded = ALIGNMENTS.flatMap((alignment): Candidate[] => {
    const strides = formatLayout(spec.format).planes.map(({ blockBytes, blockWidth }) => Math.ceil((Math.ceil(spec.width / blockWidth) * blockBytes) / alignment) * alignment);
    const aligned = { ...spec, strides };
    return byteLength(aligned) === bytes ? [{ spec: aligned, headerOffset: 0, prior: 0.85, reason: `rows padded to ${String(alignment)} B (stride ${String(strides[0] ?? 0)}) make exactly ${String(bytes)} B` }] : [];
  });
  if (padded[0] !== undefined) return [padded[0]];
  const slices = explainByStoredRows(spec, bytes);
  if (slices[0] !== undefined) return [slices[0]];
  if (bytes > tight && bytes % tight === 0) return [{ spec, headerOffset: 0, prior: 0.7, reason: `${String(bytes / tight)} frames of ${size} ${spec.format}` }];
  const extra = bytes - tight;
  if (extra > 0 && extra <= 4096 && (extra % 16 === 0 || extra === 54 || extra === 124)) return [{ spec, headerOffset: extra, prior: 0.45, reason: `a header of ${String(extra)} B before ${size} ${spec.format}` }];
  return [];
}

function rowDifference(image: Image): { readonly along: number; readonly down: number } | undefined {
  const layout = formatLayout(image.format).components.find(({ component }) => component === 'Y' || component === 'G');
  if (layout === undefined || layout.kind === 'float') return undefined;
  const { width, height } = componentSize(image, layout);
  let [above, here] = [new Float64Array(width), new Float64Array(width)];
  let [along, down, count] = [0, 0, 0];
  const step = Math.max(1, Math.floor(height / 32));
  for (let y = 1; y < height; y += step) {
    readComponentRow(image, layout, y - 1, above);
    readComponentRow(image, layout, y, here);
    for (let x = 1; x < width; x += 1) {
      along += Math.abs((here[x] ?? 0) - (here[x - 1] ?? 0));
      down += Math.abs((here[x] ?? 0) - (above[x] ?? 0));
      count += 2 ** layout.bits;
    }
    [above, here] = [here, above];
  }
  return count === 0 ? undefined : { along: along / count, down: down / count };
}

/** Smoothness of chroma or colour differences: a wrong layout makes them noisy. */
function roughness(image: Image): number {
  let [sum, parts] = [0, 0];
  for (const layout of formatLayout(image.format).components) {
    if (layout.kind === 'float' || layout.component === 'A') continue;
    const { width, height } = componentSize(image, layout);
    const row = new Float64Array(width);
    let [total, count] = [0, 0];
    for (let y = 0; y < height; y += Math.max(1, Math.floor(height / 16))) {
      readComponentRow(image, layout, y, row);
      for (let x = 1; x < width; x += 1) total += Math.abs((row[x] ?? 0) - (row[x - 1] ?? 0));
      count += width * 2 ** layout.bits;
    }
    sum += count === 0 ? 0 : total / count;
    parts += 1;
  }
  return parts === 0 ? 1 : sum / parts;
}

/** Columns enough to judge a picture by. */
const ENOUGH = 1024;

function middleOf(image: Image): Image {
  const { width, height } = image;
  return width <= ENOUGH ? image : subImage(image, { x: Math.floor((width - ENOUGH) / 2), y: 0, width: ENOUGH, height }, 'outward');
}

/** Whether alpha is what alpha mostly is: one value. Another component taken for it is not. */
function hasSteadyAlpha(image: Image): boolean {
  const layout = formatLayout(image.format).components.find(({ component }) => component === 'A');
  if (layout === undefined) return true;
  const { width, height } = componentSize(image, layout);
  const row = new Float64Array(width);
  let [changes, count] = [0, 0];
  for (let y = 0; y < height; y += Math.max(1, Math.floor(height / 16))) {
    readComponentRow(image, layout, y, row);
    for (let x = 1; x < width; x += 1) if (row[x] !== row[x - 1]) changes += 1;
    count += width;
  }
  return changes < count / 4;
}

/** As much of a frame as there is of it: of one that lies in several planes either all or nothing. */
function partOf(spec: ImageSpec, bytes: number): ImageSpec | undefined {
  if (requiredBytes(spec) <= bytes) return spec;
  const [plane, ...others] = planeLayouts(spec);
  if (plane === undefined || others.length > 0) return undefined;
  const rows = Math.floor(bytes / plane.stride);
  const height = Math.floor((rows * spec.height) / plane.rows);
  return height < 2 ? undefined : { ...spec, height };
}

function judge(bytes: Uint8Array, { spec, headerOffset, prior, reason }: Candidate, rank: number): Guess {
  const part = partOf(spec, bytes.length - headerOffset);
  if (part === undefined) return { spec, headerOffset, score: prior * 0.5 * (1 - rank * 0.006), reasons: [reason, 'only its length was looked at: a frame is longer than what was read'] };
  const image = middleOf(wrapImage(bytes.subarray(headerOffset), part));
  const differences = rowDifference(image);
  const rough = roughness(image);
  const steady = differences === undefined ? 0.5 : 1 / (1 + Math.max(0, differences.down / (differences.along + 0.004) - 1));
  const smooth = 1 / (1 + rough * 12);
  const reasons = [reason];
  if (differences !== undefined) reasons.push(steady > 0.75 ? 'neighbouring rows are alike: the width fits' : 'rows jump from one to the next: the width or the layout is doubtful');
  reasons.push(smooth > 0.6 ? 'every component is smooth' : 'a component is noisy');
  const isSteady = hasSteadyAlpha(image);
  if (!isSteady) reasons.push('its alpha changes from pixel to pixel');
  const score = (isSteady ? 1 : 0.9) * prior * (0.25 + 0.4 * steady + 0.35 * smooth) * (1 - rank * 0.006);
  return { spec, headerOffset, score: Math.min(1, score), reasons };
}

const isSame = (a: Candidate, b: Candidate): boolean =>
  a.spec.format === b.spec.format && a.spec.width === b.spec.width && a.spec.height === b.spec.height && a.headerOffset === b.headerOffset && planeLayouts(a.spec).every(({ stride, offset }, plane) => stride === planeLayouts(b.spec)[plane]?.stride && offset === planeLayouts(b.spec)[plane]?.offset);

const ARGUMENTS = { hint: OBJECT, limit: whole(1, 1000), totalBytes: whole(0, Number.MAX_SAFE_INTEGER) };

/**
 * What an unknown dump may be, the likeliest first: the arithmetic of its length and of the distance at which its bytes repeat, then the look of its pixels.
 * @param bytes the file, or what it begins with   @param hint what its name tells; @param limit how many to return
 * @param totalBytes length of the whole file; that of the bytes where left out
 * @throws LabError `bytes/type`, `guess/hint`, `guess/limit`, `guess/totalBytes`
 */
export function guessLayouts(bytes: Uint8Array, hint?: Partial<ImageSpec>, limit = 8, totalBytes?: number): readonly Guess[] {
  checkBytes(bytes);
  checkRows('guess', ARGUMENTS, { hint, limit, totalBytes });
  return guessesOf(bytes, hint, limit, totalBytes ?? bytes.length);
}

function guessesOf(bytes: Uint8Array, hint: Partial<ImageSpec> | undefined, limit: number, totalBytes: number): readonly Guess[] {
  const formats = hint?.format === undefined ? FORMATS : [hint.format, ...FORMATS.filter((format) => format !== hint.format)];
  const rows = rowLengths(bytes);
  const byLength = formats.flatMap((format, rank) => sizesFor(hint).flatMap(([width, height]) => explain({ format, width, height }, totalBytes).map((candidate) => ({ candidate, rank }))));
  const byRows = formats.flatMap((format, rank) => rows.flatMap((row) => explainByRows(format, row, totalBytes, hint).map((candidate) => ({ candidate, rank }))));
  const named = (spec: ImageSpec): number => (hint?.format === spec.format ? 0.15 : 0);
  const likeliest = (some: typeof byLength, limit: number): typeof byLength => some.filter(({ candidate }) => requiredBytes(candidate.spec) + candidate.headerOffset <= totalBytes).sort((a, b) => b.candidate.prior - a.candidate.prior || a.rank - b.rank).slice(0, limit);
  return [...likeliest(byLength, 24), ...likeliest(byRows.filter(({ candidate }) => !byLength.some((other) => isSame(other.candidate, candidate))), 24)]
    .map(({ candidate, rank }) => { const guess = judge(bytes, candidate, rank); const bonus = named(guess.spec); return { ...guess, score: Math.min(1, guess.score + bonus), reasons: bonus > 0 ? [...guess.reasons, 'the file’s name says so'] : guess.reasons }; })
    .sort((a, b) => b.score - a.score)
    .slice(0, limit);
}
