import type { PixelFormatId } from './pixelFormats.ts';

interface VpiRow {
  /** VPI_IMAGE_FORMAT_…; `_ER`: extended, that is full range. */
  readonly name: string;
  /** Which backends take it. CPU and CUDA share one list. */
  readonly on: 'all' | 'cpu, cuda' | 'vic';
}

/** Formats of VPI's Convert Image Format. @source NVIDIA VPI 3.2, vpiSubmitConvertImageFormat */
export const VPI_FORMATS: Partial<Record<PixelFormatId, VpiRow>> = {
  gray: { name: 'U8', on: 'all' },
  s8: { name: 'S8', on: 'cpu, cuda' },
  gray16le: { name: 'U16', on: 'cpu, cuda' },
  s16le: { name: 'S16', on: 'cpu, cuda' },
  grayf32le: { name: 'F32', on: 'cpu, cuda' },
  rgb24: { name: 'RGB8', on: 'cpu, cuda' },
  bgr24: { name: 'BGR8', on: 'cpu, cuda' },
  rgba: { name: 'RGBA8', on: 'all' },
  bgra: { name: 'BGRA8', on: 'all' },
  nv12: { name: 'NV12_ER', on: 'all' },
  nv24: { name: 'NV24_ER', on: 'all' },
  yuyv422: { name: 'YUYV_ER', on: 'vic' },
  uyvy422: { name: 'UYVY_ER', on: 'vic' },
};

export const vpiFormatName = (format: PixelFormatId): string | undefined => VPI_FORMATS[format]?.name;

export interface VpiSupport {
  readonly cpu: boolean;
  readonly cuda: boolean;
  readonly vic: boolean;
  /** The programmable vision accelerator converts no formats. */
  readonly pva: false;
  /** Why CPU and CUDA do not, where they do not. */
  readonly reason?: string;
  /** Why VIC does not, where it does not. */
  readonly vicReason?: string;
}

const takes = (format: PixelFormatId, backend: 'cpu, cuda' | 'vic'): boolean => { const on = VPI_FORMATS[format]?.on; return on === 'all' || on === backend; };

function whyNotCpu(from: PixelFormatId, to: PixelFormatId): string | undefined {
  const unknown = [from, to].find((format) => !takes(format, 'cpu, cuda'));
  if (unknown !== undefined) return `VPI’s CPU and CUDA backends take no ${unknown}.`;
  const semiPlanar = (format: PixelFormatId): boolean => format === 'nv12' || format === 'nv24';
  return semiPlanar(from) && semiPlanar(to) ? 'VPI converts NV12 and NV24 not between themselves.' : undefined;
}

function whyNotVic(from: PixelFormatId, to: PixelFormatId, plain: boolean, width: number, height: number): string | undefined {
  const unknown = [from, to].find((format) => !takes(format, 'vic'));
  if (unknown !== undefined) return `takes no ${unknown}`;
  if (!plain) return 'scale 1, offset 0 and clamp only';
  return width % 2 === 0 && height % 2 === 0 ? undefined : 'even sizes only';
}

/** Which of VPI's backends do a pair. @param plain scale 1, offset 0, clamp */
export function vpiSupport(from: PixelFormatId, to: PixelFormatId, plain: boolean, width: number, height: number): VpiSupport {
  const reason = whyNotCpu(from, to);
  const vicReason = whyNotVic(from, to, plain, width, height);
  const general = reason === undefined;
  return { cpu: general, cuda: general, vic: vicReason === undefined, pva: false, ...(general ? {} : { reason }), ...(vicReason === undefined ? {} : { vicReason }) };
}
