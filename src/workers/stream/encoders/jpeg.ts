import type { Image } from '../../../kernels/index.ts';
import { encodeJpegInto } from '../../../kernels/codecs/jpeg/index.ts';
import { Converter } from '../converter.ts';

/** Bytes a pixel of the densest JPEG there is, and of its head. */
const DENSEST = 4;
const HEAD_BYTES = 4096;
/** Below it the Huffman tables are made for each picture: smaller, and slower. */
const QUICK_SPEED = 50;

/** Our own JPEG, one buffer for all frames: the pixels become planes once, and the encoder reads those where they lie. */
export class JpegEncoder {
  private readonly toPlanes = new Converter(({ width, height }) => ({ format: 'yuv420p', width, height, colorSpec: { matrix: 'bt601', range: 'full', siting: 'center' } }), { chromaDown: 'box' });
  private buffer = new Uint8Array(0);

  /** @throws LabError as `encodeJpeg` */
  encode(image: Image, { quality, speed }: { readonly quality: number | undefined; readonly speed: number | undefined }): Uint8Array {
    const planes = this.toPlanes.run(image);
    const most = image.width * image.height * DENSEST + HEAD_BYTES;
    if (this.buffer.length < most) this.buffer = new Uint8Array(most);
    const settings = { quality: quality === undefined ? undefined : Math.max(1, Math.min(100, Math.round(quality))), optimizeHuffman: speed !== undefined && speed < QUICK_SPEED };
    return this.buffer.slice(0, encodeJpegInto(this.buffer, planes, settings));
  }
}
