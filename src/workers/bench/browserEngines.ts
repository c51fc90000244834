import { DEFAULT_COLOR, wrapImage } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import type { Engine, Work } from '../../kernels/bench/engine.ts';
import type { BenchCase } from '../../kernels/tables/benchCases.ts';
import { inTurns } from '../../kernels/bench/frames.ts';
import { videoColor } from '../video/videoColor.ts';
import { openCvEngine, startOpenCv } from '../../kernels/bench/opencv.ts';

/** Source formats of the cases that a VideoFrame can hold, and what `copyTo` makes of them. */
const VIDEO: Readonly<Record<string, { readonly format: VideoPixelFormat; readonly to: VideoPixelFormat }>> = {
  'rgba-bgra': { format: 'RGBA', to: 'BGRA' },
  'nv12-rgba': { format: 'NV12', to: 'RGBA' },
  'nv12-rgba-bt601-limited': { format: 'NV12', to: 'RGBA' },
  'nv12-rgba-bt709-limited': { format: 'NV12', to: 'RGBA' },
};

/** What a browser calls the colours of a case's source. */
function colorSpaceOf({ colorSpec = DEFAULT_COLOR }: BenchCase): VideoColorSpaceInit {
  const color = videoColor(colorSpec);
  return { ...color, transfer: color.primaries };
}

/** A frame over an image's bytes; the constructor copies them. */
function frameOf({ planes, width, height }: Image, format: VideoPixelFormat, one: BenchCase): VideoFrame {
  const [first] = planes;
  if (first === undefined) throw new TypeError('An image without planes.');
  const last = planes[planes.length - 1] ?? first;
  const bytes = new Uint8Array(first.bytes.buffer, first.bytes.byteOffset, last.bytes.byteOffset + last.bytes.length - first.bytes.byteOffset);
  const layout = planes.map((plane) => ({ offset: plane.bytes.byteOffset - first.bytes.byteOffset, stride: plane.stride }));
  return new VideoFrame(bytes, { format, codedWidth: width, codedHeight: height, timestamp: 0, layout, ...(format === 'NV12' ? { colorSpace: colorSpaceOf(one) } : {}) });
}

const firstOf = ({ frames }: Work): Work['frames'][number] => {
  const [first] = frames;
  if (first === undefined) throw new TypeError('There is no frame.');
  return first;
};

const COPY_TO: Engine = {
  id: 'copyTo', title: 'VideoFrame.copyTo', says: 'The browser’s own conversion, by way of a VideoFrame, whose way in and out is counted. It multiplies by alpha and divides again, which changes all but opaque pixels.', threads: 1, timing: 'transfer',
  absent: ({ one }) => (VIDEO[one.id] === undefined ? `VideoFrame.copyTo does not make ${one.to} of ${one.from}.` : typeof VideoFrame === 'undefined' ? 'This browser has no WebCodecs.' : undefined),
  prepare: (work) => {
    const { format, to } = VIDEO[work.one.id] ?? { format: 'RGBA', to: 'BGRA' };
    const next = inTurns(work.frames);
    const out = new Uint8Array(work.pipeline.to.width * work.pipeline.to.height * 4);
    const convert = async (source: Image): Promise<void> => {
      const frame = frameOf(source, format, work.one);
      await frame.copyTo(out, { format: to });
      frame.close();
    };
    return {
      run: () => convert(next().source),
      result: async () => {
        await convert(firstOf(work).source);
        return wrapImage(out.slice(), work.pipeline.to);
      },
    };
  },
};

const CANVAS: Engine = {
  id: 'canvas', title: 'canvas', says: 'drawImage of a VideoFrame, then getImageData: what most pages do with a camera’s picture.', threads: 1, timing: 'transfer',
  absent: ({ one }) => (VIDEO[one.id]?.format === 'NV12' ? (typeof OffscreenCanvas === 'undefined' ? 'This browser has no OffscreenCanvas.' : undefined) : `A canvas does not make ${one.to} of ${one.from}.`),
  prepare: (work) => {
    const { width, height } = work.pipeline.to;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('The browser gave no 2D context.');
    const next = inTurns(work.frames);
    const convert = (source: Image): Uint8ClampedArray => {
      const frame = frameOf(source, 'NV12', work.one);
      context.drawImage(frame, 0, 0);
      frame.close();
      return context.getImageData(0, 0, width, height).data;
    };
    return { run: () => { convert(next().source); }, result: () => wrapImage(new Uint8Array(convert(firstOf(work).source)), work.pipeline.to) };
  },
};

const OPENCV = openCvEngine(async () => {
  try {
    const { held } = await import('./opencvModule.ts');
    return await startOpenCv(held);
  } catch (thrown) {
    throw new Error(`OpenCV.js could not be started: ${thrown instanceof Error ? thrown.message : String(thrown)}. It makes code from text, which a strict content security policy forbids, and it is not kept for offline use.`);
  }
});

/** What a browser has beside our own engines. */
export const BROWSER_ENGINES: readonly Engine[] = [COPY_TO, CANVAS, OPENCV];

/** What this browser lacks altogether. */
export function browserAbsence(engine: string): string | undefined {
  if ((engine === 'copyTo' || engine === 'canvas') && typeof VideoFrame === 'undefined') return 'This browser has no WebCodecs.';
  if ((engine === 'canvas' || engine === 'simd + tile') && typeof OffscreenCanvas === 'undefined') return 'This browser has no OffscreenCanvas.';
  return undefined;
}
