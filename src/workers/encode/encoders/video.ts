import { DEFAULT_COLOR, LabError, MATRICES, convert, imageBytes, planeLayouts, specOf, subImage, wrapImage } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { padImage } from '../../../kernels/codecs/jpeg/device/fix.ts';
import { obeysQuantizer, rgbColor } from '../../video/codecTrial.ts';
import { videoColor } from '../../video/videoColor.ts';
import { framePlanes, frameRgba, planesFormat } from '../../pixels/decode/browser.ts';
import type { Encoder } from '../encoder.ts';
import { numberOf } from '../options.ts';
import type { OptionValues } from '../options.ts';
import type { Stages } from '../stages.ts';
import { ivf } from './ivf.ts';

interface VideoKind {
  readonly title: string;
  /** By preference; the first that the browser supports is taken. */
  readonly codecs: readonly string[];
  /** IVF's name of it; none: the frame is the file. */
  readonly fourCC?: string;
  readonly rate: 'quantizer' | 'bitrate';
}

export const VIDEO_KINDS = {
  vp8: { title: 'VP8', codecs: ['vp8'], fourCC: 'VP80', rate: 'bitrate' },
  vp9: { title: 'VP9', codecs: ['vp09.00.51.08', 'vp09.00.10.08'], fourCC: 'VP90', rate: 'quantizer' },
  av1: { title: 'AV1', codecs: ['av01.0.13M.08', 'av01.0.04M.08'], fourCC: 'AV01', rate: 'quantizer' },
  h264: { title: 'H.264', codecs: ['avc1.640033', 'avc1.640028', 'avc1.4d0028', 'avc1.42002A'], rate: 'bitrate' },
} as const satisfies Record<string, VideoKind>;

const FRAMES_A_SECOND = 30;
/** Of a second’s bits, what rate control gives a lone key frame: found by measuring. */
const KEY_SHARE = 8;

function configOf({ rate }: VideoKind, codec: string, width: number, height: number, values: OptionValues): VideoEncoderConfig {
  const base = { codec, width, height, framerate: FRAMES_A_SECOND, latencyMode: 'quality', ...(codec.startsWith('avc1') ? { avc: { format: 'annexb' as const } } : {}) } as const;
  if (rate === 'quantizer') return { ...base, bitrateMode: 'quantizer' };
  // A key frame is given several frames' share; a whole second's worth is asked so that it comes near.
  return { ...base, bitrateMode: 'constant', bitrate: Math.round(numberOf(values, 'bitsPerPixel') * width * height * KEY_SHARE) };
}

/** The configuration this browser takes, or undefined. */
async function supported(kind: VideoKind, width: number, height: number, values: OptionValues): Promise<VideoEncoderConfig | undefined> {
  if (typeof VideoEncoder === 'undefined') return undefined;
  for (const codec of kind.codecs) {
    const config = configOf(kind, codec, width, height, values);
    try {
      if ((await VideoEncoder.isConfigSupported(config)).supported === true) return config;
    } catch {
      // A browser that does not know the codec's name throws instead of saying no.
    }
  }
  return undefined;
}

const PROBE: OptionValues = { bitsPerPixel: 1, quantizer: 30 };

async function absence(kind: VideoKind): Promise<string | undefined> {
  if (typeof VideoEncoder === 'undefined') return 'This browser has no WebCodecs.';
  return (await supported(kind, 640, 480, PROBE)) === undefined ? `This browser encodes no ${kind.title} (isConfigSupported says no).` : undefined;
}

/** 4:2:0 planes of even size: the picture's own where it has them. */
function toFrameImage(image: Image, stages: Stages): { readonly planes: Image; readonly notes: readonly string[] } {
  const is420 = image.format === 'nv12' || image.format === 'yuv420p';
  const planes = is420 ? image : stages.measure('To 4:2:0', () => convert(image, { format: 'yuv420p', width: image.width, height: image.height }, { chromaDown: 'box', depthMode: 'exact' }));
  const [width, height] = [image.width + (image.width % 2), image.height + (image.height % 2)];
  const isOdd = width !== image.width || height !== image.height;
  const padded = isOdd ? stages.measure('Pad to even', () => padImage(planes, width, height)) : planes;
  return { planes: padded, notes: [is420 ? `Fed the ${image.format} planes as they are.` : `${image.format} was converted to 4:2:0 planes first.`, ...(isOdd ? [`Padded to ${String(width)}×${String(height)} and cut again.`] : [])] };
}

function colorSpaceOf(planes: Image): VideoColorSpaceInit {
  return { ...videoColor({ ...DEFAULT_COLOR, ...planes.colorSpec }), transfer: 'bt709' };
}

function videoFrame(planes: Image, stages: Stages): VideoFrame {
  const started = performance.now();
  const data = imageBytes(planes);
  const frame = new VideoFrame(data, {
    format: planes.format === 'nv12' ? 'NV12' : 'I420', codedWidth: planes.width, codedHeight: planes.height, timestamp: 0,
    layout: planeLayouts({ ...specOf(planes), strides: undefined }).map(({ offset, stride }) => ({ offset, stride })),
    colorSpace: colorSpaceOf(planes),
  });
  stages.add('To VideoFrame', performance.now() - started, data.length);
  return frame;
}

const failed = (kind: VideoKind, thrown: unknown): LabError => new LabError({ code: 'encode/failed', what: `The browser’s ${kind.title} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`, remedy: 'Choose other settings or another encoder.' });

/** Encodes one key frame; the frame is closed whatever happens. */
async function keyFrame(kind: VideoKind, config: VideoEncoderConfig, frame: VideoFrame, values: OptionValues): Promise<EncodedVideoChunk> {
  const chunks: EncodedVideoChunk[] = [];
  let fault: unknown;
  const encoder = new VideoEncoder({ output: (chunk) => chunks.push(chunk), error: (thrown) => { fault = thrown; } });
  try {
    encoder.configure(config);
    const quantizer = kind.rate === 'quantizer' ? { quantizer: numberOf(values, 'quantizer') } : undefined;
    encoder.encode(frame, { keyFrame: true, ...(quantizer === undefined ? {} : { vp9: quantizer, av1: quantizer }) });
    await encoder.flush();
  } catch (thrown) {
    fault ??= thrown;
  } finally {
    frame.close();
    if (encoder.state !== 'closed') encoder.close();
  }
  const [first] = chunks;
  if (first === undefined) throw failed(kind, fault ?? 'it gave nothing');
  return first;
}

/** A frame's own planes, or, where the browser gives R, G, B alone, 4:2:0 planes made of them again by what it made them with. */
async function planesOf(frame: VideoFrame, codec: string, colorSpace: VideoColorSpaceInit, note: (text: string) => void): Promise<Image> {
  const own = planesFormat(frame);
  if (own !== undefined) return framePlanes(frame, own);
  const { displayWidth: width, displayHeight: height } = frame;
  const rgba = await frameRgba(frame);
  const color = (await rgbColor({ codec, height: frame.codedHeight, colorSpace })) ?? DEFAULT_COLOR;
  note(`This browser gives decoded frames as R, G, B alone; 4:2:0 planes were made of them again (${MATRICES[color.matrix].title}, ${color.range} range), which the numbers include.`);
  return convert(wrapImage(rgba, { format: 'rgba', width, height }), { format: 'yuv420p', width, height, colorSpec: color }, { chromaDown: 'box', depthMode: 'exact' });
}

/** The decoded planes; every frame is closed. @param like what the planes mean */
async function decodeKeyFrame(kind: VideoKind, codec: string, chunk: EncodedVideoChunk, like: Image, size: Pick<Image, 'width' | 'height'>, note: (text: string) => void): Promise<Image> {
  const colorSpace = colorSpaceOf(like);
  const frames: VideoFrame[] = [];
  let fault: unknown;
  const decoder = new VideoDecoder({ output: (frame) => frames.push(frame), error: (thrown) => { fault = thrown; } });
  try {
    decoder.configure({ codec, colorSpace });
    decoder.decode(chunk);
    await decoder.flush();
    const [frame] = frames;
    if (frame === undefined) throw new TypeError('it could not be decoded again');
    const image = { ...(await planesOf(frame, codec, colorSpace, note)), colorSpec: like.colorSpec };
    return image.width === size.width && image.height === size.height ? image : subImage(image, { x: 0, y: 0, ...size });
  } catch (thrown) {
    throw failed(kind, fault ?? thrown);
  } finally {
    for (const frame of frames) frame.close();
    if (decoder.state !== 'closed') decoder.close();
  }
}

/** One key frame by the browser's video encoder. */
export const video = (kind: VideoKind): Encoder => ({
  absence: () => absence(kind),
  encode: async (image, values, stages) => {
    const { planes, notes } = toFrameImage(image, stages);
    const config = await supported(kind, planes.width, planes.height, values);
    if (config === undefined) throw new LabError({ code: 'encode/absent', what: `This browser encodes no ${kind.title} of ${String(planes.width)}×${String(planes.height)}.`, remedy: 'Choose another encoder, or a smaller picture.' });
    const frame = videoFrame(planes, stages);
    const chunk = await stages.wait('Encode', () => keyFrame(kind, config, frame, values));
    const raw = new Uint8Array(chunk.byteLength);
    stages.measure('Copy', () => chunk.copyTo(raw));
    stages.add('Copy', 0, raw.length);
    const bytes = kind.fourCC === undefined ? raw : ivf(kind.fourCC, raw, planes.width, planes.height);
    const { width, height } = image;
    return { bytes, notes: [...notes, `${config.codec}${kind.fourCC === undefined ? '' : ', 44 B of it the IVF file’s'}.`], decode: async (note) => {
      if (kind.rate === 'quantizer' && !(await obeysQuantizer(config.codec))) note('This browser takes the quantizer and does not heed it: every value gives the same file.');
      return decodeKeyFrame(kind, config.codec, chunk, planes, { width, height }, note);
    } };
  },
});

