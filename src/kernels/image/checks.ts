import { BYTES, OBJECT, checkRows, choice, keysOf, nearestName, refuseArgument, sayValue, suggest } from '../arguments.ts';
import { SITINGS } from '../tables/chroma.ts';
import { MATRICES, RANGES } from '../tables/colorSpecs.ts';
import { checkFormat, isPixelFormatId, pixelFormat } from '../tables/pixelFormats.ts';
import { formatLayout } from './formatLayout.ts';
import type { Image, ImageSpec, Rect } from './types.ts';

/** How a colour spec may be told. */
export const COLOR_SPEC = { matrix: choice(keysOf(MATRICES)), range: choice(keysOf(RANGES)), siting: choice(keysOf(SITINGS)) } as const;

const SPEC_NAMES = ['format', 'width', 'height', 'strides', 'offsets', 'colorSpec', 'palette', 'timestamp'];

/** @throws LabError `layout/size` */
export function checkSize(size: Pick<ImageSpec, 'width' | 'height'>): void {
  for (const axis of ['width', 'height'] as const) {
    const pixels: unknown = OBJECT.is(size) ? size[axis] : undefined;
    if (!Number.isSafeInteger(pixels) || Number(pixels) <= 0) refuseArgument('layout/size', `The ${axis} of an image is a whole number of pixels above 0; ${sayValue(pixels)} was given.`, `Give a ${axis} of at least 1.`);
  }
}

/** Strides and offsets: a list with a number for every plane. `extra`: planes that may have one, or not. */
function checkList(spec: ImageSpec, name: 'strides' | 'offsets', planes: number, extra: number): void {
  const given: unknown = spec[name];
  if (given === undefined) return;
  const code = name === 'strides' ? 'layout/stride' : 'layout/offset';
  if (!Array.isArray(given)) refuseArgument(code, `The ${name} of ${spec.format} are a list with one number of bytes for each of ${String(planes)} planes; ${sayValue(given)} was given.`, `Give ${name}: [${Array.from({ length: planes }, () => '…').join(', ')}], or leave them out.`);
  const list: readonly unknown[] = given;
  const missing = list.findIndex((value) => typeof value !== 'number');
  if (missing >= 0) refuseArgument(code, `Entry ${String(missing)} of the ${name} of ${spec.format} is a whole number of bytes; ${sayValue(list[missing])} was given.`, 'Give a number for every plane, or leave them all out.');
  if (given.length < planes || given.length > planes + extra) refuseArgument(code, `${spec.format} has ${String(planes)} plane${planes === 1 ? '' : 's'}; ${String(given.length)} ${name} were given.`, 'Give one for every plane, or leave them out.');
}

/** A name that is nearly one of a spec's is a slip that would be passed over in silence; other facts that a caller keeps beside are none of our business. */
function checkNames(spec: ImageSpec): void {
  for (const name of Object.keys(spec)) {
    if (SPEC_NAMES.includes(name)) continue;
    const meant = nearestName(name, SPEC_NAMES);
    if (meant !== undefined) refuseArgument('spec/name', `An image spec has no “${name}”.`, `You may mean “${meant}”.`);
  }
}

/**
 * Everything of a spec but what its numbers make of a buffer.
 * @throws LabError `spec/invalid`, `spec/name`, `format/unknown`, `layout/size`, `layout/stride`, `layout/offset`, `color/options`, `color/option`, `color/matrix`, `color/range`, `color/siting`, `palette/size`, `spec/timestamp`
 */
export function checkSpec(spec: ImageSpec): void {
  if (!OBJECT.is(spec)) refuseArgument('spec/invalid', `An image spec is an object with format, width and height; ${sayValue(spec)} was given.`, 'Give { format: \'nv12\', width: 1920, height: 1080 }.');
  checkNames(spec);
  checkFormat(spec.format);
  checkSize(spec);
  const planes = formatLayout(spec.format).planes.length;
  const extra = (pixelFormat(spec.format).trailingPaletteBytes ?? 0) > 0 ? 1 : 0;
  checkList(spec, 'strides', planes, extra);
  checkList(spec, 'offsets', planes, extra);
  if (spec.colorSpec !== undefined) checkRows('color', COLOR_SPEC, spec.colorSpec);
  if (spec.palette !== undefined && !isPaletteInput(spec.palette)) refuseArgument('palette/size', `A palette is a Uint8Array or Uint16Array of R,G,B,A quadruples; ${sayValue(spec.palette)} was given.`, 'Give four values a colour, and at most 256 colours.');
  if (spec.timestamp !== undefined && !Number.isFinite(spec.timestamp)) refuseArgument('spec/timestamp', `A timestamp is a number of microseconds; ${sayValue(spec.timestamp)} was given.`, 'Correct it, or leave it out.');
}

export const isPaletteInput = (input: unknown): boolean => BYTES.is(input) || input instanceof Uint16Array || (OBJECT.is(input) && 'colors' in input && BYTES.is(input.colors));

const isDetached = ({ buffer, byteOffset, byteLength }: Uint8Array): boolean => {
  if (byteLength > 0) return false;
  try {
    // Only a buffer that is gone, or shrunk below the view, refuses.
    return new Uint8Array(buffer, byteOffset).length < 0;
  } catch {
    return true;
  }
};

/** @throws LabError `bytes/type`, `bytes/detached` */
export function checkBytes(bytes: Uint8Array): void {
  if (!BYTES.is(bytes)) {
    const isBuffer = Object.prototype.toString.call(bytes).endsWith('ArrayBuffer]');
    const isView = ArrayBuffer.isView(bytes);
    refuseArgument('bytes/type', `Bytes are a Uint8Array; ${sayValue(bytes)} was given.`, isBuffer ? 'Give new Uint8Array(buffer).' : isView ? 'Give new Uint8Array(array.buffer, array.byteOffset, array.byteLength).' : 'Give the file’s bytes as a Uint8Array.');
  }
  if (isDetached(bytes)) refuseArgument('bytes/detached', 'The buffer of these bytes was transferred; they are gone from here.', 'Use them where they were sent, or copy them before the transfer.', 'INVALID_OPERATION');
}

/** Refuses what is no image, and an image whose buffers were transferred to a worker. @throws LabError `image/invalid`, `image/detached`, `format/unknown`, `layout/size` */
export function checkImage(image: Image): void {
  const planes: unknown = OBJECT.is(image) ? image.planes : undefined;
  if (!Array.isArray(planes) || planes.length === 0) refuseArgument('image/invalid', `An image is what wrapImage or allocImage makes; ${sayValue(image)} was given.`, 'Make one of bytes: wrapImage(bytes, { format, width, height }).');
  if (!isPixelFormatId(image.format)) checkFormat(image.format);
  checkSize(image);
  if (planes.length < formatLayout(image.format).planes.length) refuseArgument('image/invalid', `An image of ${image.format} has ${String(formatLayout(image.format).planes.length)} planes; this one has ${String(planes.length)}.`, 'Make images by wrapImage.');
  for (const plane of image.planes) {
    if (!OBJECT.is(plane) || !BYTES.is(plane.bytes) || !Number.isInteger(plane.stride)) refuseArgument('image/invalid', `A plane of this ${image.format} image has no bytes and stride.`, 'Make images by wrapImage.');
    if (plane.bytes.length === 0) refuseArgument('image/detached', `The ${image.format} ${String(image.width)}×${String(image.height)} image was transferred; its bytes are gone from here.`, 'Use the image where it was sent, or clone it before the transfer.', 'INVALID_OPERATION');
  }
}

/** @param least 0 for a rectangle that may be empty. @throws LabError `rect/invalid` */
export function checkRect(rect: Rect, name: string): void {
  if (!OBJECT.is(rect)) refuseArgument('rect/invalid', `${name} is an object with x, y, width and height; ${sayValue(rect)} was given.`, 'Give { x: 0, y: 0, width: 64, height: 64 }.');
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    if (!Number.isSafeInteger(rect[side]) || (side !== 'x' && side !== 'y' && rect[side] < 0)) refuseArgument('rect/invalid', `The ${side} of ${name.charAt(0).toLowerCase()}${name.slice(1)} is a whole number of pixels; ${sayValue(rect[side])} was given.`, 'Give whole pixels.');
  }
}

/** @throws LabError `<code>` where a value is none of a few names */
export function checkChoice(code: string, what: string, values: readonly string[], given: unknown): void {
  if (!values.some((value) => value === given)) refuseArgument(code, `${what} is one of ${values.join(', ')}; ${sayValue(given)} was given.`, suggest(given, values));
}
