import { allocImage, bestBackend, compile, planConversion, specOf } from '../../kernels/index.ts';
import type { ConvertOptions, Image, ImageSpec, Kernel } from '../../kernels/index.ts';

/** Converts frame after frame into one image of its own: planned and compiled once for a kind of frame, no new buffers. */
export class Converter {
  private readonly to: (from: ImageSpec) => ImageSpec;
  private readonly options: ConvertOptions;
  private key = '';
  private kernel: Kernel | undefined;
  private target: Image | undefined;

  /** @param to what a frame becomes; of its size */
  constructor(to: (from: ImageSpec) => ImageSpec, options: ConvertOptions = {}) {
    this.to = to;
    this.options = options;
  }

  /** The result stays as it is until the next call. @throws LabError as `planConversion` */
  run(image: Image): Image {
    const from = { ...specOf(image), timestamp: undefined };
    const to = this.to(from);
    const key = JSON.stringify([from, to]);
    if (this.kernel === undefined || this.target === undefined || key !== this.key) {
      const pipeline = planConversion(from, to, this.options);
      this.kernel = compile(pipeline, bestBackend(pipeline));
      this.target = allocImage(pipeline.to);
      this.key = key;
    }
    this.kernel.run(image, this.target);
    return this.target;
  }
}
