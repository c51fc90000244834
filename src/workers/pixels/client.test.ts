import { afterEach, describe, expect, test } from 'vitest';
import { convert, imageBytes } from '../../kernels/index.ts';
import { encodePng } from '../../kernels/codecs/png.ts';
import { Client } from './client.ts';
import type { ClientState } from './client.ts';
import type { Pixels } from './pixels.ts';
import type { FileId, ImageId } from './protocol.ts';
import { GRAY, Recording, codeOf, gray, latest, make, noSamples, openRaw, photo, started, value } from '../testing/clients.ts';
import { ThreadlessWorker } from '../testing/threadless.ts';

async function rawBytes(client: Client, image: ImageId): Promise<Uint8Array> {
  return value(await client.export(image, 'raw')).files[0]?.bytes ?? new Uint8Array(0);
}

afterEach(() => {
  for (const { worker } of started.splice(0)) worker.terminate();
});

describe('of one lane the latest wins', () => {
  test('the older is answered at once, and what it made is freed', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const before = await client.memory();
    const replies = await Promise.all([client.convert(image.id, { to: 'rgba', options: {} }), client.convert(image.id, { to: 'nv12', options: {} })]);
    expect(replies.map(codeOf)).toEqual(['job/superseded', 'ok']);
    await expect.poll(() => client.memory()).toBe(before + 8 * 8 * 1.5);
  });

  test('other lanes go on', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const replies = await Promise.all([client.pixel(image.id, 0, 0, 'a'), client.pixel(image.id, 1, 0, 'b'), client.pixel(image.id, 2, 0, 'b')]);
    expect(replies.map(codeOf)).toEqual(['ok', 'job/superseded', 'ok']);
  });

  test('cancelling a lane answers the job that runs in it', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const reply = client.convert(image.id, { to: 'rgba', options: {} });
    client.cancel('convert');
    expect(codeOf(await reply)).toBe('job/cancelled');
    expect(codeOf(await client.convert(image.id, { to: 'rgba', options: {} }))).toBe('ok');
  });
});

describe('after a crash', () => {
  test('everything is there under the same ids', async () => {
    const client = make();
    const png = value(await client.open(new Blob([encodePng(photo)]), 'photo.png'));
    const { image } = await openRaw(client, gray);
    const [decoded] = png.images;
    if (decoded === undefined) throw new Error('No image.');
    const converted = value(await client.convert(decoded.id, { to: 'nv12', options: {} }));
    latest().worker.crash('out of memory');
    expect(await rawBytes(client, converted.image.id)).toEqual(imageBytes(convert(photo, 'nv12')));
    expect(await rawBytes(client, decoded.id)).toEqual(imageBytes(photo));
    expect(await rawBytes(client, image.id)).toEqual(gray);
    expect(started).toHaveLength(2);
  });

  test('only what is asked for is made again, once', async () => {
    const client = make();
    await client.open(new Blob([encodePng(photo)]), 'photo.png');
    const { image } = await openRaw(client, gray);
    latest().worker.crash('');
    await Promise.all([client.pixel(image.id, 0, 0, 'a'), client.pixel(image.id, 1, 0, 'b'), client.bytes(image.id, 0, 0, 4)]);
    expect(latest().pixels.asked).toEqual(['keep', 'openRaw']);
  });

  test('what was waiting hears of it, with the cause', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const waiting = [client.pixel(image.id, 0, 0), client.tile({ image: image.id, rect: { x: 0, y: 0, width: 8, height: 8 }, step: 1, display: { solo: [] } })];
    latest().worker.crash('Uncaught RangeError');
    const replies = await Promise.all(waiting);
    expect(replies.map(codeOf)).toEqual(['worker/crashed', 'worker/crashed']);
    expect(replies.map((reply) => (reply.ok ? '' : reply.error.what)).join()).toContain('(Uncaught RangeError)');
  });

  test('the one job that was under way is named', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const reply = client.convert(image.id, { to: 'rgba', options: {} });
    await new Promise((resolve) => { setTimeout(resolve); });
    latest().worker.crash('out of memory');
    const answer = await reply;
    expect(answer.ok ? '' : answer.error.what).toBe('The worker that holds the pixels stopped while it was converting “dump” to rgba (out of memory).');
  });

  test('however often a job stops the worker, what it was made from comes back', async () => {
    class Fatal extends Recording {
      override convert(): ReturnType<Pixels['convert']> {
        latest().worker.crash('out of memory');
        return new Promise(() => undefined);
      }
    }
    const client = make(() => new Fatal(noSamples));
    const { image } = await openRaw(client, gray);
    for (let time = 0; time < 6; time += 1) expect(codeOf(await client.convert(image.id, { to: 'rgba', options: {} }))).toBe('worker/crashed');
    expect(await rawBytes(client, image.id)).toEqual(gray);
  });

  test('a test that ends the worker while pictures are brought back loses none', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    for (let time = 0; time < 6; time += 1) {
      const reply = client.convert(image.id, { to: 'rgba', options: {} });
      await new Promise((resolve) => { setTimeout(resolve, time); });
      client.simulateCrash();
      await reply;
    }
    expect(codeOf(await client.convert(image.id, { to: 'rgba', options: {} }))).toBe('ok');
  });

  test('memory and release do not wait for a worker that is gone', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    const pending = Promise.all([client.memory(), client.release([image.id])]);
    latest().worker.crash('');
    expect((await pending)[0]).toBe(0);
  });

  test('a second crash while things are brought back hangs nobody', async () => {
    const client = make();
    const { image } = await openRaw(client, gray);
    latest().worker.crash('');
    const waiting = client.pixel(image.id, 1, 0);
    latest().worker.crash('');
    expect(codeOf(await waiting)).toBe('worker/crashed');
    expect(value(await client.pixel(image.id, 1, 0))[0]?.value).toBe(3);
  });

  test('a result comes back although its source was released, and takes the source along when it goes', async () => {
    const client = make();
    const { file, image } = await openRaw(client, gray);
    const { image: result } = value(await client.convert(image.id, { to: 'rgb24', options: {} }));
    await client.release([image.id]);
    latest().worker.crash('');
    expect(await rawBytes(client, result.id)).toEqual(Uint8Array.from({ length: 192 }, (_, at) => gray[Math.floor(at / 3)] ?? 0));
    await client.release([result.id, file.id]);
    expect(await client.memory()).toBe(0);
  });

  test('what was released is not brought back', async () => {
    const client = make();
    const { file, image } = await openRaw(client, gray);
    await client.release([image.id, file.id]);
    latest().worker.crash('');
    expect(codeOf(await client.pixel(image.id, 0, 0))).toBe('store/unknown');
    expect(latest().pixels.asked).toEqual([]);
  });

  test('listeners are told, and then that all is well', async () => {
    const client = make();
    const states: ClientState[] = [];
    const { image } = await openRaw(client, gray);
    const stop = client.onState((state) => states.push(state));
    latest().worker.crash('');
    await client.pixel(image.id, 0, 0);
    stop();
    client.simulateCrash();
    expect(states).toEqual(['restarted', 'busy', 'ready']);
  });
});

describe('a large closing', () => {
  /** 144 MB, of which nothing is ever written. */
  const LARGE = { spec: { format: 'gray', width: 12_000, height: 12_000 }, headerOffset: 0, padShort: true } as const;
  const rest = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 1200); });

  test('gets another worker once nothing is under way, unheard, and what is still open comes back when it is asked for', async () => {
    const client = make();
    const states: ClientState[] = [];
    const { image: small } = await openRaw(client, gray);
    const { file, image } = await openRaw(client, gray, LARGE);
    const { image: result } = value(await client.convert(small.id, { to: 'rgb24', options: {} }));
    client.onState((state) => states.push(state));
    await client.release([file.id, image.id]);
    expect(started).toHaveLength(1);
    await expect.poll(() => started.length, { timeout: 4000 }).toBe(2);
    expect(states).not.toContain('restarted');
    expect(await client.memory()).toBe(0);
    expect(await rawBytes(client, result.id)).toEqual(Uint8Array.from({ length: 192 }, (_, at) => gray[Math.floor(at / 3)] ?? 0));
    expect(latest().pixels.asked).toEqual(['keep', 'openRaw', 'convert']);
  });

  test('interrupts nothing', async () => {
    let finish = (): void => undefined;
    class Slow extends Recording {
      override async guess(...given: Parameters<Pixels['guess']>): ReturnType<Pixels['guess']> {
        await new Promise<void>((resolve) => { finish = resolve; });
        return super.guess(...given);
      }
    }
    const client = make(() => new Slow(noSamples));
    const small = await openRaw(client, gray);
    const { file, image } = await openRaw(client, gray, LARGE);
    const guessed = client.guess(small.file.id);
    await client.release([file.id, image.id]);
    await rest();
    expect(started).toHaveLength(1);
    finish();
    expect(codeOf(await guessed)).toBe('ok');
    await expect.poll(() => started.length, { timeout: 4000 }).toBe(2);
  });

  test('ends what the worker does for what was closed, although it hears nothing', async () => {
    class Deaf extends Recording {
      override histogram(): ReturnType<Pixels['histogram']> {
        latest().worker.hang();
        return new Promise(() => undefined);
      }
    }
    const client = make(() => new Deaf(noSamples), 40);
    const small = await openRaw(client, gray);
    const { file, image } = await openRaw(client, gray);
    const counted = client.histogram(image.id, undefined, 16);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
    await client.release([file.id, image.id]);
    expect(codeOf(await counted)).toBe('job/cancelled');
    expect(started).toHaveLength(2);
    expect(await rawBytes(client, small.image.id)).toEqual(gray);
  });

  test('keeps the worker where more is still open than was closed, and where little was', async () => {
    const client = make();
    const kept = await openRaw(client, gray, { ...LARGE, spec: { ...LARGE.spec, height: 16_000 } });
    const { file, image } = await openRaw(client, gray, LARGE);
    const little = await openRaw(client, gray);
    await client.release([little.file.id, little.image.id]);
    await client.release([file.id, image.id]);
    await rest();
    expect(started).toHaveLength(1);
    expect(await client.memory()).toBe(kept.image.bytes + 64);
  });
});

describe('a worker that cannot help', () => {
  test('one that cannot be started is an error as data', async () => {
    const client = new Client(() => { throw new Error('No workers here.'); });
    const reply = await client.sample('photo');
    expect(reply.ok ? '' : `${reply.error.code}: ${reply.error.what}`).toMatch(/^worker\/none: .*No workers here\./);
  });

  test('a script that never loads is tried once a request, not in a loop', async () => {
    let count = 0;
    const client = new Client(() => {
      const worker = new ThreadlessWorker(undefined);
      count += 1;
      setTimeout(() => worker.crash(''), 5);
      return worker;
    });
    expect(codeOf(await client.sample('photo'))).toBe('worker/crashed');
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(count).toBe(1);
    expect(codeOf(await client.sample('photo'))).toBe('worker/crashed');
    expect(count).toBe(2);
  });

  test('an image that stops the worker each time is given up; the others stay', async () => {
    class Fragile extends Recording {
      override openRaw(...given: Parameters<Pixels['openRaw']>): ReturnType<Pixels['openRaw']> {
        if (started.length === 1 || given[2].spec.height !== 4) return super.openRaw(...given);
        latest().worker.crash('out of memory');
        return new Promise(() => undefined);
      }
    }
    const client = make(() => new Fragile(noSamples));
    const { file, image } = await openRaw(client, gray);
    const fatal = value(await client.openRaw(file.id, { ...GRAY, spec: { ...GRAY.spec, height: 4 } }));
    latest().worker.crash('out of memory');
    const codes = [];
    for (let time = 0; time < 5; time += 1) codes.push(codeOf(await client.pixel(fatal.id, 0, 0)));
    expect(codes).toEqual(['worker/crashed', 'worker/crashed', 'worker/crashed', 'worker/unrestorable', 'worker/unrestorable']);
    expect(value(await client.pixel(image.id, 1, 0))[0]?.value).toBe(3);
  });

  test('a message that cannot be sent is an error as data', async () => {
    const client = make();
    const file = value(await client.keep('dump', gray));
    // Structured clone takes no functions.
    const geometry = Object.assign({ ...GRAY }, { odd: () => undefined });
    expect(codeOf(await client.openRaw(file.id, geometry))).toBe('internal');
    expect(codeOf(await client.openRaw(file.id, GRAY))).toBe('ok');
  });

  test('an id that nobody gave is unknown', async () => {
    const client = make();
    const isFileId = (id: string): id is FileId => id.startsWith('file-');
    const id = 'file-none-1';
    expect(isFileId(id) && codeOf(await client.guess(id))).toBe('store/unknown');
  });
});
