import { fillBytes, freeImage } from '../image/arena.ts';
import { allocImage } from '../image/image.ts';
import type { Image, ImageSpec } from '../image/types.ts';

/** A source and its destination. */
export interface Frame {
  readonly source: Image;
  readonly target: Image;
}

/** More than the caches of today's processors hold: the next frame always comes from memory, as it does from a camera or a decoder. */
const BEYOND_CACHES_BYTES = 160 * 2 ** 20;
const MOST_FRAMES = 64;
const FEWEST_FRAMES = 2;

export const bytesOf = ({ planes }: Image): number => planes.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** How many frames take turns. @param bytes of one, read and written */
export const framesFor = (bytes: number): number => Math.min(MOST_FRAMES, Math.max(FEWEST_FRAMES, Math.ceil(BEYOND_CACHES_BYTES / bytes)));

/** Texture in every direction: flat pictures flatter caches and branches. */
function texture({ planes }: Image): void {
  for (const { bytes } of planes) for (let at = 0; at < bytes.length; at += 1) bytes[at] = (Math.imul(at, 2_654_435_761) >>> 24) ^ (at >> 7);
}

/** What destinations hold beforehand. Memory that nobody has written yet is not there: the first to write it pays for it. */
const WRITTEN = 1;

/** Frames of one texture, each destination beside its source, all of it written once. @param count undefined: as many as no cache holds */
export function makeFrames(from: ImageSpec, to: ImageSpec, count?: number): readonly Frame[] {
  const make = (): Frame => {
    const source = allocImage(from);
    const target = allocImage(to, source);
    for (const { bytes } of target.planes) fillBytes(bytes, WRITTEN);
    return { source, target };
  };
  const first = make();
  texture(first.source);
  const wanted = count ?? framesFor(bytesOf(first.source) + bytesOf(first.target));
  return [first, ...Array.from({ length: wanted - 1 }, () => {
    const next = make();
    next.source.planes.forEach(({ bytes }, plane) => bytes.set(first.source.planes[plane]?.bytes ?? []));
    return next;
  })];
}

/** Gives the memory of frames back, so that the next ones find it. */
export function freeFrames(frames: readonly Frame[]): void {
  for (const { source, target } of frames) {
    freeImage(source);
    freeImage(target);
  }
}

/** The next of a list, in turns for ever. */
export function inTurns<T>(list: readonly T[]): () => T {
  let at = 0;
  return () => {
    const item = list[at];
    if (item === undefined) throw new TypeError('There is nothing to take turns with.');
    at = (at + 1) % list.length;
    return item;
  };
}
