import { pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';

const WORLD: Record<string, string> = { vpi: 'VPI', drm: 'DRM', v4l2: 'V4L2', gstreamer: 'GStreamer', webcodecs: 'WebCodecs', vulkan: 'Vulkan', xpra: 'xpra', android: 'Android', other: 'also' };

/** Its names in other worlds: `DRM NV12 · xpra NV12`. */
export function otherNames(id: PixelFormatId): string {
  return Object.entries(pixelFormat(id).aka).map(([world, name]) => `${WORLD[world] ?? world} ${name}`).join(' · ');
}
