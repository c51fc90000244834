import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DATA = join(import.meta.dirname, '../testdata/decode');
export const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(DATA, name)));
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
export const planes = new Map(Array.from(readFileSync(join(DATA, 'planes.json'), 'utf8').matchAll(/"([^"]+)": "([0-9a-f]{64})"/g), ([, name, hash]) => [name, hash]));

/** Where the first marker of a kind is. */
export const markerAt = (bytes: Uint8Array, marker: number): number => bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === marker);
export const without = (bytes: Uint8Array, from: number, count: number): Uint8Array => Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(from + count)]);
export const inserted = (bytes: Uint8Array, at: number, more: readonly number[]): Uint8Array => Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at)]);
