import { LabError } from '../../../kernels/index.ts';
import type { ColorSpec, ImageSpec } from '../../../kernels/index.ts';
import { hasFrames444, obeysQuantizer } from '../../video/codecTrial.ts';
import { VIDEO_CODECS } from '../routeTypes.ts';
import type { EncoderFacts, EncoderKind, VideoCodec } from '../route.ts';

/** What a person may ask, and what it means to each encoder. */
export interface CodecRow {
  readonly title: string;
  /** WebCodecs' names by the colour layout of the stream. @source WebCodecs codec registry */
  readonly strings: Partial<Record<'YUV420P' | 'YUV444P', string>>;
  /** `quantizer`: quality is set for each frame, 0 best … worst; `bitrate`: it is a rate, set anew when it changes. */
  readonly rate: { readonly by: 'quantizer'; readonly worst: number } | { readonly by: 'bitrate' };
  readonly evenSizes: boolean;
}

export const CODEC_ROWS: Record<VideoCodec, CodecRow> = {
  vp8: { title: 'VP8', strings: { YUV420P: 'vp8' }, rate: { by: 'bitrate' }, evenSizes: false },
  vp9: { title: 'VP9', strings: { YUV420P: 'vp09.00.41.08', YUV444P: 'vp09.01.41.08.03' }, rate: { by: 'quantizer', worst: 63 }, evenSizes: false },
  av1: { title: 'AV1', strings: { YUV420P: 'av01.0.08M.08', YUV444P: 'av01.1.08M.08' }, rate: { by: 'quantizer', worst: 63 }, evenSizes: false },
  // Baseline: it cannot reorder frames, so no decoder holds them back. Firefox's holds back two of any higher profile.
  h264: { title: 'H.264', strings: { YUV420P: 'avc1.42002A' }, rate: { by: 'bitrate' }, evenSizes: true },
};

export const USUAL_QUALITY = 75;
/** Below it the encoder may take its time. */
const REALTIME_SPEED = 20;
const USUAL_FPS = 30;

/** A frame's quantizer: quality 100 is 0, quality 0 the worst there is. */
export const quantizerOf = (quality: number, worst: number): number => Math.round(worst * (1 - Math.min(100, quality) / 100));

/** Bits a second: 0.02 bits a pixel at quality 0, twice as many for each 20 more; 0.64 at 100. */
export const bitrateOf = (quality: number, width: number, height: number): number => Math.round(width * height * USUAL_FPS * 0.02 * 2 ** (Math.min(100, quality) / 20));

/** WebCodecs has one switch for speed: whether the encoder works in real time. */
export const latencyOf = (speed: number | undefined): LatencyMode => (speed !== undefined && speed < REALTIME_SPEED ? 'quality' : 'realtime');

/** What streams are encoded as; said in each frame, and in the stream where it can. */
export const STREAM_COLOR: ColorSpec = { matrix: 'bt709', range: 'limited', siting: 'left' };
export const STREAM_COLOR_SPACE: VideoColorSpaceInit = { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', fullRange: false };

/** How a scaled window's pixels are made: each is the mean of those it covers. */
export const SCALED_BY = 'box';

/** Pixels of the stream: the window's, scaled, at least 2, even where the codec wants it. */
export function scaledSize({ width, height, scaling: [numerator, denominator], codec }: EncoderFacts): { readonly width: number; readonly height: number } {
  const grid = CODEC_ROWS[codec].evenSizes ? 2 : 1;
  const scale = (pixels: number): number => Math.max(2, Math.floor((pixels * numerator) / denominator / grid) * grid);
  return { width: scale(width), height: scale(height) };
}

/** @throws LabError `stream/csc` */
export function inputSpec(facts: EncoderFacts): ImageSpec {
  const formats = { YUV420P: 'yuv420p', YUV444P: 'yuv444p' } as const;
  const csc = facts.csc === 'YUV420P' || facts.csc === 'YUV444P' ? facts.csc : undefined;
  if (csc === undefined) throw new LabError({ code: 'stream/csc', what: `No encoder here makes ${facts.csc}.`, remedy: 'Ask for YUV420P or YUV444P.' });
  return { format: formats[csc], ...scaledSize(facts), colorSpec: STREAM_COLOR };
}

/** What sets a codec's quality in this browser: a quantizer only where it is heeded. */
export async function rateOf({ codec }: Pick<EncoderFacts, 'codec'>): Promise<CodecRow['rate']> {
  const { strings, rate } = CODEC_ROWS[codec];
  return rate.by === 'quantizer' && !(await obeysQuantizer(strings.YUV420P ?? '')) ? { by: 'bitrate' } : rate;
}

export function configOf(facts: EncoderFacts, quality: number, speed: number | undefined, rate = CODEC_ROWS[facts.codec].rate): VideoEncoderConfig {
  const { width, height } = scaledSize(facts);
  const { strings } = CODEC_ROWS[facts.codec];
  const codec = (facts.csc === 'YUV444P' ? strings.YUV444P : strings.YUV420P) ?? '';
  return {
    codec, width, height, framerate: USUAL_FPS, latencyMode: latencyOf(speed),
    ...(rate.by === 'quantizer' ? { bitrateMode: 'quantizer' } : { bitrateMode: 'variable', bitrate: bitrateOf(quality, width, height) }),
    ...(facts.codec === 'h264' ? { avc: { format: 'avc' } } : {}),
  };
}

/** Layouts that go into a video: 8 bits a channel. Others would lose bits without a word. */
const EIGHT_BIT_RGB: readonly string[] = ['BGRX', 'RGBX', 'XRGB', 'XBGR', 'BGRA', 'RGBA', 'ARGB', 'ABGR', 'RGB', 'BGR'];

async function isSupported(codec: VideoCodec, csc: string): Promise<boolean> {
  if (CODEC_ROWS[codec].strings[csc === 'YUV444P' ? 'YUV444P' : 'YUV420P'] === undefined) return false;
  const config = configOf({ codec, csc, width: 640, height: 480, scaling: [1, 1], depth: 24 }, USUAL_QUALITY, undefined);
  const answer = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
  return answer.supported === true && (csc !== 'YUV444P' || hasFrames444());
}

/** The video encoders of this browser, asked, not assumed. */
export async function videoKinds(): Promise<readonly EncoderKind[]> {
  if (typeof VideoEncoder === 'undefined') return [];
  const kinds = await Promise.all(VIDEO_CODECS.map(async (codec): Promise<EncoderKind> => {
    const layouts = await Promise.all(['YUV420P', 'YUV444P'].map(async (csc) => ((await isSupported(codec, csc)) ? [csc] : [])));
    return { codec, rgbFormats: EIGHT_BIT_RGB, csc: layouts.flat() };
  }));
  return kinds.filter(({ csc }) => csc.length > 0);
}
