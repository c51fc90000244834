import { randomImage, specFor } from '../../kernels/testing/images.ts';
import { Client } from '../pixels/client.ts';
import { Pixels } from '../pixels/pixels.ts';
import type { FileFacts, ImageInfo, Reply } from '../pixels/protocol.ts';
import { ThreadlessWorker } from './threadless.ts';

export const photo = randomImage(specFor('rgb24', 37, 21), 4);
export const GRAY = { spec: { format: 'gray', width: 8, height: 8 }, headerOffset: 0, padShort: false } as const;
export const gray = Uint8Array.from({ length: 64 }, (_, at) => at * 3);

export function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

export const codeOf = (reply: Reply<unknown>): string => (reply.ok ? 'ok' : reply.error.code);

/** Verbs of every worker started, in the order in which they were asked. */
export class Recording extends Pixels {
  readonly asked: string[] = [];
  override open(...given: Parameters<Pixels['open']>): ReturnType<Pixels['open']> { this.asked.push('open'); return super.open(...given); }
  override keep(...given: Parameters<Pixels['keep']>): ReturnType<Pixels['keep']> { this.asked.push('keep'); return super.keep(...given); }
  override openRaw(...given: Parameters<Pixels['openRaw']>): ReturnType<Pixels['openRaw']> { this.asked.push('openRaw'); return super.openRaw(...given); }
  override convert(...given: Parameters<Pixels['convert']>): ReturnType<Pixels['convert']> { this.asked.push('convert'); return super.convert(...given); }
}

export const started: { readonly worker: ThreadlessWorker; readonly pixels: Recording }[] = [];

export const noSamples = (): Promise<never> => Promise.reject(new Error('No samples here.'));

export function make(pixelsOf: () => Recording = () => new Recording(noSamples), graceMs?: number): Client {
  return new Client(() => {
    const pixels = pixelsOf();
    const worker = new ThreadlessWorker(pixels);
    started.push({ worker, pixels });
    return worker;
  }, graceMs);
}

export const latest = (): { readonly worker: ThreadlessWorker; readonly pixels: Recording } => {
  const last = started[started.length - 1];
  if (last === undefined) throw new Error('No worker was started.');
  return last;
};

export async function openRaw(client: Client, bytes: Uint8Array, geometry: Parameters<Client['openRaw']>[1] = GRAY): Promise<{ readonly file: FileFacts; readonly image: ImageInfo }> {
  const file = value(await client.keep('dump', bytes));
  return { file, image: value(await client.openRaw(file.id, geometry)) };
}
