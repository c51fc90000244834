import { keysOf, refuseArgument, sayValue } from '../arguments.ts';
import { checkFormat } from './pixelFormats.ts';
import type { PixelFormatId } from './pixelFormats.ts';

/** VPI's names of the formats that its Convert Image Format takes. @source NVIDIA VPI 3.2, Convert Image Format, backend table */
const CPU_CUDA: Partial<Record<PixelFormatId, string>> = { gray: 'U8', gray16le: 'U16', s8: 'S8', s16le: 'S16', nv12: 'NV12_ER', nv24: 'NV24_ER', rgb24: 'RGB8', bgr24: 'BGR8', rgba: 'RGBA8', bgra: 'BGRA8', grayf32le: 'F32' };
const VIC: Partial<Record<PixelFormatId, string>> = { gray: 'Y8', nv12: 'NV12', nv24: 'NV24', yuyv422: 'YUYV', uyvy422: 'UYVY', rgba: 'RGBA8', bgra: 'BGRA8' };

/** The only scale, offset and policy that VIC takes; they are also what is meant where one is left out. @source NVIDIA VPI 3.2, Convert Image Format, limitations of VIC */
export const PLAIN_SCALING = { scale: 1, offset: 0, policy: 'clamp' } as const;

export type ScalingPart = keyof typeof PLAIN_SCALING;

/** Which of scale, offset and policy are none that VIC takes. */
export function unlikePlain(options: { readonly [Part in ScalingPart]?: number | string | undefined }): readonly ScalingPart[] {
  return keysOf(PLAIN_SCALING).filter((part) => options[part] !== undefined && options[part] !== PLAIN_SCALING[part]);
}

export interface VpiSupport {
  readonly cpu: boolean;
  readonly cuda: boolean;
  readonly vic: boolean;
  readonly pva: false;
  /** Why VIC does not, where it does not. */
  readonly vicReason?: string;
}

/** Which of VPI's backends do a pair. @param plain scale 1, offset 0, clamp */
export function vpiSupport(from: PixelFormatId, to: PixelFormatId, plain: boolean, width: number, height: number): VpiSupport {
  checkFormat(from);
  checkFormat(to);
  for (const [name, pixels] of [['width', width], ['height', height]] as const) if (!Number.isSafeInteger(pixels) || pixels <= 0) refuseArgument('layout/size', `The ${name} of an image is a whole number of pixels above 0; ${sayValue(pixels)} was given.`, `Give a ${name} of at least 1.`);
  const isYuv = (id: PixelFormatId): boolean => id === 'nv12' || id === 'nv24';
  const general = CPU_CUDA[from] !== undefined && CPU_CUDA[to] !== undefined && !(isYuv(from) && isYuv(to));
  const knows = VIC[from] !== undefined && VIC[to] !== undefined;
  const even = width % 2 === 0 && height % 2 === 0;
  const vicReason = !knows ? 'it has no such formats' : !plain ? 'scale 1, offset 0 and clamp only' : !even ? 'even sizes only' : undefined;
  return { cpu: general, cuda: general, vic: vicReason === undefined, pva: false, ...(vicReason === undefined ? {} : { vicReason }) };
}
