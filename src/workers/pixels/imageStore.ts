import { LabError, formatBytes, freeImage, planeLayouts, specOf } from '../../kernels/index.ts';
import type { Image, ImageSpec } from '../../kernels/index.ts';
import { ASK_ABOVE_BYTES, LARGEST_ALLOCATION_BYTES } from '../../kernels/codecs/header.ts';
import { CANCELLED } from '../line/pacing.ts';
import type { FileFacts, FileId, ImageId, ImageInfo, Provenance } from './protocol.ts';

export interface StoredImage {
  readonly image: Image;
  readonly info: ImageInfo;
}

export interface StoredFile {
  /** A large file stays where it is, and is read by slices. */
  readonly content: Uint8Array | Blob;
  readonly facts: FileFacts;
}

/** Files up to so many bytes are held in memory: read again with another geometry, they cost nothing. */
export const MOST_HELD_BYTES = 64 * 2 ** 20;

/** What a job is about to allocate, everything counted: its result, copies, and the working memory of whoever makes it. */
export interface Need {
  /** As in “… takes 800 MB”. */
  readonly what: string;
  readonly bytes: number;
  /** The largest single allocation; all of it where left out. */
  readonly largestBytes?: number;
}

/** Together with what is held already, a person is asked above this; not for what is small. */
const [ASK_TOGETHER_BYTES, SMALL_BYTES] = [2 ** 31, 64 * 2 ** 20];

/**
 * The one budget of whatever allocates here.
 * @param heldBytes what images and files take already
 * @throws LabError `memory/ask` unless the person agreed, `memory/impossible` where that would not help
 */
export function admit({ what, bytes, largestBytes = bytes }: Need, allowLarge: boolean, heldBytes = 0): void {
  if (largestBytes > LARGEST_ALLOCATION_BYTES) throw new LabError({ code: 'memory/impossible', what: `${what} takes ${formatBytes(largestBytes)} at once, more than the ${formatBytes(LARGEST_ALLOCATION_BYTES)} that one buffer can have here.`, remedy: 'Check the width and height; if they are right, cut the picture into parts.' });
  if (allowLarge || bytes <= SMALL_BYTES) return;
  if (bytes > ASK_ABOVE_BYTES) throw new LabError({ code: 'memory/ask', what: `${what} takes ${formatBytes(bytes)}; above ${formatBytes(ASK_ABOVE_BYTES)} Swizzle asks first.`, remedy: 'Check the width and height, or go on if you have the memory.' });
  if (heldBytes + bytes > ASK_TOGETHER_BYTES) throw new LabError({ code: 'memory/ask', what: `${what} takes ${formatBytes(bytes)}, beside ${formatBytes(heldBytes)} that are held already; above ${formatBytes(ASK_TOGETHER_BYTES)} in all Swizzle asks first.`, remedy: 'Close what you do not need, or go on if you have the memory.' });
}

export const sizeOf = ({ format, width, height }: Pick<ImageSpec, 'format' | 'width' | 'height'>): string => `${format} ${String(width)}×${String(height)}`;

const isImageId = (id: string): id is ImageId => id.startsWith('image-');
const isFileId = (id: string): id is FileId => id.startsWith('file-');

/** Bytes of the planes, views counted as what they show. */
const planeBytes = (image: Image): number => image.planes.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** Bytes that are in at least one of these views. */
function distinctBytes(views: readonly Uint8Array[]): number {
  const ends = new Map<ArrayBufferLike, number>();
  let sum = 0;
  for (const { buffer, byteOffset, length } of views.toSorted((a, b) => a.byteOffset - b.byteOffset)) {
    const end = Math.max(ends.get(buffer) ?? 0, byteOffset);
    sum += Math.max(0, byteOffset + length - end);
    ends.set(buffer, Math.max(end, byteOffset + length));
  }
  return sum;
}

/** Where the pixels live. Everybody else holds ids. */
export class ImageStore {
  private readonly images = new Map<string, StoredImage>();
  private readonly files = new Map<string, StoredFile>();
  /** Ids of one worker never equal those of the worker it replaces. */
  private readonly tag = Math.random().toString(36).slice(2, 8);
  private next = 1;

  addImage(image: Image, name: string, provenance: Provenance): ImageInfo {
    const id = `image-${this.tag}-${String(this.next++)}`;
    if (!isImageId(id)) throw new TypeError(`${id} is no image id.`);
    const spec = specOf(image);
    const planes = planeLayouts({ ...spec, offsets: undefined }).map(({ offset, stride, rowBytes, rows }) => ({ offset, stride, rowBytes, rows }));
    const info = { id, name, spec, bytes: planeBytes(image), provenance, planes };
    this.images.set(id, { image, info });
    return info;
  }

  addFile(content: Uint8Array | Blob, facts: Omit<FileFacts, 'id'>): FileFacts {
    const id = `file-${this.tag}-${String(this.next++)}`;
    if (!isFileId(id)) throw new TypeError(`${id} is no file id.`);
    const stored = { content, facts: { ...facts, id } };
    this.files.set(id, stored);
    return stored.facts;
  }

  has(id: ImageId): boolean {
    return this.images.has(id);
  }

  /** @throws LabError `store/unknown` */
  image(id: ImageId): StoredImage {
    const found = this.images.get(id);
    if (found === undefined) throw new LabError({ code: 'store/unknown', what: `The image ${id} is not here any more.`, remedy: 'Open it again.' });
    return found;
  }

  /** @throws LabError `store/unknown` */
  file(id: FileId): StoredFile {
    const found = this.files.get(id);
    if (found === undefined) throw new LabError({ code: 'store/unknown', what: `The file ${id} is not here any more.`, remedy: 'Open it again.' });
    return found;
  }

  /** Bytes `from` ≤ at < `to` of a file, fewer where it ends before; a view where it is held. @throws LabError `file/unreadable` */
  async read(id: FileId, from: number, to: number): Promise<Uint8Array> {
    const { content } = this.file(id);
    return content instanceof Blob ? readBlob(content.slice(from, to)) : content.subarray(from, to);
  }

  /** As `admit`, beside everything that is here. */
  admit(need: Need, allowLarge: boolean): void {
    admit(need, allowLarge, need.bytes > SMALL_BYTES ? this.bytes() : 0);
  }

  release(ids: readonly string[]): void {
    for (const id of ids) {
      const stored = this.images.get(id);
      if (stored === undefined) this.files.delete(id);
      else freeImage(stored.image);
      this.images.delete(id);
    }
  }

  /** Bytes of all images and files; those that several of them show are there once. */
  bytes(): number {
    const files = [...this.files.values()].flatMap(({ content }) => (content instanceof Blob ? [] : [content]));
    return distinctBytes([...files, ...[...this.images.values()].flatMap(({ image }) => image.planes.map(({ bytes }) => bytes))]);
  }
}

/** @throws LabError `file/unreadable`: it was moved, changed or removed since it was chosen, or does not fit into memory */
export async function readBlob(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (thrown) {
    throw new LabError({ code: 'file/unreadable', what: `${formatBytes(blob.size)} of the file could not be read (${thrown instanceof Error ? thrown.message : String(thrown)}).`, remedy: 'If it was changed or moved since it was chosen, choose it again; else close what you do not need.' });
  }
}

/** Ends a cancelled job: its half-made picture is let go. @throws LabError `job/cancelled` */
export function giveUp(made: Image): never {
  freeImage(made);
  throw new LabError(CANCELLED);
}
