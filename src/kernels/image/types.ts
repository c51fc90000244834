import type { ColorSpec } from '../tables/colorSpecs.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';

/** Red, green, blue, alpha of up to 256 colours, one byte each. */
export interface Palette {
  readonly colors: Uint8Array;
}

/** R,G,B,A quadruples: 8 bits a channel, or 16 (narrowed by value / 257, rounded). */
export type PaletteInput = Uint8Array | Uint16Array | Palette;

/** What must be known to read bytes as an image. */
export interface ImageSpec {
  readonly format: PixelFormatId;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Bytes from one row to the next, one per plane; tight where left out. */
  readonly strides?: readonly number[] | undefined;
  /** Byte of the buffer where each plane starts; one after another where left out. */
  readonly offsets?: readonly number[] | undefined;
  /** How the numbers are to be read as colour; BT.601 full range where left out. */
  readonly colorSpec?: Partial<ColorSpec> | undefined;
  readonly palette?: PaletteInput | undefined;
  /** Microseconds. */
  readonly timestamp?: number | undefined;
}

export interface Plane {
  /** From the plane's first byte to its last; may be a view into a larger buffer. */
  readonly bytes: Uint8Array;
  /** Bytes from one row to the next. */
  readonly stride: number;
}

/** A value: operations return a new image. */
export interface Image {
  readonly format: PixelFormatId;
  readonly width: number;
  readonly height: number;
  readonly planes: readonly Plane[];
  readonly colorSpec?: Partial<ColorSpec> | undefined;
  readonly palette?: Palette | undefined;
  /** Microseconds. */
  readonly timestamp?: number | undefined;
  /** Where this image was cut from its parent, in the parent's pixels. */
  readonly origin: { readonly x: number; readonly y: number };
  /** True when the bytes belong to somebody else too: a wrapped buffer or a parent image. */
  readonly sharesBytes: boolean;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where one plane lies in a buffer. All sizes in bytes but `rows`. */
export interface PlaneLayout {
  readonly offset: number;
  readonly stride: number;
  /** Bytes of a row that carry samples. */
  readonly rowBytes: number;
  readonly rows: number;
  /** From the plane's first byte to the last byte that it needs: the last row is not padded. */
  readonly extent: number;
}
