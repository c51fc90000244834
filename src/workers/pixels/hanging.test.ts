import { afterEach, describe, expect, test } from 'vitest';
import { encodePng } from '../../kernels/codecs/png.ts';
import type { Client } from './client.ts';
import type { Pixels } from './pixels.ts';
import type { FileFacts, ImageInfo } from './protocol.ts';
import { Recording, codeOf, gray, latest, make, noSamples, openRaw, photo, started, value } from '../testing/clients.ts';

afterEach(() => {
  for (const { worker } of started.splice(0)) worker.terminate();
});

describe('a worker that hangs is replaced', () => {
  const GRACE_MS = 40;
  const never = (): Promise<never> => new Promise(() => undefined);

  /** Hangs in the named verb, in the first worker alone. */
  class Hanging extends Recording {
    readonly isFirst = started.length === 0;
    verb: 'convert' | 'guess' | 'open' | 'export' | undefined;
    private hangs(verb: typeof this.verb): boolean {
      if (!this.isFirst || verb !== this.verb) return false;
      latest().worker.hang();
      return true;
    }
    override convert(...given: Parameters<Pixels['convert']>): ReturnType<Pixels['convert']> { return this.hangs('convert') ? never() : super.convert(...given); }
    override guess(...given: Parameters<Pixels['guess']>): ReturnType<Pixels['guess']> { return this.hangs('guess') ? never() : super.guess(...given); }
    override open(...given: Parameters<Pixels['open']>): ReturnType<Pixels['open']> { return this.hangs('open') ? never() : super.open(...given); }
    override export(...given: Parameters<Pixels['export']>): ReturnType<Pixels['export']> { return this.hangs('export') ? never() : super.export(...given); }
  }

  async function hanging(verb: Hanging['verb']): Promise<{ readonly client: Client; readonly file: FileFacts; readonly image: ImageInfo }> {
    const made: Hanging[] = [];
    const client = make(() => {
      const pixels = new Hanging(noSamples);
      made.push(pixels);
      return pixels;
    }, GRACE_MS);
    const opened = await openRaw(client, gray);
    for (const pixels of made) pixels.verb = verb;
    return { client, ...opened };
  }

  const png = (): Blob => new Blob([encodePng(photo)]);

  test.each(['convert', 'open', 'export'] as const)('when %s is cancelled; everything comes back, and it says what it was', async (verb) => {
    const { client, image } = await hanging(verb);
    const job = verb === 'convert' ? client.convert(image.id, { to: 'rgba', options: {} }) : verb === 'open' ? client.open(png(), 'photo.png') : client.export(image.id, 'png');
    await new Promise((resolve) => { setTimeout(resolve, 10); });
    const waiting = client.pixel(image.id, 1, 0);
    client.cancelWaited();
    expect(codeOf(await job)).toBe('job/cancelled');
    expect(value(await waiting)[0]?.value).toBe(3);
    expect(value(await client.open(png(), 'photo.png')).images).toHaveLength(1);
    expect(codeOf(await client.convert(image.id, { to: 'rgba', options: {} }))).toBe('ok');
    expect(started).toHaveLength(2);
    expect(client.whyRestarted()?.what).toContain({ convert: 'converting “dump” to rgba', open: 'opening “photo.png”', export: 'writing “dump” as png' }[verb]);
    await expect.poll(() => client.state()).toBe('ready');
  });

  test('when something else is opened, although nobody cancelled anything', async () => {
    const { client, file } = await hanging('guess');
    const stuck = client.guess(file.id);
    await new Promise((resolve) => { setTimeout(resolve, 10); });
    expect(value(await client.open(png(), 'photo.png')).images).toHaveLength(1);
    expect(codeOf(await stuck)).toBe('worker/replaced');
    expect(codeOf(await client.guess(file.id))).toBe('ok');
    await expect.poll(() => client.state()).toBe('ready');
  });

  describe('what works in one go is not taken to hang', () => {
    /** Does nothing else, and answers nothing, until a file is written. */
    class Deaf extends Recording {
      private written: Promise<unknown> = Promise.resolve();
      override export(): ReturnType<Pixels['export']> {
        const written = new Promise((resolve) => { setTimeout(resolve, 8 * GRACE_MS); }).then(() => ({ ok: true, value: { files: [], changes: [] } }) as const);
        this.written = written;
        return written;
      }
      override async memory(): Promise<number> { return this.written.then(() => super.memory()); }
      override async convert(...given: Parameters<Pixels['convert']>): ReturnType<Pixels['convert']> { return this.written.then(() => super.convert(...given)); }
      override async open(...given: Parameters<Pixels['open']>): ReturnType<Pixels['open']> { return this.written.then(() => super.open(...given)); }
    }

    /** @param side of a picture of one byte a pixel, of which nothing is written */
    async function writing(side: number): Promise<{ readonly client: Client; readonly small: ImageInfo; readonly written: ReturnType<Client['export']> }> {
      const client = make(() => new Deaf(noSamples), GRACE_MS);
      const { image: small } = await openRaw(client, gray);
      const { image } = await openRaw(client, gray, { spec: { format: 'gray', width: side, height: side }, headerOffset: 0, padShort: true });
      const written = client.export(image.id, 'png');
      await new Promise((resolve) => { setTimeout(resolve, 5); });
      return { client, small, written };
    }

    test.each<readonly [string, (client: Client, small: ImageInfo) => Promise<unknown>]>([
      ['something else is cancelled', async (client, { id }) => {
        const cancelled = client.convert(id, { to: 'rgba', options: {} });
        await new Promise((resolve) => { setTimeout(resolve, 5); });
        client.cancel('convert');
        return cancelled;
      }],
      ['something else is opened', (client) => client.open(png(), 'photo.png')],
    ])('when %s while a large picture is written', async (_, meanwhile) => {
      const { client, small, written } = await writing(4096);
      await meanwhile(client, small);
      expect(codeOf(await written)).toBe('ok');
      expect(started).toHaveLength(1);
    });

    test('but it is where nobody wants it any more, or the picture is small', async () => {
      const large = await writing(4096);
      large.client.cancelWaited();
      expect(codeOf(await large.written)).toBe('job/cancelled');
      await expect.poll(() => large.client.whyRestarted()?.code, { interval: 5 }).toBe('worker/replaced');
      const little = await writing(8);
      await little.client.open(png(), 'photo.png');
      expect(codeOf(await little.written)).toBe('worker/replaced');
    });
  });

  test('what answers is not replaced, however long its job takes', async () => {
    class Slow extends Recording {
      override async convert(...given: Parameters<Pixels['convert']>): ReturnType<Pixels['convert']> {
        await new Promise((resolve) => { setTimeout(resolve, 5 * GRACE_MS); });
        return super.convert(...given);
      }
    }
    const client = make(() => new Slow(noSamples), GRACE_MS);
    const { image } = await openRaw(client, gray);
    const slow = client.convert(image.id, { to: 'rgba', options: {} });
    client.cancel('convert');
    await slow;
    expect(codeOf(await client.convert(image.id, { to: 'rgba', options: {} }))).toBe('ok');
    expect(started).toHaveLength(1);
  });
});
