import { LabError, specOf } from '../../../kernels/index.ts';
import { unreadable } from './faults.ts';
import type { FrameLedger } from './frameLedger.ts';
import { FrameReader } from './framePlanes.ts';
import type { FrameSource, SourceFrame, SourceInfo } from './source.ts';

const TYPES: Partial<Record<string, string>> = { gif: 'image/gif', webp: 'image/webp', avif: 'image/avif', png: 'image/png', apng: 'image/png', jxl: 'image/jxl' };

/** An animated GIF, WebP, AVIF or PNG, frame by frame. */
export class AnimationSource implements FrameSource {
  readonly info: SourceInfo;
  readonly dropped = 0;
  readonly ending = undefined;
  private readonly decoder: ImageDecoder;
  private readonly ledger: FrameLedger;
  private readonly planes = new FrameReader();
  private index = 0;
  private elapsed = 0;
  private isClosed = false;

  private constructor(decoder: ImageDecoder, info: SourceInfo, ledger: FrameLedger) {
    this.decoder = decoder;
    this.info = info;
    this.ledger = ledger;
  }

  /** @throws LabError `stream/unreadable`, `stream/no-image-decoder` */
  static async open(file: Blob, name: string, ledger: FrameLedger): Promise<AnimationSource> {
    if (typeof ImageDecoder === 'undefined') throw new LabError({ code: 'stream/no-image-decoder', what: 'This browser has no ImageDecoder, which reads animations frame by frame.', remedy: 'Use Chromium, or convert the animation to a video.' });
    const type = file.type === '' ? (TYPES[name.split('.').pop()?.toLowerCase() ?? ''] ?? 'image/gif') : file.type;
    try {
      const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type });
      await decoder.completed;
      const { image } = await decoder.decode({ frameIndex: 0 });
      ledger.open(image);
      const seconds = (image.duration ?? 0) / 1e6;
      const spec = specOf(await new FrameReader().read(image));
      ledger.close(image);
      const frames = decoder.tracks.selectedTrack?.frameCount ?? 1;
      return new AnimationSource(decoder, { kind: 'animation', title: name, spec, fps: seconds > 0 ? 1 / seconds : 0, frames, isSeekable: true }, ledger);
    } catch (thrown) {
      throw unreadable(name, thrown);
    }
  }

  async next(): Promise<SourceFrame | undefined> {
    const { index } = this;
    if (this.isClosed || index >= (this.info.frames ?? 0)) return undefined;
    this.index += 1;
    const { image: frame } = await this.decoder.decode({ frameIndex: index });
    this.ledger.open(frame);
    try {
      const timestamp = this.elapsed;
      this.elapsed += frame.duration ?? 0;
      return { index, timestamp, image: await this.planes.read(frame) };
    } catch (thrown) {
      throw unreadable(this.info.title, thrown);
    } finally {
      this.ledger.close(frame);
    }
  }

  seek(frame: number): Promise<void> {
    this.index = Math.max(0, frame);
    this.elapsed = this.info.fps > 0 ? Math.round((this.index * 1e6) / this.info.fps) : 0;
    return Promise.resolve();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.decoder.close();
  }
}
