/** Memory that compiled conversions reach without a copy: several images lie in one, so that a module that imports it sees source and destination alike. */
import { OBJECT, refuseArgument, sayValue } from '../arguments.ts';
import type { Image } from './types.ts';

const PAGE_BYTES = 65_536;
/** Images below this lie in buffers of their own: bringing them costs nothing to speak of. */
const SMALLEST_BYTES = 65_536;
/** The first bytes are scratch for those who run over the memory: threads take a part each. */
export const ARENA_SCRATCH_BYTES = 2 ** 20;
/** Reads may go this far past the last image. */
const SLACK_BYTES = PAGE_BYTES;
/** Address space, not memory: pages are only there once they are written. */
const ARENA_BYTES = 256 * 2 ** 20;
/** A new memory has room for this many images like the one it is made for: its results, most likely. */
const ROOM = 8;
/** One byte becomes four at the most, in the common formats. */
const RESULT_ROOM = 5;
/** Beyond this, room for a source and two results must do. */
const LARGE_ARENA_BYTES = 2 ** 30;
const ALIGNMENT = 64;

/** A memory and what is free of it, in bytes. Nothing of it is ever handed back to the system before all its images are gone. */
export interface Arena {
  readonly memory: WebAssembly.Memory;
  readonly scratch: number;
  free: readonly { readonly at: number; readonly bytes: number }[];
  /** Bytes taken, by where they start. */
  readonly taken: Map<number, number>;
  /** From here on nothing was ever written. */
  fresh: number;
}

/** By buffer: an arena lives as long as somebody holds a view of it. */
const arenas = new WeakMap<ArrayBufferLike, Arena>();
let current: WeakRef<Arena> | undefined;
let isShared = false;

/** Whether memories made from now on can be given to workers; the page must be isolated. */
export function shareImages(on: boolean): void {
  isShared = on;
  current = undefined;
}

function newArena(bytes: number): Arena | undefined {
  const pages = Math.ceil((Math.max(ARENA_BYTES, Math.min(bytes * ROOM, Math.max(LARGE_ARENA_BYTES, bytes * 3))) + ARENA_SCRATCH_BYTES + SLACK_BYTES) / PAGE_BYTES);
  try {
    const memory = new WebAssembly.Memory(isShared ? { initial: pages, maximum: pages, shared: true } : { initial: pages, maximum: pages });
    const arena: Arena = { memory, scratch: 0, free: [{ at: ARENA_SCRATCH_BYTES, bytes: memory.buffer.byteLength - ARENA_SCRATCH_BYTES - SLACK_BYTES }], taken: new Map(), fresh: ARENA_SCRATCH_BYTES };
    arenas.set(memory.buffer, arena);
    return arena;
  } catch {
    // No address space for it: plain buffers do, only slower.
    return undefined;
  }
}

const BLOCK = new Uint8Array(PAGE_BYTES);

/** Sets all bytes to a value. Shared memory is written block by block: engines fill it byte by byte, ten times as slow as they copy. */
export function fillBytes(bytes: Uint8Array, value: number): void {
  if (bytes.buffer instanceof ArrayBuffer) bytes.fill(value);
  else {
    BLOCK.fill(value);
    for (let at = 0; at < bytes.length; at += BLOCK.length) bytes.set(bytes.length - at < BLOCK.length ? BLOCK.subarray(0, bytes.length - at) : BLOCK, at);
  }
}

/** What new bytes hold: zero, or whatever was there, for those who write every one. */
export type Content = 'zero' | 'any';

/** The first free place that is large enough. */
function take(arena: Arena, bytes: number, content: Content): Uint8Array | undefined {
  const place = arena.free.find((free) => free.bytes >= bytes);
  if (place === undefined) return undefined;
  arena.free = arena.free.flatMap((free) => (free !== place ? [free] : free.bytes === bytes ? [] : [{ at: free.at + bytes, bytes: free.bytes - bytes }]));
  arena.taken.set(place.at, bytes);
  const taken = new Uint8Array(arena.memory.buffer, place.at, bytes);
  if (content === 'zero' && place.at < arena.fresh) fillBytes(taken.subarray(0, arena.fresh - place.at), 0);
  arena.fresh = Math.max(arena.fresh, place.at + bytes);
  return taken;
}

/** Only where what will be made of it fits too: up to four times as much. */
function takeWithRoom(arena: Arena | undefined, bytes: number, content: Content): Uint8Array | undefined {
  return arena?.free.some((free) => free.bytes >= bytes * RESULT_ROOM) === true ? take(arena, bytes, content) : undefined;
}

const rounded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Bytes for an image: in a memory where that pays. @param near another image's bytes, beside which these are wanted */
export function allocBytes(bytes: number, near?: Uint8Array, content: Content = 'zero'): Uint8Array {
  if (bytes < SMALLEST_BYTES) return new Uint8Array(bytes);
  const needed = rounded(bytes);
  const beside = near === undefined ? undefined : arenas.get(near.buffer);
  const taken = (beside === undefined ? undefined : take(beside, needed, content)) ?? takeWithRoom(current?.deref(), needed, content);
  if (taken !== undefined) return taken.subarray(0, bytes);
  const arena = newArena(needed);
  if (arena === undefined) return new Uint8Array(bytes);
  current = new WeakRef(arena);
  return take(arena, needed, content)?.subarray(0, bytes) ?? new Uint8Array(bytes);
}

/** Gives bytes back, for owners who know that nobody looks at them any more. @param bytes what `allocBytes` gave; others are left alone */
export function freeBytes({ buffer, byteOffset }: Uint8Array): void {
  const arena = arenas.get(buffer);
  const length = arena?.taken.get(byteOffset);
  if (arena === undefined || length === undefined) return;
  arena.taken.delete(byteOffset);
  const merged: { at: number; bytes: number }[] = [];
  for (const free of [...arena.free, { at: byteOffset, bytes: length }].toSorted((a, b) => a.at - b.at)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && last.at + last.bytes === free.at) last.bytes += free.bytes;
    else merged.push({ ...free });
  }
  arena.free = merged;
}

/** As `freeBytes`, for an image that `allocImage` made; views and wrapped buffers are left alone. */
export function freeImage(image: Pick<Image, 'planes' | 'sharesBytes'>): void {
  const planes: unknown = OBJECT.is(image) ? image.planes : undefined;
  if (!Array.isArray(planes)) refuseArgument('image/invalid', `An image is what wrapImage or allocImage makes; ${sayValue(image)} was given.`, 'Give the image whose memory is of no more use.');
  const { planes: [first], sharesBytes } = image;
  if (!sharesBytes && first !== undefined) freeBytes(first.bytes);
}

/** The memory in which all of these planes lie; undefined where there is none. */
export function memoryOf(planes: readonly { readonly bytes: Uint8Array }[]): Arena | undefined {
  const buffer = planes[0]?.bytes.buffer;
  return buffer !== undefined && planes.every(({ bytes }) => bytes.buffer === buffer) ? arenas.get(buffer) : undefined;
}

/** Bytes of the memory in which an image lies. */
export interface MemoryFacts {
  /** Address space. */
  readonly reservedBytes: number;
  /** Ever written: what the system really gave. */
  readonly touchedBytes: number;
  /** Held by images of now. */
  readonly takenBytes: number;
}

/** What the memory of these planes holds; undefined where they lie in buffers of their own. */
export function memoryFacts(planes: readonly { readonly bytes: Uint8Array }[]): MemoryFacts | undefined {
  const arena = memoryOf(planes);
  return arena === undefined ? undefined : { reservedBytes: arena.memory.buffer.byteLength, touchedBytes: arena.fresh, takenBytes: [...arena.taken.values()].reduce((sum, bytes) => sum + bytes, 0) };
}
