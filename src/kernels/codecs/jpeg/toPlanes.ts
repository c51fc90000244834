import { convert } from '../../convert.ts';
import type { Image, ImageSpec } from '../../image/types.ts';
import { LabError } from '../../labError.ts';
import { DEFAULT_COLOR, MATRICES, RANGES } from '../../tables/colorSpecs.ts';
import { pixelFormat } from '../../tables/pixelFormats.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import type { JpegChroma, JpegSettings } from './options.ts';
import { isJpegChroma } from './options.ts';
import { planarReading } from './planes.ts';

/** What JFIF's numbers mean; where its chroma sits is centred, which no conversion here moves. @source JFIF 1.02 */
const JFIF = { matrix: 'bt601', range: 'full' } as const;

/** The planar format of each sampling that RGB and odd layouts are brought to. */
const PLANAR = { '4:0:0': 'gray', '4:4:4': 'yuv444p', '4:4:0': 'yuv440p', '4:2:2': 'yuv422p', '4:2:0': 'yuv420p', '4:1:1': 'yuv411p' } as const satisfies Record<JpegChroma, PixelFormatId>;

/** Chroma for pictures that bring none of JPEG's. */
const USUAL_CHROMA = '4:2:0';

/** Why a picture's samples cannot go into a JPEG as they are. */
interface Obstacle {
  readonly code: string;
  readonly what: string;
  readonly remedy: string;
}

type Described = Pick<ImageSpec, 'format' | 'colorSpec'>;

function colourObstacle({ format, colorSpec }: Described): Obstacle | undefined {
  const { matrix, range } = { ...DEFAULT_COLOR, ...colorSpec };
  const matters = pixelFormat(format).family === 'yuv' ? matrix !== JFIF.matrix || range !== JFIF.range : range !== JFIF.range;
  if (!matters) return undefined;
  return {
    code: 'jpeg/straight-colour',
    what: `The ${format} picture is tagged ${MATRICES[matrix].title}, ${RANGES[range].title} range (${RANGES[range].says}); a JFIF file is BT.601, full range.`,
    remedy: 'Encode in the mode “convert”, or correct the tag if the numbers are BT.601 full range.',
  };
}

/**
 * What keeps the samples from being read where they lie; undefined when nothing does.
 * The chroma may be left out (4:0:0) without touching a sample.
 */
export function straightObstacle(spec: Described, subsampling: JpegChroma | undefined): Obstacle | undefined {
  const reading = planarReading(spec.format);
  if (reading === undefined) {
    return { code: 'jpeg/straight-format', what: `${spec.format} does not hold 8-bit Y, Cb, Cr samples that a JPEG takes as they are.`, remedy: 'Encode in the mode “convert”, or give nv12, yuv420p, yuv422p, yuv444p, yuyv422 or gray.' };
  }
  if (subsampling !== undefined && subsampling !== reading.chroma && subsampling !== '4:0:0') {
    return { code: 'jpeg/straight-subsampling', what: `${spec.format} has chroma of ${reading.chroma}; ${subsampling} was asked, which means new chroma samples.`, remedy: `Encode in the mode “convert”, or ask for ${reading.chroma}.` };
  }
  return colourObstacle(spec);
}

/** The spec that a picture is brought to when its samples cannot be read where they lie. */
function planarSpec({ format, width, height, colorSpec }: ImageSpec, subsampling: JpegChroma | undefined): ImageSpec {
  const { family, chroma: own } = pixelFormat(format);
  const kept = family !== 'rgb' && family !== 'palette' && isJpegChroma(own) ? own : USUAL_CHROMA;
  const chroma = subsampling ?? kept;
  const siting = family === 'yuv' ? colorSpec?.siting : 'center';
  return { format: PLANAR[chroma], width, height, colorSpec: { ...JFIF, ...(siting === undefined ? {} : { siting }) } };
}

/** The spec whose samples the encoder reads: the picture's own, or what it is converted to. */
export function encodedSpec(spec: ImageSpec, settings: Pick<JpegSettings, 'subsampling'>): ImageSpec {
  return straightObstacle(spec, settings.subsampling) === undefined ? spec : planarSpec(spec, settings.subsampling);
}

/**
 * The picture itself where its samples can be read as they are, else a converted one: chroma averaged over its block,
 * depth scaled to 8 bits, alpha dropped.
 * @throws LabError `jpeg/straight-format`, `jpeg/straight-subsampling`, `jpeg/straight-colour` in the mode `straight`
 */
export function toPlanes(image: Image, settings: JpegSettings): Image {
  const obstacle = straightObstacle(image, settings.subsampling);
  if (obstacle === undefined) return image;
  if (settings.mode === 'straight') throw new LabError({ ...obstacle, vpiStatus: 'INVALID_IMAGE_FORMAT' });
  return convert(image, planarSpec(image, settings.subsampling), { chromaDown: 'box', depthMode: 'exact', backend: settings.backend });
}
