import type { PixelFormatId } from './pixelFormats.ts';

/**
 * Codes of four letters by which dumps are known: DRM's, V4L2's, Apple's and Microsoft's.
 * @source Linux drm_fourcc.h and videodev2.h; CoreVideo CVPixelBuffer.h; FOURCC registrations
 */
export const FORMAT_CODES: Partial<Record<PixelFormatId, string>> = {
  gray: 'GREY Y800', gray16le: 'Y16', rgb24: 'BG24 RGB3', bgr24: 'RG24 BGR3', rgba: 'AB24', bgra: 'AR24', argb: 'BA24', abgr: 'RA24', rgb0: 'XB24', bgr0: 'XR24', '0rgb': 'BX24', '0bgr': 'RX24',
  rgb565le: 'RG16 RGBP', bgr565le: 'BG16', rgb565be: 'RGBR', rgb555le: 'XR15 RGBO', x2rgb10le: 'XR30', x2bgr10le: 'XB30', a2rgb10le: 'AR30 l10r', a2bgr10le: 'AB30', rgba64le: 'AB48', pal8: 'C8 PAL8',
  nv12: '420v 420f NM12', nv21: 'NM21', p010le: 'x420', p210le: 'x422', yuv410p: 'YUV9', yuv411p: 'YU11 411P', yuv420p: 'YU12 YM12 y420', yuv422p: 'YU16 422P', yuv444p: 'YU24', yuyv422: 'YUY2 yuvs', uyvy422: '2vuy HDYC UYNV',
};

/** Codes of the same layout with U and V the other way round, where no format of its own has that order. */
export const SWAPPED_CODES: Partial<Record<PixelFormatId, string>> = { yuv420p: 'YV12', yuv422p: 'YV16', yuv444p: 'YV24', nv16: 'NV61', yuv410p: 'YVU9', yuv411p: 'YV11' };
