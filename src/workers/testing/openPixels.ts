import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageInfo, Opened, RawGeometry, Reply } from '../pixels/protocol.ts';
import { Pixels } from '../pixels/pixels.ts';

const samples = (file: string): Promise<Uint8Array> => Promise.resolve(new Uint8Array(readFileSync(join(import.meta.dirname, '../../../public/samples', file))));
export const make = (): Pixels => new Pixels(samples);
export const blob = (bytes: Uint8Array | string): Blob => new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]);

export function value<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new Error(`${reply.error.code}: ${reply.error.what}`);
}

export const open = (pixels: Pixels, bytes: Uint8Array | string, name: string, allowLarge = false): Promise<Reply<Opened>> => pixels.open(1, blob(bytes), name, { allowLarge });
export const errorOf = async (work: Promise<Reply<unknown>>): Promise<{ readonly code: string; readonly what: string }> => {
  const reply = await work;
  if (reply.ok) throw new Error('Nothing was refused.');
  return reply.error;
};

export async function openRaw(pixels: Pixels, bytes: Uint8Array, geometry: Omit<RawGeometry, 'headerOffset' | 'padShort'> & Partial<RawGeometry>): Promise<Reply<ImageInfo>> {
  const file = value(await pixels.keep('dump', bytes));
  return pixels.openRaw(1, file.id, { headerOffset: 0, padShort: false, ...geometry });
}
