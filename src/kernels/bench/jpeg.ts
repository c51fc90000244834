import { compareImages } from '../analysis/compare.ts';
import { JPEG_BENCH_ENGINES, JPEG_DECODE_ENGINES, mirrorTile } from '../codecs/jpeg/bench.ts';
import type { JpegBenchCase, JpegDecodeCase } from '../codecs/jpeg/bench.ts';
import { decodeJpeg as decodeExactly } from '../codecs/jpeg/decode/decodeJpeg.ts';
import { encodeJpeg } from '../codecs/jpeg/encodeJpeg.ts';
import { decodeJpeg } from '../codecs/jpegJs.ts';
import { convert } from '../convert.ts';
import type { Image } from '../image/types.ts';
import { cloneImage } from '../image/views.ts';
import { bytesOf, framesFor, inTurns } from './frames.ts';
import { measure } from './measure.ts';
import type { Hooks } from './measure.ts';
import type { Absent, BenchRow } from './report.ts';
import { exactness } from './run.ts';
import type { CaseOptions, CaseResult } from './run.ts';
import { summarize } from './statistics.ts';

/** Pictures that take turns: encoders hold each in a form of their own. */
const MOST_PICTURES = 6;
/** Larger files are not decoded again: it takes seconds, and says nothing new. */
const MOST_DECODED_PIXELS = 1920 * 1080;

interface Ready {
  readonly id: string;
  readonly run: () => Uint8Array;
}

/** Engines that encode every picture once without a fault; the others are absent, with what they said. */
function getReady(one: JpegBenchCase, pictures: readonly Image[], engines: readonly string[]): { readonly ready: readonly Ready[]; readonly absent: readonly Absent[] } {
  const ready: Ready[] = [];
  const absent: Absent[] = [];
  for (const { id, prepare } of JPEG_BENCH_ENGINES.filter((engine) => engines.includes(engine.id))) {
    try {
      const next = inTurns(pictures.map((picture) => prepare(picture, one.options)));
      next()();
      ready.push({ id, run: () => next()() });
    } catch (thrown) {
      absent.push({ case: one.id, engine: id, reason: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  }
  return { ready, absent };
}

/** dB over all samples of R, G, B between a picture and its file; `null` where they are equal, undefined where the file is too large to look. */
function psnrOf(picture: Image, file: Uint8Array): number | null | undefined {
  if (picture.width * picture.height > MOST_DECODED_PIXELS) return undefined;
  const meanSquares = compareImages(convert(picture, 'rgb24'), convert(decodeJpeg(file), 'rgb24')).map(({ psnr }) => 10 ** (-psnr / 10));
  const mean = meanSquares.reduce((sum, square) => sum + square, 0) / meanSquares.length;
  return mean === 0 ? null : -10 * Math.log10(mean);
}

/** JPEG encoders on a photograph, mirrored up to the size, beside a copy of the bytes that they read; undefined when cancelled. */
export async function runJpeg(one: JpegBenchCase, photo: Image, engines: readonly string[], { width, height, method, budgetMs, until, frames }: CaseOptions, hooks: Hooks): Promise<CaseResult | undefined> {
  const picture = convert(mirrorTile(photo, width, height), one.from);
  const read = bytesOf(picture);
  const pictures = Array.from({ length: frames ?? Math.min(MOST_PICTURES, framesFor(2 * read)) }, () => cloneImage(picture));
  const buffers = inTurns(pictures.map(() => ({ from: new Uint8Array(read).fill(7), to: new Uint8Array(read).fill(1) })));
  const { ready, absent } = getReady(one, pictures, engines);
  const copy: Ready = { id: 'copy', run: () => { const { from, to } = buffers(); to.set(from); return to; } };
  const contenders: readonly Ready[] = [...(engines.includes('copy') ? [copy] : []), ...ready];
  const samples = await measure(contenders.map(({ run }) => ({ turn: pictures.length, run: () => { run(); } })), budgetMs, hooks, until);
  if (samples === undefined) return undefined;
  const summaries = samples.map((list) => summarize(list, method, hooks.random));
  const copyMs = summaries[contenders.findIndex(({ id }) => id === 'copy')]?.medianMs;
  const rows = contenders.flatMap(({ id, run }, index): BenchRow[] => {
    const summary = summaries[index];
    if (summary === undefined) return [];
    const facts = { case: one.id, from: one.from, to: 'jpeg', width, height, engine: id, threads: 1, ...summary, ratioToCopy: copyMs === undefined ? null : summary.medianMs / copyMs, mismatchPercent: null, maxError: null, timing: 'kernel', samples: samples[index] ?? [] } as const;
    if (id === 'copy') return [{ ...facts, bytes: 2 * read }];
    const file = run();
    return [{ ...facts, bytes: read + file.length, file: { bytes: file.length, psnr: psnrOf(picture, file) } }];
  });
  return { rows, absent };
}

/**
 * JPEG decoders on a photograph, mirrored up to the size, beside a copy of as many bytes; undefined when cancelled.
 * Errors are against the file's own planes, which equal libjpeg-turbo's, converted to R, G, B, A by the scalar kernels.
 */
export async function runJpegDecode(one: JpegDecodeCase, photo: Image, engines: readonly string[], { width, height, method, budgetMs, until, frames }: CaseOptions, hooks: Hooks): Promise<CaseResult | undefined> {
  const file = encodeJpeg(convert(mirrorTile(photo, width, height), one.planes, { chromaDown: 'box' }), one.options);
  const expected = convert(decodeExactly(file).image, 'rgba', { backend: 'scalar' });
  const bytes = file.length + bytesOf(expected);
  const buffers = inTurns(Array.from({ length: frames ?? framesFor(bytes) }, () => ({ from: new Uint8Array(Math.ceil(bytes / 2)).fill(7), to: new Uint8Array(Math.ceil(bytes / 2)).fill(1) })));
  const decoders = JPEG_DECODE_ENGINES.filter(({ id }) => engines.includes(id));
  const contenders = [
    ...(engines.includes('copy') ? [{ id: 'copy', run: (): void => { const { from, to } = buffers(); to.set(from); } }] : []),
    ...decoders.map(({ id, decode }) => ({ id, run: (): void => { decode(file); } })),
  ];
  const samples = await measure(contenders.map(({ run }) => ({ turn: 1, run })), budgetMs, hooks, until);
  if (samples === undefined) return undefined;
  const summaries = samples.map((list) => summarize(list, method, hooks.random));
  const copyMs = summaries[contenders.findIndex(({ id }) => id === 'copy')]?.medianMs;
  const rows = contenders.flatMap(({ id }, index): BenchRow[] => {
    const summary = summaries[index];
    if (summary === undefined) return [];
    const decoder = decoders.find((engine) => engine.id === id);
    const error = decoder === undefined ? { mismatchPercent: null, maxError: null } : exactness(expected, decoder.decode(file));
    return [{ case: one.id, from: 'jpeg', to: 'rgba', width, height, engine: id, threads: 1, ...summary, ratioToCopy: copyMs === undefined ? null : summary.medianMs / copyMs, ...error, timing: 'kernel', samples: samples[index] ?? [], bytes }];
  });
  return { rows, absent: [] };
}
