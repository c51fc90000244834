import { wrapImage } from '../image/image.ts';
import type { Image } from '../image/types.ts';
import type { Engine, Work } from './engine.ts';
import { inTurns } from './frames.ts';
import type { Frame } from './frames.ts';

/** The little of OpenCV.js that is measured. */
export interface OpenCv {
  readonly Mat: new (rows: number, columns: number, type: number) => OpenCvMat;
  readonly cvtColor: (source: OpenCvMat, target: OpenCvMat, code: number) => void;
  readonly [name: string]: unknown;
}

interface OpenCvMat {
  readonly data: Uint8Array;
  convertTo(target: OpenCvMat, type: number, scale: number, offset: number): void;
  delete(): void;
}

/** What OpenCV calls a case: its conversion code, and the matrices' types. A source of 1½ rows holds luma, then chroma. */
const CODES: Readonly<Record<string, { readonly code?: string; readonly from: string; readonly to: string; readonly rows?: { readonly from?: number; readonly to?: number } }>> = {
  'rgba-bgra': { code: 'COLOR_RGBA2BGRA', from: 'CV_8UC4', to: 'CV_8UC4' },
  'rgb24-rgba': { code: 'COLOR_RGB2RGBA', from: 'CV_8UC3', to: 'CV_8UC4' },
  'rgb565le-rgba': { code: 'COLOR_BGR5652RGBA', from: 'CV_8UC2', to: 'CV_8UC4' },
  'nv12-rgba': { code: 'COLOR_YUV2RGBA_NV12', from: 'CV_8UC1', to: 'CV_8UC4', rows: { from: 1.5 } },
  'nv12-rgba-bt601-limited': { code: 'COLOR_YUV2RGBA_NV12', from: 'CV_8UC1', to: 'CV_8UC4', rows: { from: 1.5 } },
  'rgba-gray': { code: 'COLOR_RGBA2GRAY', from: 'CV_8UC4', to: 'CV_8UC1' },
  'rgba-yuv420p': { code: 'COLOR_RGBA2YUV_I420', from: 'CV_8UC4', to: 'CV_8UC1', rows: { to: 1.5 } },
  'gray-s16le': { from: 'CV_8UC1', to: 'CV_16SC1' },
};

/** OpenCV's heap is its own; more frames than this would not fit. */
const MOST_FRAMES = 12;

const constant = (cv: OpenCv, name: string): number => {
  const value = cv[name];
  if (typeof value !== 'number') throw new Error(`This OpenCV.js has no ${name}.`);
  return value;
};

function matOf(cv: OpenCv, image: Image, type: string, rows: number): OpenCvMat {
  const mat = new cv.Mat(Math.round(image.height * rows), image.width, constant(cv, type));
  let at = 0;
  for (const { bytes } of image.planes) {
    mat.data.set(bytes, at);
    at += bytes.length;
  }
  return mat;
}

function converter(cv: OpenCv, { one }: Work): (frame: { readonly source: OpenCvMat; readonly target: OpenCvMat }) => void {
  const row = CODES[one.id];
  const code = row?.code === undefined ? undefined : constant(cv, row.code);
  const type = constant(cv, row?.to ?? '');
  return ({ source, target }) => {
    if (code === undefined) source.convertTo(target, type, one.scale ?? 1, one.offset ?? 0);
    else cv.cvtColor(source, target, code);
  };
}

const isOpenCv = (value: unknown): value is OpenCv => typeof value === 'object' && value !== null && 'Mat' in value && 'cvtColor' in value;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Waits until OpenCV.js has started. Its module is a thenable whose promise never comes, so it travels inside another object and is never awaited. */
export async function startOpenCv(module: { readonly default: unknown }): Promise<{ readonly cv: OpenCv }> {
  for (let turn = 0; turn < 400; turn += 1) {
    const { default: cv } = module;
    if (isOpenCv(cv)) return { cv };
    await sleep(25);
  }
  throw new Error('OpenCV.js did not start within ten seconds.');
}

/** @param load brings the module, a few megabytes, when it is first needed */
export function openCvEngine(load: () => Promise<{ readonly cv: OpenCv }>): Engine {
  return {
    id: 'opencv.js', title: 'OpenCV.js', says: 'OpenCV compiled to WebAssembly; what most pages use for this. Its YUV has BT.601’s limited range, the cases’ the full one: it cannot be told otherwise, and differs.', threads: 1, timing: 'kernel',
    absent: ({ one, pipeline: { from } }) => (CODES[one.id] === undefined ? `OpenCV has no conversion from ${one.from} to ${one.to}.` : from.width % 2 !== 0 || from.height % 2 !== 0 ? 'OpenCV wants even sizes.' : undefined),
    prepare: async (work) => {
      const { cv } = await load();
      const row = CODES[work.one.id];
      const mats = work.frames.slice(0, MOST_FRAMES).map(({ source, target }: Frame) => ({ source: matOf(cv, source, row?.from ?? '', row?.rows?.from ?? 1), target: matOf(cv, target, row?.to ?? '', row?.rows?.to ?? 1) }));
      const convert = converter(cv, work);
      const next = inTurns(mats);
      const [first] = mats;
      return {
        run: () => { convert(next()); },
        result: () => {
          if (first === undefined) throw new TypeError('There is no frame.');
          convert(first);
          return wrapImage(first.target.data.slice(), work.pipeline.to);
        },
        end: () => { for (const { source, target } of mats) { source.delete(); target.delete(); } },
      };
    },
  };
}
