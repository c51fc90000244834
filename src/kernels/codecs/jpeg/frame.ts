import { sayValue } from '../../arguments.ts';
import { LabError } from '../../labError.ts';
import { formatLayout } from '../../image/formatLayout.ts';
import type { ImageSpec } from '../../image/types.ts';
import { CHROMA } from '../../tables/chroma.ts';
import type { JpegChroma } from './options.ts';
import type { PlanarReading } from './planes.ts';

/** One component of the frame and where its samples lie in a strip. Sizes in samples of the component unless said. */
export interface FrameComponent {
  /** 1 Y, 2 Cb, 3 Cr. @source JFIF 1.02 */
  readonly id: number;
  /** Blocks in an MCU, across and down. */
  readonly h: number;
  readonly v: number;
  readonly width: number;
  readonly height: number;
  /** Blocks that hold samples; an MCU at the edge may have more. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  /** 0 luma, 1 chroma: which Huffman tables it is coded with. */
  readonly tableClass: 0 | 1;
}

/** A frame of interleaved MCUs, or of single blocks where there is one component. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly chroma: JpegChroma;
  readonly components: readonly FrameComponent[];
  readonly mcusPerRow: number;
  readonly mcuRows: number;
  /** Pixels of an MCU. */
  readonly mcuWidth: number;
  readonly mcuHeight: number;
  readonly blocksPerMcu: number;
}

/** Samples on an axis are 16-bit in the frame header. @source ITU-T T.81, B.2.2 */
const LARGEST = 65_535;

/** @throws LabError `jpeg/size` */
export function checkJpegSize({ width, height }: Pick<ImageSpec, 'width' | 'height'>): void {
  for (const [axis, pixels] of [['width', width], ['height', height]] as const) {
    if (Number.isInteger(pixels) && pixels >= 1 && pixels <= LARGEST) continue;
    throw new LabError({ code: 'jpeg/size', what: `A JPEG is 1 … 65 535 pixels on each axis; a ${axis} of ${sayValue(pixels)} was given.`, remedy: pixels > LARGEST ? 'Cut the picture into tiles, or scale it down.' : 'Give a whole number of pixels above 0.', vpiStatus: 'INVALID_ARGUMENT' });
  }
}

/**
 * The geometry of a frame.
 * @throws LabError `jpeg/size`
 */
export function planFrame(size: Pick<ImageSpec, 'width' | 'height'>, chroma: JpegChroma): Frame {
  checkJpegSize(size);
  const { width, height } = size;
  const sub = CHROMA[chroma];
  const mcuWidth = 8 * sub.x;
  const mcuHeight = 8 * sub.y;
  const component = (id: number, h: number, v: number): FrameComponent => {
    const own = { width: Math.ceil((width * h) / sub.x), height: Math.ceil((height * v) / sub.y) };
    return { id, h, v, ...own, blocksWide: Math.ceil(own.width / 8), blocksHigh: Math.ceil(own.height / 8), tableClass: id === 1 ? 0 : 1 };
  };
  const luma = component(1, sub.x, sub.y);
  const components = chroma === '4:0:0' ? [luma] : [luma, component(2, 1, 1), component(3, 1, 1)];
  return {
    width, height, chroma, components, mcuWidth, mcuHeight,
    mcusPerRow: Math.ceil(width / mcuWidth),
    mcuRows: Math.ceil(height / mcuHeight),
    blocksPerMcu: components.reduce((sum, { h, v }) => sum + h * v, 0),
  };
}

/** Where the planes and the components of one row of MCUs lie in the strip that the transform reads. Bytes. */
export interface StripLayout {
  readonly bytes: number;
  readonly planes: readonly { readonly at: number; readonly stride: number; readonly rows: number; readonly subY: number; readonly rowBytes: number }[];
  readonly components: readonly { readonly at: number; readonly stride: number; readonly step: 1 | 2 | 4; readonly offset: number; readonly plane: number }[];
}

const ALIGNMENT = 16;
const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Only planes that a component reads are laid out; the others have no rows. */
export function planStrip(frame: Frame, spec: Pick<ImageSpec, 'format' | 'width'>, { runs }: PlanarReading): StripLayout {
  let next = 0;
  const planes = formatLayout(spec.format).planes.map(({ blockBytes, blockWidth, subY }, index) => {
    const used = runs.some(({ plane }, component) => plane === index && component < frame.components.length);
    const stride = aligned(Math.ceil((frame.mcusPerRow * frame.mcuWidth) / blockWidth) * blockBytes);
    const rows = used ? frame.mcuHeight / subY : 0;
    const at = next;
    next += rows * stride;
    return { at, stride, rows, subY, rowBytes: Math.ceil(spec.width / blockWidth) * blockBytes };
  });
  const components = frame.components.map((_, index) => {
    const { plane, step, offset } = runs[index];
    return { at: planes[plane].at, stride: planes[plane].stride, step, offset, plane };
  });
  return { bytes: next, planes, components };
}
