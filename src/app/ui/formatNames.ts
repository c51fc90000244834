import { PIXEL_FORMAT_IDS, findFormat, pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import { FORMAT_CODES, SWAPPED_CODES } from '../../kernels/tables/formatCodes.ts';

const WORLD: Record<string, string> = { vpi: 'VPI', drm: 'DRM', v4l2: 'V4L2', gstreamer: 'GStreamer', webcodecs: 'WebCodecs', vulkan: 'Vulkan', xpra: 'xpra', android: 'Android', other: 'also' };

/** Its names in other worlds: `DRM NV12 · xpra NV12`. */
export function otherNames(id: PixelFormatId): string {
  return Object.entries(pixelFormat(id).aka).map(([world, name]) => `${WORLD[world] ?? world} ${name}`).join(' · ');
}

/** As `otherNames`, the codes of four letters before them: `XR24 · DRM XRGB8888`. */
export function allNames(id: PixelFormatId): string {
  const swapped = SWAPPED_CODES[id];
  return [...(FORMAT_CODES[id]?.split(' ') ?? []), ...(swapped === undefined ? [] : [`${swapped} with U and V swapped`]), otherNames(id)].filter((names) => names !== '').join(' · ');
}

const searchable = new Map(PIXEL_FORMAT_IDS.map((id) => { const { title, chroma, family, aka } = pixelFormat(id); return [id, [id, title, family, chroma, ...Object.values(aka), FORMAT_CODES[id], SWAPPED_CODES[id]].join(' ').toLowerCase()]; }));

/** Whether each word of a query is part of one of the format's names or facts, or the query is a name of it as another program's source has it. */
export const matchesFormat = (id: PixelFormatId, query: string): boolean => query.toLowerCase().split(/\s+/).every((word) => searchable.get(id)?.includes(word) ?? false) || findFormat(query).includes(id);
