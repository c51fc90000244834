import { LabError, convert, decodeJpeg, jpegNeeds, pixelFormat } from '../../../kernels/index.ts';
import type { ChromaFilter, Image } from '../../../kernels/index.ts';
import type { Admit, Fidelity, Reading } from '../../../kernels/codecs/reading.ts';
import { decodeByBrowser } from './browser.ts';
import { read, viaBrowser } from './decoded.ts';
import type { Decoded } from './decoded.ts';
import { JPEG_WAYS } from './jpegWays.ts';

/** Faults after which samples are missing or may not be those that were coded. */
const DAMAGE: readonly string[] = ['frame', 'scan', 'table', 'restart', 'data'];

const bitsOf = ({ format }: Image): number => Math.max(...pixelFormat(format).planes.flatMap(({ fields }) => fields.map(({ bits }) => bits)));

/** A file’s own planes. @throws LabError as `decodeJpeg` */
export function readJpeg(bytes: Uint8Array, allowLarge: boolean): Reading {
  const { image, warnings, faults } = decodeJpeg(bytes, { allowLarge });
  const fidelity: Fidelity = faults.some(({ kind }) => DAMAGE.includes(kind)) ? 'damaged' : 'exact';
  return { image, warnings, fidelity };
}

/** R, G, B of a picture’s planes, as deep as they are. */
export const rgbOf = (planes: Image, chromaUp: ChromaFilter): Image => (bitsOf(planes) > 8 ? convert(planes, 'rgb48le', { chromaUp, depthMode: 'exact' }) : convert(planes, 'rgb24', { chromaUp }));

const isSubsampled = ({ format }: Image): boolean => !['4:4:4', '4:0:0'].includes(pixelFormat(format).chroma);

function rgbWay(planes: Reading, chromaUp: 'nearest' | 'bilinear'): Decoded {
  const filter = isSubsampled(planes.image) ? `, ${chromaUp} chroma` : '';
  return read({ ...planes, image: rgbOf(planes.image, chromaUp) }, 'JPEG', `RGB${filter}`, `R, G, B made of its planes by ${pixelFormat(planes.image.format).family === 'yuv' ? `JFIF’s formula (BT.601, full range)${filter}` : 'exchanging them'}, rounded`);
}

/** @throws LabError `jpeg/process` where the browser cannot decode it either */
async function byBrowser(bytes: Uint8Array, why: LabError): Promise<readonly Decoded[]> {
  if (why.code !== 'jpeg/process') throw why;
  try {
    return [viaBrowser(await decodeByBrowser(new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' })), 'through the browser', [why.info.what])];
  } catch {
    throw why;
  }
}

/** A JPEG as its own planes, and as R, G, B made of them. @throws LabError as `decodeJpeg` */
export async function openJpeg(bytes: Uint8Array, admit: Admit, allowLarge: boolean): Promise<readonly Decoded[]> {
  try {
    const { width, height, bytes: needed } = jpegNeeds(bytes);
    admit({ width, height, bytes: needed + width * height * 3 });
    const planes = readJpeg(bytes, allowLarge);
    const { family } = pixelFormat(planes.image.format);
    const own = read(planes, 'JPEG', family === 'gray' || planes.image.planes.length === 1 ? '' : 'its own planes');
    return family === 'gray' || planes.image.planes.length === 1 ? [own] : [own, rgbWay(planes, 'nearest')];
  } catch (thrown) {
    if (thrown instanceof LabError) return byBrowser(bytes, thrown);
    throw thrown;
  }
}

/** @throws LabError `open/way` for a name that is none of `JPEG_WAYS`, or what its decoder says */
export async function jpegWay(bytes: Uint8Array, id: string): Promise<Decoded> {
  const way = JPEG_WAYS.find((row) => row.id === id);
  switch (way?.id) {
    case 'rgb-bilinear': return rgbWay(readJpeg(bytes, true), 'bilinear');
    case 'jpeg-js': {
      // Fetched when it is wanted: a tenth of this worker.
      const { decodeJpegPlain } = await import('../../../kernels/codecs/jpegJs.ts');
      return read({ image: decodeJpegPlain(bytes), fidelity: 'exact', warnings: [] }, 'jpeg-js', way.title, way.says);
    }
    case 'browser': return viaBrowser(await decodeByBrowser(new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' })), way.title);
    case undefined: throw new LabError({ code: 'open/way', what: `A JPEG cannot be seen as “${id}”.`, remedy: `Choose one of ${JPEG_WAYS.map((row) => row.id).join(', ')}.` });
  }
}
