import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { allocImage, convert, imageBytes, isPixelFormatId, wrapImage } from './index.ts';
import type { BackendId, Image, PixelFormatId } from './index.ts';

const FOLDER = join(import.meta.dirname, 'testdata');
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, path)));
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(FOLDER, path), 'utf8'));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const VPI: Record<string, PixelFormatId> = { U8: 'gray', S8: 's8', U16: 'gray16le', S16: 's16le', U32: 'u32le', S32: 's32le', F32: 'grayf32le', NV12: 'nv12', RGB8: 'rgb24', BGR8: 'bgr24', RGBA8: 'rgba', BGRA8: 'bgra' };
const formatOf = (name: string): PixelFormatId => {
  const id = VPI[name] ?? name.replace('(codec)', '');
  if (!isPixelFormatId(id)) throw new Error(`The vectors name ${name}, which is no format.`);
  return id;
};

const slice = v.tuple([v.number(), v.number(), v.string()]);
const Convert = v.object({ cases: v.array(v.object({ id: v.number(), tag: v.string(), w: v.number(), h: v.number(), in: v.string(), out: v.string(), scale: v.number(), offset: v.number(), policy: v.picklist(['CLAMP', 'CAST']), i: slice, e: slice })) });
const Ffmpeg = v.object({ cases: v.array(v.object({ tag: v.string(), w: v.number(), h: v.number(), in: v.string(), out: v.string(), i: slice, e: slice, usable: v.boolean(), note: v.string() })) });

const policyOf = (policy: 'CLAMP' | 'CAST') => (policy === 'CAST' ? 'cast' : 'clamp');
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

describe.each<BackendId>(['scalar', 'simd', 'reference'])('the vectors of Convert Image Format, by %s', (backend) => {
  const { cases } = v.parse(Convert, readJson('convert/manifest.json'));
  const [inputs, expected] = [read('convert/inputs.bin'), read('convert/expected.bin')];

  test('there are 2 110 of them', () => expect(cases).toHaveLength(2110));

  test.each([...new Set(cases.map((one) => `${one.in} → ${one.out}`))])('%s', (pair) => {
    for (const one of cases.filter((candidate) => `${candidate.in} → ${candidate.out}` === pair)) {
      const source = inputs.subarray(one.i[0], one.i[0] + one.i[1]);
      expect(sha256(source)).toBe(one.i[2]);
      const image = wrapImage(source, { format: formatOf(one.in), width: one.w, height: one.h });
      const made = imageBytes(convert(image, formatOf(one.out), { scale: one.scale, offset: one.offset, policy: policyOf(one.policy), backend }));
      expect(same(made, expected.subarray(one.e[0], one.e[0] + one.e[1])), `case ${String(one.id)} ${one.tag} ${String(one.scale)} ${String(one.offset)} ${one.policy}`).toBe(true);
    }
  });
});

/** Bits that carry no pixel, or whose value is nobody's: set to one value on both sides. */
function blank(bytes: Uint8Array, format: PixelFormatId, width: number): Uint8Array {
  const out = Uint8Array.from(bytes);
  if (format === 'monob' && width % 8 !== 0) {
    const rowBytes = Math.ceil(width / 8);
    for (let at = rowBytes - 1; at < out.length; at += rowBytes) out[at] = (out[at] ?? 0) & (0xff << (8 - (width % 8)));
  }
  const x = format.indexOf('0');
  if (/^(0rgb|0bgr|rgb0|bgr0)$/.test(format)) for (let at = x === 0 ? 0 : 3; at < out.length; at += 4) out[at] = 255;
  return out;
}

describe.each<BackendId>(['scalar', 'simd', 'reference'])('the layouts made by FFmpeg, by %s', (backend) => {
  const { cases } = v.parse(Ffmpeg, readJson('ffmpeg/manifest.json'));
  const data = read('ffmpeg/data.bin');
  const usable = cases.filter((one) => one.usable);

  test('221 of them are an oracle', () => expect(usable).toHaveLength(221));

  test.each(usable.map((one) => [`${one.in} → ${one.out} ${String(one.w)}×${String(one.h)} ${one.tag}`, one] as const))('%s', (_, one) => {
    const to = formatOf(one.out);
    const image = wrapImage(data.subarray(one.i[0], one.i[0] + one.i[1]), { format: formatOf(one.in), width: one.w, height: one.h });
    const made = imageBytes(convert(image, to, { chromaUp: 'nearest', chromaDown: 'nearest', depthMode: 'replicate', backend }));
    expect(same(blank(made, to, one.w), blank(data.subarray(one.e[0], one.e[0] + one.e[1]), to, one.w))).toBe(true);
  });
});

describe.each<BackendId>(['scalar', 'simd', 'reference'])('ten bits a colour and two of alpha, by %s', (backend) => {
  /** Where red, green and blue begin in the word; alpha is on top. */
  const WORDS = [['a2rgb10le', [20, 10, 0], true], ['a2bgr10le', [0, 10, 20], true], ['r210a', [20, 10, 0], false]] as const;
  const LEVELS = [0, 1, 2, 5, 341, 511, 512, 682, 1018, 1021, 1022, 1023];
  const PIXELS = [0, 1, 2, 3].flatMap((alpha) => LEVELS.map((red, at) => ({ alpha, colours: [red, LEVELS[(at + 5) % LEVELS.length] ?? 0, LEVELS[(at * 7 + 3) % LEVELS.length] ?? 0] })));
  const width = PIXELS.length;

  test.each(WORDS)('%s is read as its word, by arithmetic', (format, shifts, littleEndian) => {
    // 48 pixels: r210a pads them to 64.
    const image = allocImage({ format, width, height: 1 });
    const [{ bytes, stride }] = image.planes;
    expect(stride).toBe(format === 'r210a' ? 256 : width * 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (const [x, { alpha, colours }] of PIXELS.entries()) view.setUint32(x * 4, alpha * 2 ** 30 + colours.reduce((word, value, at) => word + value * 2 ** (shifts[at] ?? 0), 0), littleEndian);
    const nearest = ({ alpha, colours }: typeof PIXELS[number], most: number): readonly number[] => [...colours.map((value) => Math.round((value * most) / 1023)), (alpha * most) / 3];
    expect([...imageBytes(convert(image, 'rgba', { backend }))]).toEqual(PIXELS.flatMap((pixel) => nearest(pixel, 255)));
    const wide = imageBytes(convert(image, 'rgba64le', { backend }));
    expect([...new Uint16Array(wide.buffer, wide.byteOffset, width * 4)]).toEqual(PIXELS.flatMap((pixel) => nearest(pixel, 65_535)));
    expect(same(imageBytes(convert(convert(image, 'rgba64le', { backend }), format, { backend })), imageBytes(image))).toBe(true);
  });

  test('an alpha of 8 bits becomes the nearest of the four, none is opaque', () => {
    const source = wrapImage(Uint8Array.from([0, 42, 43, 127, 128, 212, 213, 255].flatMap((alpha) => [255, 0, 255, alpha])), { format: 'rgba', width: 8, height: 1 });
    const made = imageBytes(convert(source, 'a2rgb10le', { backend }));
    expect([...new Uint32Array(made.buffer, made.byteOffset, 8)].map((word) => [word >>> 30, word & 0x3fffffff])).toEqual([0, 0, 1, 1, 2, 2, 3, 3].map((alpha) => [alpha, 0x3ff003ff]));
    const opaque = convert(wrapImage(Uint8Array.of(0, 255, 0), { format: 'rgb24', width: 1, height: 1 }), 'r210a', { backend });
    expect([...imageBytes(opaque).subarray(0, 4)]).toEqual([0xc0, 0x0f, 0xfc, 0x00]);
  });
});

/** All 16 777 216 triples, the third component fastest, as 4096 × 4096 pixels. */
function allTriples(format: 'rgb24' | 'yuv444p'): Image {
  const image = allocImage({ format, width: 4096, height: 4096 });
  const planes = image.planes.map(({ bytes }) => bytes);
  const count = 2 ** 24;
  const at = (plane: number): Uint8Array => planes[plane] ?? new Uint8Array(0);
  for (let index = 0; index < count; index += 1) {
    const triple = [index >> 16, (index >> 8) & 255, index & 255] as const;
    if (format === 'rgb24') {
      const bytes = at(0);
      bytes[index * 3] = triple[0];
      bytes[index * 3 + 1] = triple[1];
      bytes[index * 3 + 2] = triple[2];
    } else {
      at(0)[index] = triple[0];
      at(1)[index] = triple[1];
      at(2)[index] = triple[2];
    }
  }
  return image;
}

const hash = v.object({ sha256: v.string() });
const Exhaustive = v.object({ rgb2y: hash, rgb2cb: hash, rgb2cr: hash, yuv2r: hash, yuv2g: hash, yuv2b: hash, depth: v.object({ rows: v.array(v.tuple([v.string(), v.string(), v.number(), v.number(), v.picklist(['CLAMP', 'CAST']), v.string(), v.number(), v.number(), v.number()])) }) });

describe('every input there is', () => {
  const hashes = v.parse(Exhaustive, readJson('convert/exhaustive.json'));
  const planes = (image: Image): string[] => image.planes.map(({ bytes }) => sha256(bytes));

  test.each(['scalar', 'simd'] as const)('RGB → Y, Cb, Cr over all 16 777 216 triples, by %s', (backend) => {
    expect(planes(convert(allTriples('rgb24'), 'yuv444p', { backend }))).toEqual([hashes.rgb2y.sha256, hashes.rgb2cb.sha256, hashes.rgb2cr.sha256]);
  });

  test.each(['scalar', 'simd'] as const)('YUV → G, B, R over all 16 777 216 triples, by %s', (backend) => {
    expect(planes(convert(allTriples('yuv444p'), 'gbrp', { backend }))).toEqual([hashes.yuv2g.sha256, hashes.yuv2b.sha256, hashes.yuv2r.sha256]);
  });

  test('there are 320 depth tables', () => expect(hashes.depth.rows).toHaveLength(320));

  test.each([...new Set(hashes.depth.rows.map(([from, to]) => `${from} → ${to}`))])('depth %s over all inputs', (pair) => {
    for (const [from, to, scale, offset, policy, expected] of hashes.depth.rows.filter(([a, b]) => `${a} → ${b}` === pair)) {
      const wide = from.endsWith('16');
      const [count, least] = [wide ? 65_536 : 256, from.startsWith('S') ? (wide ? -32_768 : -128) : 0];
      const values = wide ? Int16Array.from({ length: count }, (_, index) => index + least) : Int8Array.from({ length: count }, (_, index) => index + least);
      const image = wrapImage(new Uint8Array(values.buffer), { format: formatOf(from), width: 256, height: count / 256 });
      const made = convert(image, formatOf(to), { scale, offset, policy: policyOf(policy) });
      expect(sha256(imageBytes(made)), `scale ${String(scale)} offset ${String(offset)} ${policy}`).toBe(expected);
    }
  });
});
