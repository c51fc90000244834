import { zlibSync } from 'fflate';
import { LabError, encodeJpeg, planeLayouts, subImage } from '../../kernels/index.ts';
import type { Image, ImageSpec } from '../../kernels/index.ts';
import { encodePng } from '../../kernels/codecs/png.ts';
import type { WindowSetup } from './protocol.ts';
import { Converter } from './converter.ts';
import { formatOfXpra, isRawEncoding } from './rawFormats.ts';

/** The quickest, as xpra uses it; frames say it with their options. */
export const ZLIB_LEVEL = 1;

const alignedStride = (rowBytes: number, align: number): number => Math.ceil(rowBytes / Math.max(1, align)) * Math.max(1, align);

/** What the server side of a window does: cuts its part out of the source and brings it to what its frames claim to be. */
export class Claims {
  private readonly toPixels: Converter;
  private readonly toPng = new Converter(({ width, height }) => ({ format: 'rgb24', width, height }));
  private setup: WindowSetup;

  constructor(setup: WindowSetup) {
    this.setup = setup;
    this.toPixels = new Converter((from) => this.pixelSpec(from));
  }

  set(setup: WindowSetup): void {
    this.setup = setup;
  }

  /** The window's pixels in its layout, padded as it asks. Valid until the next call. @throws LabError */
  pixels(source: Image): Image {
    const width = Math.min(this.setup.width, source.width);
    const height = Math.min(this.setup.height, source.height);
    return this.toPixels.run(subImage(source, { x: 0, y: 0, width, height }));
  }

  /** Whether the bytes of raw pixels are compressed on their way. */
  get isCompressed(): boolean {
    return this.setup.compression === 'zlib' && isRawEncoding(this.setup.encoding);
  }

  /** What travels: the pixels themselves, or a compressed copy. @returns rowstride 0 where there are no rows */
  payload(pixels: Image): { readonly bytes: Uint8Array; readonly rowstride: number } {
    const [plane] = pixels.planes;
    switch (this.setup.encoding) {
      case 'jpeg': return { bytes: encodeJpeg(pixels, { quality: 90 }), rowstride: 0 };
      case 'png': return { bytes: encodePng(this.toPng.run(pixels)), rowstride: 0 };
      case 'scroll': return { bytes: new Uint8Array(0), rowstride: 0 };
      default: {
        const bytes = plane?.bytes ?? new Uint8Array(0);
        return { bytes: this.isCompressed ? zlibSync(bytes, { level: ZLIB_LEVEL }) : bytes, rowstride: plane?.stride ?? 0 };
      }
    }
  }

  private pixelSpec({ width, height }: ImageSpec): ImageSpec {
    const format = formatOfXpra(this.setup.rgbFormat);
    if (format === undefined) throw new LabError({ code: 'stream/rgb-format', what: `“${this.setup.rgbFormat}” is no layout known here.`, remedy: 'Choose one of the list.' });
    const rowBytes = planeLayouts({ format, width, height })[0]?.rowBytes ?? 0;
    return { format, width, height, strides: [alignedStride(rowBytes, this.setup.rowAlign)] };
  }
}
