import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode as decodeByJpegJs } from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convert, encodeJpeg, imageBytes, wrapImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { decodePng } from '../../kernels/codecs/png.ts';
import { Client } from '../pixels/client.ts';
import { EncodeClient } from './client.ts';
import { Pixels } from '../pixels/pixels.ts';
import type { ImageInfo, Reply } from '../pixels/protocol.ts';
import { ThreadlessWorker } from '../testing/threadless.ts';
import { EncodeWorker } from './encode.ts';
import { componentTables } from '../../kernels/codecs/jpeg/quantTables.ts';
import { parseTables } from './encoders/ours.ts';
import { judge } from './judge.ts';
import { resolveValues } from './options.ts';
import type { OptionValues } from './options.ts';
import { EncodePool } from './pool.ts';
import { ENCODER_ROWS } from './rows.ts';
import type { EncoderId } from './rows.ts';

const coffee = decodePng(readFileSync(join(import.meta.dirname, '../../../public/samples/coffee.png')));
const started: ThreadlessWorker[] = [];

function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

const codeOf = async (work: Promise<Reply<unknown>>): Promise<string> => {
  const reply = await work;
  return reply.ok ? 'nothing was refused' : reply.error.code;
};

function start(api: Pixels | EncodeWorker): ThreadlessWorker {
  const worker = new ThreadlessWorker(api);
  started.push(worker);
  return worker;
}

function make(colorOf?: ConstructorParameters<typeof EncodeClient>[2]): { readonly pixels: Client; readonly encode: EncodeClient } {
  const pixels = new Client(() => start(new Pixels(() => Promise.reject(new Error('no samples')))));
  return { pixels, encode: new EncodeClient(pixels, new EncodePool(() => start(new EncodeWorker()), 3), colorOf) };
}

async function open(pixels: Client, image: Image): Promise<ImageInfo> {
  const { format, width, height } = image;
  const file = value(await pixels.keep('picture', imageBytes(image)));
  return value(await pixels.openRaw(file.id, { spec: { format, width, height }, headerOffset: 0, padShort: false }));
}

let lab: ReturnType<typeof make>;
let picture: ImageInfo;
let nv12: Image;
beforeAll(async () => {
  lab = make();
  nv12 = convert(coffee, 'nv12', { chromaDown: 'box' });
  picture = await open(lab.pixels, nv12);
});
afterAll(() => { for (const worker of started) worker.terminate(); });

const encode = (encoder: EncoderId, options: OptionValues, signal?: AbortSignal): ReturnType<EncodeClient['encode']> => lab.encode.encode({ image: picture.id, encoder, options, budgetMs: 0, signal });

describe('bands on several workers', () => {
  test.each([{ quality: 75 }, { quality: 40, optimizeHuffman: true }, { quality: 90, comment: 'three workers' }])('joined are the sequential encoder’s bytes with the same restart interval: %j', async (options) => {
    const made = value(await encode('ours-parallel', options));
    const restartInterval = Math.ceil(nv12.width / 16);
    expect(lab.encode.bytes(made.file)).toEqual(encodeJpeg(nv12, { ...options, restartInterval }));
    expect(made.facts.notes.join(' ')).toContain(`every ${String(restartInterval)} MCUs`);
  });
});

test.each([
  [undefined, 235, 'Nothing was converted: rows of the nv12 planes were gathered as they are.'],
  [{ range: 'limited' }, 255, 'nv12 was converted to JFIF’s planes first.'],
] as const)('white of 235, read as %j, is %i in the JPEG, and that is told', async (color, white, note) => {
  const { pixels, encode: client } = make(() => color);
  const image = await open(pixels, wrapImage(new Uint8Array(384).fill(235, 0, 256).fill(128, 256), { format: 'nv12', width: 16, height: 16 }));
  const made = value(await client.encode({ image: image.id, encoder: 'ours', options: {}, budgetMs: 0 }));
  expect(decodeByJpegJs(client.bytes(made.file) ?? new Uint8Array(0)).data.subarray(0, 3)).toEqual(Buffer.from([white, white, white]));
  expect(made.facts.notes).toContain(note);
  expect(made.facts.maxError).toBeLessThanOrEqual(1);
  expect(value(await pixels.compare(image.id, made.image.id, { similarity: true }))[0]?.maxError).toBeLessThanOrEqual(1);
});

describe('an encoding', () => {
  test('carries the encoder’s bytes, the picture they hold, and how far it is from the source', async () => {
    const made = value(await encode('ours', { quality: 80 }));
    expect(lab.encode.bytes(made.file)).toEqual(encodeJpeg(nv12, { quality: 80 }));
    expect(made.image.provenance).toEqual({ kind: 'encoded', encoder: 'ours', bytes: made.facts.bytes });
    expect(made.facts.components.map(({ component }) => component)).toEqual(['Y', 'U', 'V']);
    const compared = value(await lab.pixels.compare(picture.id, made.image.id, { similarity: true }));
    expect(compared[0].ssim).toBeGreaterThan(0.9);
    expect(compared[0].ssim).toBeLessThan(1);
    expect(made.facts.stages.map(({ title }) => title)).toEqual(expect.arrayContaining(['DCT, quantise', 'Huffman', 'Container']));
  });

  test('says whether samples were converted, and has that stage only where they were', async () => {
    const [straight, converted] = [value(await encode('ours', {})).facts, value(await encode('ours', { subsampling: '4:4:4' })).facts];
    expect(straight.notes).toEqual(['Nothing was converted: rows of the nv12 planes were gathered as they are.']);
    expect(converted.notes).toEqual(['nv12 was converted to JFIF’s planes first.']);
    expect([straight, converted].map(({ stages }) => stages.some(({ title }) => title === 'Convert'))).toEqual([false, true]);
  });

  test('copies each row once where it is not converted, and the coded bytes', async () => {
    const { stages } = value(await encode('ours', {})).facts;
    const copied = stages.filter(({ copiedBytes }) => copiedBytes > 0);
    expect(copied.map(({ title }) => title)).toEqual(['Gather', 'Huffman']);
    expect(copied[0].copiedBytes).toBe(imageBytes(nv12).length);
  });

  test('as a JPEG has no alpha, whatever its source has', async () => {
    const rgba = await open(lab.pixels, convert(coffee, 'rgba'));
    const made = value(await lab.encode.encode({ image: rgba.id, encoder: 'ours', options: {}, budgetMs: 0 }));
    expect(made.image.spec.format).toBe('rgb24');
    expect(made.facts.components.map(({ component }) => component)).toEqual(['R', 'G', 'B']);
  });

  test('the scalar encoder gives the same bytes', async () => {
    const [fast, plain] = [value(await encode('ours', { quality: 60 })), value(await encode('ours-scalar', { quality: 60 }))];
    expect(lab.encode.bytes(plain.file)).toEqual(lab.encode.bytes(fast.file));
  });

  test('a finer quality costs more bytes and is nearer to the source', async () => {
    const points = [];
    for (const quality of [20, 60, 95]) points.push(value(await lab.encode.probe({ image: picture.id, encoder: 'ours', options: { quality }, budgetMs: 0 })).facts);
    for (const [less, more] of [[points[0], points[1]], [points[1], points[2]]]) {
      expect(more.bytes).toBeGreaterThan(less.bytes);
      expect(more.ssim).toBeGreaterThan(less.ssim ?? 1);
    }
  });

  test.each(['png', 'qoi'] as const)('%s of an RGB picture loses nothing', async (encoder) => {
    const rgb = await open(lab.pixels, coffee);
    const { facts } = value(await lab.encode.encode({ image: rgb.id, encoder, options: {}, budgetMs: 0 }));
    expect([facts.maxError, facts.ssim, facts.components.map(({ psnr }) => psnr)]).toEqual([0, expect.closeTo(1, 12), [Infinity, Infinity, Infinity]]);
  });

  test('outlives a crash of the worker that holds the pixels', async () => {
    const own = make();
    const image = await open(own.pixels, nv12);
    const made = value(await own.encode.encode({ image: image.id, encoder: 'ours', options: {}, budgetMs: 0 }));
    const before = value(await own.pixels.compare(image.id, made.image.id, { similarity: true }));
    own.pixels.simulateCrash();
    expect(value(await own.pixels.compare(image.id, made.image.id, { similarity: true }))).toEqual(before);
    expect((await own.encode.encode({ image: image.id, encoder: 'ours', options: { quality: 50 }, budgetMs: 0 })).ok).toBe(true);
  });

  test('let go, its bytes are gone', async () => {
    const made = value(await encode('ours', { quality: 10 }));
    await lab.encode.release(made);
    expect(lab.encode.bytes(made.file)).toBeUndefined();
    expect(await codeOf(lab.encode.inspect(made.file))).toBe('store/unknown');
  });

  test('encoders that only browsers have say so', async () => {
    const absences = await lab.encode.absences();
    expect(absences['browser-jpeg']).toContain('OffscreenCanvas');
    expect(absences.vp9).toContain('WebCodecs');
    expect(absences.ours).toBeUndefined();
    expect(await codeOf(encode('browser-webp', {}))).toBe('encode/absent');
  });
});

describe('bad input', () => {
  const sixtyFour = (step: number): string => Array.from({ length: 64 }, (_, at) => (at === 9 ? step : 16)).join(' ');
  test.each<readonly [string, OptionValues, string]>([
    ['a qfactor of 0', { quality: 0 }, 'encode/option'], ['a qfactor of 101', { quality: 101 }, 'encode/option'], ['a qfactor of NaN', { quality: Number.NaN }, 'encode/option'], ['a qfactor of 7.5', { quality: 7.5 }, 'encode/option'],
    ['a chroma that JPEG lacks', { subsampling: '4:2:1' }, 'encode/option'], ['an option that is none', { speed: 3 }, 'encode/option'],
    ['a table with 0', { tables: sixtyFour(0) }, 'jpeg/tables'], ['a table with 300', { tables: sixtyFour(300) }, 'jpeg/tables'], ['a table of 63 steps', { tables: '1 '.repeat(63) }, 'jpeg/tables'], ['a table with a word', { tables: sixtyFour(1).replace('16', 'six') }, 'jpeg/tables'],
    ['another chroma in straight mode', { mode: 'straight', subsampling: '4:4:4' }, 'jpeg/straight-subsampling'],
  ])('%s is refused with its name, and the next encoding works', async (_, options, code) => {
    expect(await codeOf(encode('ours', options))).toBe(code);
    expect((await encode('ours', {})).ok).toBe(true);
  });

  test('a limited-range picture in straight mode is refused with the reason', async () => {
    const limited = convert(coffee, { format: 'nv12', width: coffee.width, height: coffee.height, colorSpec: { matrix: 'bt601', range: 'limited' } });
    const file = value(await lab.pixels.keep('limited', imageBytes(limited)));
    const info = value(await lab.pixels.openRaw(file.id, { spec: { format: 'nv12', width: 600, height: 400, colorSpec: { range: 'limited' } }, headerOffset: 0, padShort: false }));
    const reply = await lab.encode.encode({ image: info.id, encoder: 'ours', options: { mode: 'straight' }, budgetMs: 0 });
    expect(reply.ok ? '' : reply.error.code).toBe('jpeg/straight-colour');
    expect(reply.ok ? '' : reply.error.what).toContain('limited');
  });

  test('own tables are read as Y, Cb, Cr', () => {
    expect(parseTables(Array.from({ length: 128 }, (_, at) => (at < 64 ? 3 : 9)).join(',\n'))).toEqual({ y: new Array(64).fill(3), cb: new Array(64).fill(9), cr: undefined });
    expect(parseTables('  ')).toBeUndefined();
  });

  test.each(['0x10', '0b1', '0o7', '1e1', '+16', '-16', '16.0', '1_6', 'Infinity', 'NaN', 'ten', '１６'])('a step “%s” of own tables is refused, and it is said which', (word) => {
    expect(() => parseTables([...new Array<string>(63).fill('16'), word].join(' '))).toThrow(`Number 64 of the own tables is “${word}”, which is no whole number in digits alone.`);
  });

  test.each([0, 256])('a step of %d is refused', (step) => expect(() => componentTables(75, parseTables([...new Array<number>(63).fill(16), step].join(' ')))).toThrow(`has ${String(step)} as entry 63`));

  test('every encoder’s defaults are values that it takes', () => {
    for (const row of ENCODER_ROWS) {
      const defaults = resolveValues(row.options, {});
      expect(resolveValues(row.options, defaults)).toEqual(defaults);
    }
  });

  test('every value of a sweep is one that the option takes', () => {
    for (const row of ENCODER_ROWS) if ('sweep' in row) for (const step of row.sweep.values) expect(() => resolveValues(row.options, { [row.sweep.option]: step })).not.toThrow();
  });
});

describe('a cancelled encoding', () => {
  test('answers at once, whether it runs or waits, and the next one works', async () => {
    const controller = new AbortController();
    const jobs = Array.from({ length: 6 }, () => encode('jpeg-js', { quality: 90 }, controller.signal));
    controller.abort();
    expect(await Promise.all(jobs.map(codeOf))).toEqual(new Array(6).fill('job/cancelled'));
    expect((await encode('ours', {})).ok).toBe(true);
  });

  test('a worker that crashes answers, and is replaced', async () => {
    const pool = new EncodePool(() => start(new EncodeWorker()), 1);
    const running = pool.run<number>(() => new Promise(() => undefined));
    started.at(-1)?.crash('out of memory');
    expect(await codeOf(running)).toBe('worker/crashed');
    expect(await pool.run(async (api) => ({ ok: true, value: await api.absences() }))).toMatchObject({ ok: true });
  });

  test('an idle worker that crashes is not used again', async () => {
    const pool = new EncodePool(() => start(new EncodeWorker()), 1);
    await pool.run((api) => api.zip([]));
    const before = started.length;
    started.at(-1)?.crash('');
    expect((await pool.run((api) => api.zip([]))).ok).toBe(true);
    expect(started.length).toBe(before + 1);
  });
});

describe('a channel in a worker', () => {
  test('lives through its states; packets hold buffers until they are released', async () => {
    const setup = { buffers: 2, memory: 'system', options: { quality: 50 } } as const;
    expect(value(await lab.encode.createChannel(picture.id, setup))).toMatchObject({ state: 'created', buffers: 2, buffersInUse: 0 });
    expect(await codeOf(lab.encode.sendFrame(picture.id, undefined))).toBe('jpege/wrong-state');
    expect(value(await lab.encode.callChannel('start')).state).toBe('started');
    const first = value(await lab.encode.sendFrame(picture.id, undefined));
    expect(first.bytes).toBe(encodeJpeg(nv12, { quality: 50 }).length);
    await lab.encode.sendFrame(picture.id, undefined);
    expect(await codeOf(lab.encode.sendFrame(picture.id, 20))).toBe('jpege/time-out');
    expect(await lab.encode.channel()).toMatchObject({ buffersInUse: 2, framesDone: 2, framesFailed: 1, held: [{ sequence: 0 }, { sequence: 1 }] });
    expect(value(await lab.encode.releasePacket(0)).copyMs).toBeGreaterThanOrEqual(0);
    expect(await codeOf(lab.encode.releasePacket(0))).toBe('jpege/released');
    expect(value(await lab.encode.callChannel('stop')).state).toBe('stopped');
    expect(value(await lab.encode.callChannel('destroy'))).toMatchObject({ state: 'destroyed', held: [] });
  });

  test('the user’s memory is written without a copy', async () => {
    value(await lab.encode.createChannel(picture.id, { buffers: 1, memory: 'user', options: {} }));
    await lab.encode.callChannel('start');
    const { sequence } = value(await lab.encode.sendFrame(picture.id, undefined));
    expect(value(await lab.encode.releasePacket(sequence))).toEqual({ sequence, copyMs: undefined });
  });

  test('the prediction bounds what comes', async () => {
    const { boundBytes, estimateBytes } = value(await lab.encode.predict(picture.id, { quality: 75 }));
    const actual = encodeJpeg(nv12, { quality: 75 }).length;
    expect(boundBytes).toBeGreaterThan(actual);
    expect(Math.abs(estimateBytes / actual - 1)).toBeLessThan(0.15);
  });
});

describe('inspection', () => {
  test('of our own file and of an opened one', async () => {
    const made = value(await encode('ours', { quality: 50, comment: 'hello' }));
    const facts = value(await lab.encode.inspect(made.file));
    expect(facts.comments).toEqual(['hello']);
    expect(facts.quantTables[0].steps[0]).toBe(16);
    const kept = value(await lab.pixels.keep('opened.jpg', lab.encode.bytes(made.file) ?? new Uint8Array(0)));
    expect(value(await lab.encode.inspect({ opened: kept.id })).segments.map(({ name }) => name)).toEqual(facts.segments.map(({ name }) => name));
    const block = value(await lab.encode.block(made.file, { component: 1, x: 599, y: 399 }));
    expect([block.column, block.row, block.levels.length]).toEqual([37, 24, 64]);
  });

  test('of what is no JPEG is a plain error', async () => {
    const kept = value(await lab.pixels.keep('noise', Uint8Array.of(1, 2, 3)));
    expect(await codeOf(lab.encode.inspect({ opened: kept.id }))).toBe('jpeg/unreadable');
  });
});

test('pictures are judged at their own depth, alpha included where both have it', () => {
  const deep = convert(coffee, 'gray10le', { depthMode: 'exact' });
  expect(judge(deep, deep).maxError).toBe(0);
  const [a, b] = [0, 255].map((alpha) => wrapImage(Uint8Array.of(9, 9, 9, alpha), { format: 'rgba', width: 1, height: 1 }));
  expect(judge(a, b)).toMatchObject({ maxError: 255, ssim: undefined });
  expect(judge(a, convert(b, 'rgb24')).maxError).toBe(0);
});
