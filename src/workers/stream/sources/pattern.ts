import { allocImage, convert, subImage } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { MARKS, frameMarks } from '../../../kernels/analysis/frameMarks.ts';
import { colorBars, paint, zonePlate } from '../../../kernels/analysis/patterns.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import { copyInto } from './copyInto.ts';
import type { FrameSource, SourceFrame, SourceInfo, SourceRequest } from './source.ts';

/** Pixels that the pattern moves from frame to frame, at least. */
const STEP = 4;

/** Bars over a ramp with rings in their middle, twice as wide as the picture: any part of it that is as wide is the pattern moved round. */
function panorama(width: number, height: number): Image {
  const [bars, rings] = [colorBars(width, height), zonePlate(Math.max(1, Math.floor(height / 2)))];
  const [barBytes, ringBytes] = [bars.planes[0]?.bytes ?? new Uint8Array(0), rings.planes[0]?.bytes ?? new Uint8Array(0)];
  const [left, top] = [Math.floor((width - rings.width) / 2), Math.floor(height / 8)];
  return paint(width * 2, height, (x, y) => {
    const [dx, dy] = [(x % width) - left, y - top];
    const isInside = dx >= 0 && dy >= 0 && dx < rings.width && dy < rings.height;
    const at = isInside ? (dy * rings.width + dx) * 3 : (y * width + (x % width)) * 3;
    const bytes = isInside ? ringBytes : barBytes;
    return [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  });
}

/** A pattern that moves, in any format, each frame marked with its number where it is large enough; the same bytes on every machine. */
export class PatternSource implements FrameSource {
  readonly info: SourceInfo;
  readonly dropped = 0;
  readonly ending = undefined;
  private readonly wide: Image;
  private readonly frame: Image;
  private readonly step: number;
  private index = 0;

  /** @throws LabError as `convert`, for a format that is no destination */
  constructor({ width, height, fps, format, frames, strides }: Extract<SourceRequest, { kind: 'pattern' }>) {
    const spec = { format, width, height, strides };
    this.info = { kind: 'pattern', title: 'Test pattern', spec, fps, frames, isSeekable: true };
    this.frame = allocImage(spec);
    this.wide = convert(panorama(width, height), format, { chromaDown: 'box' });
    const { grid } = formatLayout(format);
    this.step = grid.x * Math.ceil(STEP / grid.x);
  }

  next(): Promise<SourceFrame | undefined> {
    const { spec: { width, height, format }, fps, frames } = this.info;
    const index = this.index;
    if (frames !== undefined && index >= frames) return Promise.resolve(undefined);
    this.index += 1;
    const { grid } = formatLayout(format);
    // A place between the chroma samples is none: the pattern's way round is as many steps as fit.
    const places = Math.max(1, Math.floor(width / grid.x) * grid.x);
    const x = (index * this.step) % places;
    copyInto(subImage(this.wide, { x, y: 0, width, height }), this.frame);
    if (width >= MARKS.width && height >= MARKS.height) {
      copyInto(convert(frameMarks(index), format, { chromaDown: 'box' }), subImage(this.frame, { x: 0, y: 0, ...MARKS }));
    }
    return Promise.resolve({ index, timestamp: Math.round((index * 1e6) / (fps > 0 ? fps : 30)), image: this.frame });
  }

  seek(frame: number): Promise<void> {
    this.index = Math.max(0, frame);
    return Promise.resolve();
  }

  close(): void {
    this.index = this.info.frames ?? Number.MAX_SAFE_INTEGER;
  }
}
