import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { wrapImage } from '../../src/kernels/index.ts';
import type { Engine } from '../../src/kernels/bench/engine.ts';
import { inTurns } from '../../src/kernels/bench/frames.ts';
import { openCvEngine, startOpenCv } from '../../src/kernels/bench/opencv.ts';

export const OPENCV_ENGINE = openCvEngine(async () => startOpenCv(await import('@techstark/opencv-js')));

/** What libvips has of the cases. */
const SHARP: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'rgb24-rgba': (picture) => picture.ensureAlpha(),
  'rgba-gray': (picture) => picture.removeAlpha().grayscale(),
};

export const SHARP_ENGINE: Engine = {
  id: 'sharp', title: 'sharp', says: 'libvips by way of Node; asynchronous, in threads of its own, result in a new buffer each time.', threads: 1, timing: 'kernel',
  absent: ({ one }) => (SHARP[one.id] === undefined ? `sharp has no conversion from ${one.from} to ${one.to}.` : undefined),
  prepare: ({ one, pipeline, frames }) => {
    const next = inTurns(frames);
    const { width, height } = pipeline.from;
    const change = SHARP[one.id] ?? ((picture: Sharp) => picture);
    const convert = (bytes: Uint8Array): Promise<Buffer> => change(sharp(bytes, { raw: { width, height, channels: one.from === 'rgb24' ? 3 : 4 } })).raw().toBuffer();
    const [first] = frames;
    return {
      run: async () => { await convert(next().source.planes[0]?.bytes ?? new Uint8Array(0)); },
      result: async () => wrapImage(new Uint8Array(await convert(first?.source.planes[0]?.bytes ?? new Uint8Array(0))), pipeline.to),
    };
  },
};
