/**
 * Writes testdata/libjpegTurbo.ts: what libjpeg-turbo makes of the tests' pictures.
 *   apt-get install libjpeg-turbo-progs libturbojpeg0-dev gcc
 *   npx tsx src/kernels/codecs/jpeg/testing/record.ts
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert } from '../../../convert.ts';
import { imageBytes } from '../../../image/image.ts';
import type { Image } from '../../../image/types.ts';
import { cjpeg, decodeWithJpegJs, psnr, turboVersion } from './decoders.ts';
import type { CorpusId, HandFormat } from './pictures.ts';
import { corpusPicture, texturedImage } from './pictures.ts';

const folder = mkdtempSync(join(tmpdir(), 'jpeg-facts-'));
const encodeYuv = join(folder, 'encodeYuv');
execFileSync('cc', ['-O1', '-o', encodeYuv, join(import.meta.dirname, 'encodeYuv.c'), '-lturbojpeg']);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface PlaneCase {
  readonly format: HandFormat;
  readonly chroma: string;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly restartInterval?: number;
  readonly optimizeHuffman?: boolean;
}

const SIZES = [[1, 1], [2, 3], [8, 8], [15, 17], [17, 19], [33, 16], [100, 75]] as const;
const FORMATS = [['gray', 'gray'], ['yuv444p', '444'], ['yuv440p', '440'], ['yuv422p', '422'], ['yuv420p', '420'], ['yuv411p', '411']] as const;

const planeCases: readonly PlaneCase[] = [
  ...FORMATS.flatMap(([format, chroma]) => SIZES.map(([width, height]): PlaneCase => ({ format, chroma, width, height, quality: 75 }))),
  ...FORMATS.flatMap(([format, chroma]) => [1, 10, 50, 90, 100].map((quality): PlaneCase => ({ format, chroma, width: 150, height: 99, quality }))),
  ...FORMATS.flatMap(([format, chroma]) => [1, 3, 8, 100].map((restartInterval): PlaneCase => ({ format, chroma, width: 150, height: 99, quality: 85, restartInterval }))),
  ...FORMATS.flatMap(([format, chroma]) => [30, 100].map((quality): PlaneCase => ({ format, chroma, width: 150, height: 99, quality, optimizeHuffman: true, restartInterval: 7 }))),
];

function recordPlanes({ chroma, ...one }: PlaneCase): string {
  const file = join(folder, 'planes.yuv');
  writeFileSync(file, imageBytes(texturedImage(one.format, one.width, one.height)));
  const env: Record<string, string> = {};
  if (one.restartInterval !== undefined) env['TJ_RESTART'] = `${String(one.restartInterval)}B`;
  if (one.optimizeHuffman === true) env['TJ_OPTIMIZE'] = '1';
  const jpeg = execFileSync(encodeYuv, [file, chroma, ...[one.width, one.height, one.quality].map(String)], { env, maxBuffer: 2 ** 28 });
  return JSON.stringify({ ...one, bytes: jpeg.length, sha256: sha256(jpeg) });
}

const SAMPLING = { '4:2:0': '2x2', '4:2:2': '2x1', '4:4:4': '1x1' } as const;
const ppm = (image: Image): Buffer => Buffer.concat([Buffer.from(`P6\n${String(image.width)} ${String(image.height)}\n255\n`), imageBytes(convert(image, 'rgb24'))]);
const pgm = (image: Image): Buffer => Buffer.concat([Buffer.from(`P5\n${String(image.width)} ${String(image.height)}\n255\n`), imageBytes(image)]);

function recordPicture(picture: CorpusId, subsampling: keyof typeof SAMPLING, quality: number): string {
  const image = corpusPicture(picture);
  const rgba = convert(image, 'rgba');
  const args = ['-baseline', '-dct', 'int', '-quality', String(quality), ...(image.format === 'gray' ? [] : ['-sample', SAMPLING[subsampling]])];
  const jpeg = cjpeg(image.format === 'gray' ? pgm(image) : ppm(image), args);
  const decibel = psnr(decodeWithJpegJs(jpeg), { width: rgba.width, height: rgba.height, data: imageBytes(rgba) });
  return JSON.stringify({ picture, subsampling: image.format === 'gray' ? '4:0:0' : subsampling, quality, command: `cjpeg ${args.join(' ')}`, bytes: jpeg.length, psnr: Number(decibel.toFixed(4)), sha256: sha256(jpeg) });
}

const pictureRows = (['astronaut', 'coffee'] as const).flatMap((picture) => (['4:2:0', '4:2:2', '4:4:4'] as const).flatMap((subsampling) => [30, 75, 95].map((quality) => recordPicture(picture, subsampling, quality))));
const grayRows = [10, 50, 75, 90, 100].map((quality) => recordPicture('camera', '4:4:4', quality));

const rowsOf = (name: string, type: string, rows: readonly string[]): string => `export const ${name}: readonly ${type}[] = [\n${rows.map((row) => `  ${row},\n`).join('')}];\n`;

writeFileSync(join(import.meta.dirname, '../testdata/libjpegTurbo.ts'), `/** Recorded by testing/record.ts; not to be edited. */
import type { JpegChroma } from '../options.ts';
import type { CorpusId, HandFormat } from '../testing/pictures.ts';

/** The tests' texture, encoded from its planes by TurboJPEG. */
export interface PlaneFact {
  readonly format: HandFormat;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly restartInterval?: number;
  readonly optimizeHuffman?: boolean;
  readonly bytes: number;
  readonly sha256: string;
}

/** A picture encoded by cjpeg from R,G,B. */
export interface PictureFact {
  readonly picture: CorpusId;
  readonly subsampling: JpegChroma;
  readonly quality: number;
  readonly command: string;
  readonly bytes: number;
  /** dB against the picture, decoded by jpeg-js. */
  readonly psnr: number;
  readonly sha256: string;
}

export const LIBJPEG_TURBO_VERSION = '${turboVersion()}';

${rowsOf('PLANE_FACTS', 'PlaneFact', planeCases.map(recordPlanes))}
${rowsOf('PICTURE_FACTS', 'PictureFact', [...pictureRows, ...grayRows])}`);
