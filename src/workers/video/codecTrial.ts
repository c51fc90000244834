import { convert, wrapImage } from '../../kernels/index.ts';
import type { ColorSpec } from '../../kernels/index.ts';
import { frameRgba } from '../pixels/decode/browser.ts';

/** A browser's word on its video codecs is not always kept: what they do with a small frame is. */

const WIDTH = 64;
/** One colour in which the usual matrices and ranges differ by 8 and more: Y, U, V. */
const PATCH = [120, 90, 180] as const;

const COLORS = (['bt601', 'bt709'] as const).flatMap((matrix) => (['limited', 'full'] as const).map((range): ColorSpec => ({ matrix, range, siting: 'left' })));

const patchAs = (colorSpec: ColorSpec): Uint8Array => convert(wrapImage(Uint8Array.of(...PATCH), { format: 'yuv444p', width: 1, height: 1, colorSpec }), 'rgb24').planes[0].bytes;

/** The matrix and range by which the patch became nearest to this colour. @param rgb u8[3 or more] */
export function nearestColor(rgb: Uint8Array): ColorSpec {
  const distance = (color: ColorSpec): number => patchAs(color).reduce((sum, value, at) => sum + Math.abs(value - rgb[at]), 0);
  return COLORS.reduce((best, color) => (distance(color) < distance(best) ? color : best));
}

interface Trial {
  readonly codec: string;
  readonly height: number;
  /** What the planes hold, 0 … 255. */
  readonly sample: (at: number, plane: 0 | 1 | 2) => number;
  readonly quantizer?: number;
  readonly colorSpace?: VideoColorSpaceInit;
}

const formatOf = (codec: string) => (codec.startsWith('avc1') ? { avc: { format: 'annexb' as const } } : {});

function frameOf({ height, sample, colorSpace }: Trial): VideoFrame {
  const luma = WIDTH * height;
  const planes = Uint8Array.from({ length: luma * 1.5 }, (_, at) => sample(at, at < luma ? 0 : at < luma * 1.25 ? 1 : 2));
  return new VideoFrame(planes, { format: 'I420', codedWidth: WIDTH, codedHeight: height, timestamp: 0, ...(colorSpace === undefined ? {} : { colorSpace }) });
}

/** @returns the key frame; undefined where the encoder gives none */
async function keyFrame(trial: Trial): Promise<EncodedVideoChunk | undefined> {
  const { codec, height, quantizer } = trial;
  const chunks: EncodedVideoChunk[] = [];
  const encoder = new VideoEncoder({ output: (chunk) => chunks.push(chunk), error: () => undefined });
  let frame: VideoFrame | undefined;
  try {
    frame = frameOf(trial);
    encoder.configure({ codec, width: WIDTH, height, framerate: 30, latencyMode: 'quality', ...formatOf(codec), ...(quantizer === undefined ? { bitrate: 2_000_000 } : { bitrateMode: 'quantizer' }) });
    encoder.encode(frame, { keyFrame: true, ...(quantizer === undefined ? {} : { vp9: { quantizer }, av1: { quantizer } }) });
    await encoder.flush();
  } catch {
    // What cannot be tried stays unknown.
  } finally {
    frame?.close();
    if (encoder.state !== 'closed') encoder.close();
  }
  return chunks[0];
}

interface ColorQuestion {
  readonly codec: string;
  /** Rows of the frame. */
  readonly height: number;
  /** What encoder and decoder are told. */
  readonly colorSpace: VideoColorSpaceInit;
}

/** The first pixel that the decoder gives, R, G, B, A. */
async function firstPixel({ codec, colorSpace }: ColorQuestion, chunk: EncodedVideoChunk): Promise<Uint8Array | undefined> {
  const frames: VideoFrame[] = [];
  const decoder = new VideoDecoder({ output: (frame) => frames.push(frame), error: () => undefined });
  try {
    decoder.configure({ codec, colorSpace });
    decoder.decode(chunk);
    await decoder.flush();
    const [frame] = frames;
    if (frame === undefined) return undefined;
    return (await frameRgba(frame)).subarray(0, 4);
  } catch {
    return undefined;
  } finally {
    for (const frame of frames) frame.close();
    if (decoder.state !== 'closed') decoder.close();
  }
}

const colors = new Map<string, Promise<ColorSpec | undefined>>();

async function tryColor(question: ColorQuestion): Promise<ColorSpec | undefined> {
  const chunk = await keyFrame({ ...question, sample: (_, plane) => PATCH[plane] });
  const pixel = chunk === undefined ? undefined : await firstPixel(question, chunk);
  return pixel === undefined ? undefined : nearestColor(pixel);
}

/**
 * By which matrix and range the browser makes RGB of a codec's frames; it may be another than the frames' `colorSpace` says,
 * and depend on their rows. Undefined where it cannot be tried.
 */
export function rgbColor(question: ColorQuestion): Promise<ColorSpec | undefined> {
  const key = JSON.stringify(question);
  const known = colors.get(key) ?? tryColor(question);
  colors.set(key, known);
  return known;
}

/** Grain that a coarse quantizer must take away. */
const grain = (at: number, plane: 0 | 1 | 2): number => (plane === 0 ? (at * 7919 + (at >> 6) * 104_729) % 251 : 128);

const obedience = new Map<string, Promise<boolean>>();

async function tryQuantizer(codec: string): Promise<boolean> {
  const [fine, coarse] = await Promise.all([5, 60].map((quantizer) => keyFrame({ codec, height: WIDTH, sample: grain, quantizer })));
  return fine === undefined || coarse === undefined || fine.byteLength !== coarse.byteLength;
}

/** Whether a frame's own quantizer changes anything: a browser may take `bitrateMode: 'quantizer'` and leave it unheard. */
export function obeysQuantizer(codec: string): Promise<boolean> {
  const known = obedience.get(codec) ?? tryQuantizer(codec);
  obedience.set(codec, known);
  return known;
}

/** Whether the browser has frames of 4:4:4: one may claim to encode them, and refuse to make them. */
export function hasFrames444(): boolean {
  try {
    new VideoFrame(new Uint8Array(12), { format: 'I444', codedWidth: 2, codedHeight: 2, timestamp: 0 }).close();
    return true;
  } catch {
    return false;
  }
}
