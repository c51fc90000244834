import type { Image } from '../image/types.ts';

/** A file format that carries one picture. */
export interface Codec {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it is and what it keeps. */
  readonly says: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
  readonly mime: string;
  /** @throws LabError */
  readonly decode?: (bytes: Uint8Array) => Image;
  /** Formats that `encode` writes as they are; others are converted first. */
  readonly encodes?: readonly Image['format'][];
  /** @throws LabError */
  readonly encode?: (image: Image) => Uint8Array<ArrayBuffer>;
}
