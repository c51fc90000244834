import { LabError, byteLength, formatBytes, freeImage, planeLayouts, specOf } from '../kernels/index.ts';
import type { Image, ImageSpec } from '../kernels/index.ts';
import { ASK_ABOVE_BYTES } from '../kernels/codecs/header.ts';
import type { FileFacts, FileId, ImageId, ImageInfo, Provenance } from './protocol.ts';

export interface StoredImage {
  readonly image: Image;
  readonly info: ImageInfo;
}

export interface StoredFile {
  readonly bytes: Uint8Array;
  readonly facts: FileFacts;
}

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

  addFile(bytes: Uint8Array, facts: Omit<FileFacts, 'id'>): FileFacts {
    const id = `file-${this.tag}-${String(this.next++)}`;
    if (!isFileId(id)) throw new TypeError(`${id} is no file id.`);
    const stored = { bytes, facts: { ...facts, id } };
    this.files.set(id, stored);
    return stored.facts;
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
    return distinctBytes([...this.files.values(), ...[...this.images.values()].flatMap(({ image }) => image.planes)].map(({ bytes }) => bytes));
  }
}

/** @throws LabError `memory/ask` above 512 MiB unless the person agreed */
export function checkAllocation(spec: ImageSpec, allowLarge: boolean): void {
  const bytes = byteLength(spec);
  if (bytes <= ASK_ABOVE_BYTES || (allowLarge && bytes < 2 ** 32)) return;
  throw new LabError({ code: allowLarge ? 'memory/impossible' : 'memory/ask', what: `${spec.format} ${String(spec.width)}×${String(spec.height)} takes ${formatBytes(bytes)}; above ${formatBytes(ASK_ABOVE_BYTES)} Swizzle asks first.`, remedy: 'Check the width and height, or go on if you have the memory.' });
}
