import type { Image } from '../../kernels/index.ts';

/** Draws rgba pictures on a canvas that the page handed over. */
export class Painter {
  private readonly canvas: OffscreenCanvas;
  private readonly context: OffscreenCanvasRenderingContext2D | null;

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
    const pixels = new ImageData(width, height);
    pixels.data.set(plane.bytes.subarray(0, width * height * 4));
    this.context.putImageData(pixels, 0, 0);
  }
}
