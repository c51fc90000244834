import { execFileSync, spawnSync } from 'node:child_process';
import { decode } from 'jpeg-js';

/** Pixels of a decoded JPEG, R,G,B,A. */
export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

const jpegJs = (jpeg: Uint8Array): Decoded => decode(jpeg, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false });

/** A binary PPM (P6) or PGM (P5). */
function readPnm(file: Uint8Array): Decoded {
  const head = /^P([56])\n(\d+) (\d+)\n255\n/.exec(String.fromCharCode(...file.subarray(0, 40)));
  if (head === null) throw new TypeError('djpeg wrote no PNM.');
  const [text, kind, width, height] = [head[0], head[1], Number(head[2]), Number(head[3])];
  const samples = file.subarray(text.length);
  const channels = kind === '6' ? 3 : 1;
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at += 1) for (let c = 0; c < 3; c += 1) data[at * 4 + c] = samples[at * channels + (channels === 3 ? c : 0)];
  return { width, height, data };
}

/** libjpeg-turbo's decoder; a warning counts as a failure. */
function djpeg(jpeg: Uint8Array): Decoded {
  const { status, stdout, stderr } = spawnSync('djpeg', ['-pnm', '-dct', 'int', '-strict'], { input: jpeg, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new TypeError(`djpeg: ${stderr.toString()}`);
  return readPnm(stdout);
}

export const isInstalled = (tool: string): boolean => spawnSync('which', [tool]).status === 0;

/** Decoders that are not ours: jpeg-js everywhere, libjpeg-turbo's where it is installed. */
export const DECODERS: readonly (readonly [name: string, decoder: (jpeg: Uint8Array) => Decoded])[] = [['jpeg-js', jpegJs], ...(isInstalled('djpeg') ? [['djpeg', djpeg] as const] : [])];

export const decodeWithJpegJs = jpegJs;

/** dB over 255, of red, green and blue together; Infinity when equal. */
export function psnr(a: Decoded, b: Decoded): number {
  if (a.width !== b.width || a.height !== b.height) throw new TypeError('Pictures of two sizes have no PSNR.');
  let squares = 0;
  for (let at = 0; at < a.data.length; at += 1) if ((at & 3) !== 3) squares += (a.data[at] - b.data[at]) ** 2;
  return 10 * Math.log10((255 * 255 * a.width * a.height * 3) / squares);
}

/** libjpeg-turbo's version, from its own mouth. */
export const turboVersion = (): string => /version ([\d.]+)/.exec(spawnSync('cjpeg', ['-version']).stderr.toString())?.[1] ?? 'unknown';

export const cjpeg = (pnm: Uint8Array, args: readonly string[]): Uint8Array => execFileSync('cjpeg', [...args], { input: pnm, maxBuffer: 2 ** 28 });
