import { TEXT, refuseArgument, sayValue } from '../arguments.ts';
import { FORMAT_CODES, SWAPPED_CODES } from './formatCodes.ts';
import { PIXEL_FORMAT_IDS, pixelFormat } from './pixelFormats.ts';
import type { PixelFormatId } from './pixelFormats.ts';

/** How names of a world begin in its headers; `world` is the key of `aka` that holds the rest. */
const PREFIXES: readonly { readonly prefix: string; readonly world: string }[] = [
  { prefix: 'vpi_image_format_', world: 'vpi' },
  { prefix: 'v4l2_pix_fmt_', world: 'v4l2' },
  { prefix: 'drm_format_', world: 'drm' },
  { prefix: 'gst_video_format_', world: 'gstreamer' },
  { prefix: 'vk_format_', world: 'vulkan' },
  { prefix: 'av_pix_fmt_', world: 'ffmpeg' },
  { prefix: 'pix_fmt_', world: 'ffmpeg' },
  { prefix: 'hi_pixel_format_', world: 'ascend' },
  { prefix: 'imageformat.', world: 'android' },
  { prefix: 'pixelformat.', world: 'android' },
];

/** Names that are no other world's. Those of the semi-planar formats say the order of chroma: YUV is U first, YVU is V first. */
const ASCEND: Readonly<Record<string, PixelFormatId>> = {
  yuv_semiplanar_420: 'nv12', yvu_semiplanar_420: 'nv21',
};

/** Loose names of semi-planar layouts; programs give yuv420sp to both orders of chroma. */
const LOOSE: Readonly<Record<string, readonly PixelFormatId[]>> = { yuv420sp: ['nv12', 'nv21'], yvu420sp: ['nv21'], yuv422sp: ['nv16'], yuv444sp: ['nv24', 'nv42'] };

const lower = (names: string | undefined): readonly string[] => names?.toLowerCase().split(' ') ?? [];

/** What a format is called in one world, in small letters. FFmpeg's constants without an endianness are the machine's: here little. */
function namesIn(id: PixelFormatId, world: string): readonly string[] {
  if (world === 'ffmpeg') return id.endsWith('le') ? [id, id.slice(0, -2)] : [id];
  if (world === 'ascend') return Object.keys(ASCEND).filter((name) => ASCEND[name] === id);
  const aka: Readonly<Record<string, string | undefined>> = pixelFormat(id).aka;
  const name = aka[world]?.toLowerCase();
  if (name === undefined) return [];
  // VPI marks a full range, which here is no matter of the format, by _ER.
  return world === 'vpi' ? [name, `${name}_er`] : [name];
}

const everyName = (id: PixelFormatId): readonly string[] => [id, ...Object.values(pixelFormat(id).aka).map((name) => name.toLowerCase()), ...namesIn(id, 'vpi'), ...lower(FORMAT_CODES[id]), ...lower(SWAPPED_CODES[id])];

/**
 * Formats by a whole name as it stands in another program: `VPI_IMAGE_FORMAT_NV12_ER`, `DRM_FORMAT_XRGB8888`, `yuv420sp`, a code of four letters.
 * Capitals do not matter. With a world's prefix only that world's names count: DRM_FORMAT_RGB888 is bgr24.
 * A code whose U and V lie the other way round finds the format that it can be read with.
 * @returns several where programs differ, none where no format has the name
 * @source Linux drm_fourcc.h and videodev2.h, GStreamer video-format.h, FFmpeg pixfmt.h, the Vulkan and VPI references, by way of the rows of the formats
 * @throws LabError `format/name` for what is no text
 */
export function findFormat(name: string): readonly PixelFormatId[] {
  if (!TEXT.is(name)) refuseArgument('format/name', `The name of a format is a text; ${sayValue(name)} was given.`, 'Give a name such as V4L2_PIX_FMT_NV12.');
  const asked = name.trim().toLowerCase();
  const world = PREFIXES.find(({ prefix }) => asked.startsWith(prefix));
  if (world !== undefined) {
    const rest = asked.slice(world.prefix.length);
    return PIXEL_FORMAT_IDS.filter((id) => namesIn(id, world.world).includes(rest));
  }
  return Object.hasOwn(LOOSE, asked) ? LOOSE[asked] : PIXEL_FORMAT_IDS.filter((id) => everyName(id).includes(asked));
}
