import type { Image } from '../../kernels/index.ts';

/** Draws rgba pictures on a canvas that the page handed over. */
export class Painter {
  private readonly canvas: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D | null;
  /** One for all frames of a size: a new one each time would keep the collector busy. */
  private pixels = new ImageData(1, 1);

  constructor(canvas: OffscreenCanvas) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
  }

  /** @param image rgba, tight */
  paint({ width, height, planes: [plane] }: Image): void {
    if (plane === undefined || this.context === null) return;
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    if (this.pixels.width !== width || this.pixels.height !== height) this.pixels = new ImageData(width, height);
    this.pixels.data.set(plane.bytes.subarray(0, width * height * 4));
    this.context.putImageData(this.pixels, 0, 0);
  }
}
