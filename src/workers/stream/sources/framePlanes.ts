import { LabError, wrapImage } from '../../../kernels/index.ts';
import type { ColorSpec, Image, MatrixId, PixelFormatId } from '../../../kernels/index.ts';

/** VideoFrame formats that are a format of ours as they are. @source WebCodecs, VideoPixelFormat */
const FRAME_FORMATS: Partial<Record<string, PixelFormatId>> = {
  I420: 'yuv420p', I422: 'yuv422p', I444: 'yuv444p', I420A: 'yuva420p', I444A: 'yuva444p', NV12: 'nv12',
  I420P10: 'yuv420p10le', I422P10: 'yuv422p10le', I444P10: 'yuv444p10le', I420P12: 'yuv420p12le', I422P12: 'yuv422p12le', I444P12: 'yuv444p12le',
  RGBA: 'rgba', RGBX: 'rgb0', BGRA: 'bgra', BGRX: 'bgr0',
};

const MATRIX_OF: Partial<Record<string, MatrixId>> = { bt709: 'bt709', smpte170m: 'bt601', bt470bg: 'bt601', 'bt2020-ncl': 'bt2020', rgb: 'rgb' };

/** Pictures of so many rows are high definition: BT.709 where a frame does not say. */
const HD_ROWS = 720;

/** What a frame's numbers mean; a camera may say nothing: then the usual matrix of its size, limited range. */
export function frameColor(frame: Pick<VideoFrame, 'colorSpace' | 'format'>, height: number): ColorSpec {
  const { matrix, fullRange } = frame.colorSpace;
  const isRgb = frame.format !== null && /^(RGB|BGR)/.test(frame.format);
  if (isRgb) return { matrix: 'bt601', range: 'full', siting: 'left' };
  return { matrix: MATRIX_OF[matrix ?? ''] ?? (height >= HD_ROWS ? 'bt709' : 'bt601'), range: fullRange === true ? 'full' : 'limited', siting: 'left' };
}

/** Copies frames' visible pixels out, into a buffer that is used again and again. */
export class FrameReader {
  private buffer = new Uint8Array(0);

  /**
   * The frame's own planes where we have its format, else as RGBA by the browser. Lies in the reader's buffer until the next read.
   * @throws LabError `stream/frame-closed` when the frame has no pixels
   */
  async read(frame: VideoFrame): Promise<Image> {
    const rect = frame.visibleRect;
    if (rect === null) throw new LabError({ code: 'stream/frame-closed', what: 'A frame came without pixels: it had been closed.', remedy: 'Start the source again.' });
    const own = FRAME_FORMATS[frame.format ?? ''];
    const options: VideoFrameCopyToOptions = own === undefined ? { rect, format: 'RGBA' } : { rect };
    const bytes = frame.allocationSize(options);
    if (this.buffer.length !== bytes) this.buffer = new Uint8Array(bytes);
    const layout = await frame.copyTo(this.buffer, options);
    return wrapImage(this.buffer, {
      format: own ?? 'rgba',
      width: rect.width,
      height: rect.height,
      offsets: layout.map(({ offset }) => offset),
      strides: layout.map(({ stride }) => stride),
      colorSpec: own === undefined ? undefined : frameColor(frame, rect.height),
      timestamp: frame.timestamp,
    });
  }
}
