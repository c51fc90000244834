import type { ChromaId } from './chroma.ts';
import type { PlaneRow } from './fields.ts';

/** Which world a name comes from. */
export type NameWorld = 'vpi' | 'drm' | 'v4l2' | 'gstreamer' | 'webcodecs' | 'vulkan' | 'xpra' | 'android' | 'other';

export interface PixelFormatRow {
  readonly family: 'gray' | 'rgb' | 'yuv' | 'palette';
  /** What a person reads in the picker. */
  readonly title: string;
  readonly chroma: ChromaId;
  readonly planes: readonly PlaneRow[];
  /** Rows are padded to this many pixels when no stride is given. */
  readonly rowAlignPixels?: number;
  /** Bytes of palette that follow the planes when the image brings none of its own. */
  readonly trailingPaletteBytes?: number;
  /** A name trap or an oddity worth a sentence. */
  readonly note?: string;
  /** Names in other worlds; left out where unknown. */
  readonly aka: Partial<Record<NameWorld, string>>;
}
