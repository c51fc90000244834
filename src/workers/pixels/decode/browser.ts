import { LabError, wrapImage } from '../../../kernels/index.ts';
import type { Image, ImageSpec, PixelFormatId } from '../../../kernels/index.ts';

/** VideoFrame formats that are a format of ours as they are. */
const FRAME_FORMATS: Partial<Record<string, PixelFormatId>> = { I420: 'yuv420p', I422: 'yuv422p', I444: 'yuv444p', NV12: 'nv12', I420A: 'yuva420p' };

/** The format of a frame's own planes; undefined where it has R, G, B. */
export const planesFormat = ({ format }: Pick<VideoFrame, 'format'>): PixelFormatId | undefined => FRAME_FORMATS[format ?? ''];

/** The planes a decoder made, copied without a conversion. */
export async function framePlanes(frame: VideoFrame, format: PixelFormatId): Promise<Image> {
  const rect = frame.visibleRect ?? new DOMRectReadOnly(0, 0, frame.codedWidth, frame.codedHeight);
  const bytes = new Uint8Array(frame.allocationSize({ rect }));
  const layout = await frame.copyTo(bytes, { rect });
  const spec: ImageSpec = {
    format,
    width: rect.width,
    height: rect.height,
    offsets: layout.map(({ offset }) => offset),
    strides: layout.map(({ stride }) => stride),
    colorSpec: { matrix: frame.colorSpace.matrix === 'bt709' ? 'bt709' : 'bt601', range: frame.colorSpace.fullRange === false ? 'limited' : 'full', siting: 'center' },
  };
  return wrapImage(bytes, spec);
}

/** A bitmap with its file's own numbers. */
const UNTOUCHED: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

function readTexture(gl: WebGL2RenderingContext, bitmap: ImageBitmap): Uint8Array {
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const out = new Uint8Array(bitmap.width * bitmap.height * 4);
  gl.readPixels(0, 0, bitmap.width, bitmap.height, gl.RGBA, gl.UNSIGNED_BYTE, out);
  return out;
}

/** What the browser makes of a frame: R,G,B,A, row by row. */
export async function frameRgba(frame: VideoFrame): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(frame.allocationSize({ format: 'RGBA' }));
  await frame.copyTo(bytes, { format: 'RGBA' });
  return bytes;
}

async function readFrame(bitmap: ImageBitmap): Promise<Uint8Array> {
  const frame = new VideoFrame(bitmap, { timestamp: 0 });
  try {
    return await frameRgba(frame);
  } finally {
    frame.close();
  }
}

/** Whether a frame gives back colours that hardly show: some browsers multiply them by alpha and divide again. Found out with one pixel. */
async function framesKeepAlpha(): Promise<boolean> {
  const pixel = [200, 100, 50, 3];
  const bitmap = await createImageBitmap(new ImageData(Uint8ClampedArray.from(pixel), 1, 1), UNTOUCHED);
  try {
    const read = await readFrame(bitmap);
    return pixel.every((value, at) => read[at] === value);
  } finally {
    bitmap.close();
  }
}

/** Whether every pixel of R,G,B,A shows fully. */
export function isOpaque(rgba: Uint8Array | Uint8ClampedArray): boolean {
  for (let at = 3; at < rgba.length; at += 4) if (rgba[at] !== 0xff) return false;
  return true;
}

/** Through a frame, where there is no WebGL2: as exact, or refused. @throws LabError `browser/no-webgl` */
async function readWithoutTexture(bitmap: ImageBitmap): Promise<Uint8Array> {
  const rgba = typeof VideoFrame === 'undefined' ? undefined : await readFrame(bitmap);
  if (rgba !== undefined && (isOpaque(rgba) || (await framesKeepAlpha()))) return rgba;
  const lacks = rgba === undefined ? 'neither WebGL2 nor VideoFrame' : 'no WebGL2, and its VideoFrame changes colours under alpha';
  throw new LabError({ code: 'browser/no-webgl', what: `This browser offers ${lacks}, so the decoded pixels cannot be read exactly.`, remedy: 'Turn on hardware acceleration, or save the picture as PNG.' });
}

/**
 * What the browser's decoder makes of a file, R,G,B,A, straight alpha untouched: through a texture or a frame,
 * because a 2D canvas would multiply and divide by alpha.
 * @throws LabError `browser/undecodable`, `browser/no-webgl`, `browser/too-large`
 */
export async function decodeByBrowser(file: Blob): Promise<Image> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, UNTOUCHED);
  } catch (thrown) {
    const cause = thrown instanceof Error ? thrown.message : String(thrown);
    throw new LabError({ code: 'browser/undecodable', what: `This browser could not decode the file (${cause})`, remedy: 'It is damaged, or of a kind this browser does not know; save it as PNG and open that.' });
  }
  const { width, height } = bitmap;
  const asRgba = (bytes: Uint8Array): Image => wrapImage(bytes, { format: 'rgba', width, height });
  try {
    const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
    if (gl === null) return asRgba(await readWithoutTexture(bitmap));
    const largest = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE));
    if (width > largest || height > largest) throw new LabError({ code: 'browser/too-large', what: `The picture is ${String(width)}×${String(height)}; this browser reads back at most ${String(largest)} pixels a side.`, remedy: 'Save it as PNG, which is read without the browser, or cut it into parts.' });
    return asRgba(readTexture(gl, bitmap));
  } finally {
    bitmap.close();
  }
}
