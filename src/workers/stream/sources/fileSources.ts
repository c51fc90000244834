import { LabError, byteLength, formatBytes, wrapImage } from '../../../kernels/index.ts';
import type { ImageSpec } from '../../../kernels/index.ts';
import { indexY4m } from '../../../kernels/codecs/y4m.ts';
import type { FrameSource, SourceFrame, SourceInfo, SourceRequest } from './source.ts';

const microseconds = (index: number, fps: number): number => Math.round((index * 1e6) / (fps > 0 ? fps : 25));

/** Frames that lie one after another in a file, each read when it is asked for. */
class SlicedSource implements FrameSource {
  readonly info: SourceInfo;
  readonly dropped = 0;
  readonly ending = undefined;
  private readonly file: Blob;
  private readonly starts: (frame: number) => number;
  private readonly frameBytes: number;
  private index = 0;
  private isClosed = false;

  constructor(file: Blob, info: SourceInfo, frameBytes: number, starts: (frame: number) => number) {
    this.file = file;
    this.info = info;
    this.frameBytes = frameBytes;
    this.starts = starts;
  }

  async next(): Promise<SourceFrame | undefined> {
    const { frames = 0, spec, fps } = this.info;
    const index = this.index;
    if (this.isClosed || index >= frames) return undefined;
    this.index += 1;
    const start = this.starts(index);
    const bytes = new Uint8Array(await this.file.slice(start, start + this.frameBytes).arrayBuffer());
    return { index, timestamp: microseconds(index, fps), image: wrapImage(bytes, spec) };
  }

  seek(frame: number): Promise<void> {
    this.index = Math.max(0, frame);
    return Promise.resolve();
  }

  close(): void {
    this.isClosed = true;
  }
}

/** A dump of frames, one after another behind a header: any format, any strides. @throws LabError `stream/dump-short` and those of the layout */
export function openRawDump({ file, name, spec, headerOffset, fps }: Extract<SourceRequest, { kind: 'raw' }>): FrameSource {
  const frameBytes = byteLength(spec);
  const frames = Math.floor(Math.max(0, file.size - headerOffset) / frameBytes);
  if (frames === 0) {
    throw new LabError({ code: 'stream/dump-short', what: `A frame of ${spec.format} ${String(spec.width)}×${String(spec.height)} takes ${formatBytes(frameBytes)}; behind its header of ${formatBytes(headerOffset)} the file has ${formatBytes(Math.max(0, file.size - headerOffset))}.`, remedy: 'Check the format, the size, the stride and the header.' });
  }
  const info: SourceInfo = { kind: 'raw', title: name, spec, fps, frames, isSeekable: true };
  return new SlicedSource(file, info, frameBytes, (frame) => headerOffset + frame * frameBytes);
}

/** @throws LabError `y4m/unreadable` */
export async function openY4m(file: Blob, name: string): Promise<FrameSource> {
  const { spec, fps, frames } = indexY4m(new Uint8Array(await file.arrayBuffer()));
  const tight: ImageSpec = { ...spec, offsets: undefined };
  const info: SourceInfo = { kind: 'y4m', title: name, spec: tight, fps, frames: frames.length, isSeekable: true };
  return new SlicedSource(file, info, byteLength(tight), (frame) => frames[frame] ?? 0);
}
