import { decode as decodeByJpegJs } from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { imageBytes } from '../../kernels/index.ts';
import type { ImageSpec, LabErrorInfo } from '../../kernels/index.ts';
import { decodePng } from '../../kernels/codecs/png.ts';
import { Pixels } from './pixels.ts';
import type { ImageInfo, Reply } from './protocol.ts';

function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

function fault<T>(reply: Reply<T>): LabErrorInfo {
  if (!reply.ok) return reply.error;
  throw new Error('It was not refused.');
}

interface Opened {
  readonly pixels: Pixels;
  readonly image: ImageInfo;
}

async function openRaw(bytes: Uint8Array, spec: ImageSpec, headerOffset = 0): Promise<Opened> {
  const pixels = new Pixels(() => Promise.reject(new Error('There are no samples.')));
  const file = value(await pixels.keep('dump', bytes));
  return { pixels, image: value(await pixels.openRaw(1, file.id, { spec, headerOffset, padShort: false })) };
}

describe('a source in colours that were said of it', () => {
  const RED = Uint8Array.of(81, 81, 81, 81, 90, 240);
  const color = { matrix: 'bt601', range: 'limited' } as const;
  const red = (): Promise<Opened> => openRaw(RED, { format: 'nv12', width: 2, height: 2 });
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder('latin1').decode(bytes);

  test.each([[undefined, [238, 14, 14]], [color, [254, 0, 0]]])('with %j: PNG and PPM', async (said, expected) => {
    const { pixels, image } = await red();
    const [png] = value(await pixels.export(image.id, 'png', { color: said })).files;
    expect([...imageBytes(decodePng(png?.bytes ?? new Uint8Array(0))).subarray(0, 3)]).toEqual(expected);
    const [ppm] = value(await pixels.export(image.id, 'ppm', { color: said })).files;
    expect([...(ppm?.bytes.subarray(-3) ?? [])]).toEqual(expected);
  });

  test('a JPEG, read by another decoder, is nearer to the red of limited range', async () => {
    const { pixels, image } = await red();
    const [jpeg] = value(await pixels.export(image.id, 'jpeg', { color })).files;
    const { data } = decodeByJpegJs(jpeg?.bytes ?? new Uint8Array(0), { useTArray: true });
    expect([data[0] ?? 0, data[1] ?? 255, data[2] ?? 255].map((part, at) => Math.abs(part - (at === 0 ? 254 : 0)) <= 3)).toEqual([true, true, true]);
  });

  test('raw bytes stay, and their sidecar says it', async () => {
    const { pixels, image } = await red();
    const [raw, sidecar] = value(await pixels.export(image.id, 'raw', { color })).files;
    expect([...(raw?.bytes ?? [])]).toEqual([...RED]);
    expect(JSON.parse(text(sidecar?.bytes))).toMatchObject({ colorSpec: color });
  });

  test('a Y4M keeps the samples and says the range, and the matrix in its comment', async () => {
    const { pixels, image } = await red();
    const [y4m] = value(await pixels.export(image.id, 'y4m', { color: { matrix: 'bt709', range: 'limited' } })).files;
    expect(text(y4m?.bytes)).toMatch(/^YUV4MPEG2 .*XCOLORRANGE=LIMITED XSWIZZLEMATRIX=bt709\n/);
    expect([...(y4m?.bytes.subarray(-6) ?? [])]).toEqual([...RED]);
  });

  test.each([['convert', { kind: 'convert', format: 'rgba' }, [254, 0, 0, 255]], ['pad', { kind: 'pad', width: 4, height: 2 }, [81, 90, 240]]] as const)('what a device would refuse is mended in them: %s', async (_, fix, pixel) => {
    const { pixels, image } = await red();
    const [mended] = value(await pixels.fix(image.id, fix, color)).images;
    if (mended === undefined) throw new Error('No image.');
    expect(value(await pixels.pixel(mended.id, 0, 0)).map((sample) => sample.value)).toEqual(pixel);
    if (fix.kind === 'pad') expect(mended.spec.colorSpec).toEqual(color);
  });
});

test('a copy whose U and V are exchanged keeps its strides, and is a file of its own', async () => {
  const { pixels, image } = await openRaw(Uint8Array.of(9, 1, 2, 0, 3, 4, 0, 90, 200, 0, 91, 201), { format: 'nv16', width: 2, height: 2, strides: [3, 3] }, 1);
  const file = value(await pixels.exchangeChroma(image.id));
  expect([...value(await pixels.fileBytes(file.id))]).toEqual([1, 2, 0, 3, 4, 0, 200, 90, 0, 201, 91, 0]);
  expect(file.name).toBe('dump · U and V exchanged');
});

describe('what a file does not hold', () => {
  const floats = (): Promise<Opened> => openRaw(new Uint8Array(Float32Array.of(0, 0.25, 0.5, 1).buffer), { format: 'grayf32le', width: 4, height: 1 });

  test('floats as PNG are refused until a mapping is said, which the refusal names', async () => {
    const { pixels, image } = await floats();
    const { code, remedy } = fault(await pixels.export(image.id, 'png'));
    expect([code, remedy]).toEqual(['export/values', expect.stringContaining("values: 'minmax'")]);
    const { files, changes } = value(await pixels.export(image.id, 'png', { values: 'full' }));
    expect([...new Uint16Array(imageBytes(decodePng(files[0]?.bytes ?? new Uint8Array(0))).slice().buffer)]).toEqual([0, 16384, 32768, 65535]);
    expect(changes).toEqual(['values are mapped to black … white', '32 bits become 16']);
    expect([...(value(await pixels.export(image.id, 'ppm', { values: 'full' })).files[0]?.bytes.subarray(-8) ?? [])]).toEqual([0, 0, 0x40, 0, 0x80, 0, 0xff, 0xff]);
    expect((value(await pixels.export(image.id, 'raw')).files[0]?.bytes.length)).toBe(16);
  });

  test('a Y4M that would change the picture is refused until it is agreed to; other kinds say what they changed, or refuse when told to', async () => {
    const { pixels, image } = await openRaw(Uint8Array.of(1, 2, 3, 4, 90, 91, 200, 201), { format: 'yuv440p', width: 2, height: 2 });
    const { code, what, remedy } = fault(await pixels.export(image.id, 'y4m'));
    expect([code, what, remedy]).toEqual(['export/changes', expect.stringContaining('4:4:0'), expect.stringContaining('allowChanges')]);
    expect([...(value(await pixels.export(image.id, 'y4m', { allowChanges: true })).files[0]?.bytes.subarray(-12) ?? [])]).toEqual([1, 2, 3, 4, 90, 91, 90, 91, 200, 201, 200, 201]);
    expect(value(await pixels.export(image.id, 'png')).changes).toEqual(['Y′CbCr becomes R, G, B, rounded']);
    expect(await pixels.export(image.id, 'png', { allowChanges: false })).toMatchObject({ ok: false, error: { code: 'export/changes' } });
  });

  test('a Y4M of yuyv422 keeps 4:2:2, one of p010 its ten bits', async () => {
    const yuyv = await openRaw(Uint8Array.of(10, 90, 20, 200, 30, 91, 40, 201), { format: 'yuyv422', width: 2, height: 2 });
    const [packed] = value(await yuyv.pixels.export(yuyv.image.id, 'y4m')).files;
    expect(new TextDecoder('latin1').decode(packed?.bytes)).toContain(' C422 ');
    expect([...(packed?.bytes.subarray(-8) ?? [])]).toEqual([10, 20, 30, 40, 90, 91, 200, 201]);
    const words = [1, 1023, 512, 4, 300, 700];
    const p010 = await openRaw(new Uint8Array(Uint16Array.from(words, (word) => word << 6).buffer), { format: 'p010le', width: 2, height: 2 });
    const [deep] = value(await p010.pixels.export(p010.image.id, 'y4m')).files;
    expect(new TextDecoder('latin1').decode(deep?.bytes)).toContain(' C420p10 ');
    expect([...new Uint16Array(deep?.bytes.slice(-12).buffer ?? new ArrayBuffer(0))]).toEqual(words);
  });
});
