import { allocImage, bestBackend, compile, planConversion, resultSize, specOf, subImage } from '../../kernels/index.ts';
import type { ConvertOptions, Image, Kernel } from '../../kernels/index.ts';
import { encodeJpegInto } from '../../kernels/codecs/jpeg/index.ts';
import { planarReading } from '../../kernels/codecs/jpeg/planes.ts';
import { straightObstacle } from '../../kernels/codecs/jpeg/toPlanes.ts';
import { PART_END_BYTES, PART_HEADER_ROOM, framePart } from '../../kernels/codecs/mjpeg/index.ts';
import type { Chain, ChainResult, ChainSettings } from './chain.ts';
import { StageBook } from './stageBook.ts';

/** Bytes a pixel that even noise at quality 100 does not exceed, and of a JPEG's head. */
const DENSEST = 4;
const HEAD_BYTES = 4096;

/** Samples that the encoder takes where they lie: nothing is to be done before it. */
const isReady = (image: Image, { decimate }: ChainSettings): boolean => decimate === 1 && planarReading(image.format)?.chroma === '4:2:0' && straightObstacle(image, '4:2:0') === undefined;

interface Pass {
  readonly key: string;
  readonly kernel: Kernel;
  readonly target: Image;
}

function planPass(image: Image, { decimate, filter, chroma }: ChainSettings, key: string): Pass {
  const options: ConvertOptions = { chromaDown: chroma, resample: filter, decimate };
  const pipeline = planConversion({ ...specOf(image), timestamp: undefined }, { format: 'yuv420p', ...resultSize(image, options), colorSpec: { matrix: 'bt601', range: 'full', siting: 'center' } }, options);
  return { key, kernel: compile(pipeline, bestBackend(pipeline)), target: allocImage(pipeline.to) };
}

/** One fused pass from the source's pixels to planes, then our encoder. @param reuses whether buffers outlive their frame */
export class FusedChain implements Chain {
  private readonly book = new StageBook();
  private readonly reuses: boolean;
  private pass: Pass | undefined;
  private buffer = new Uint8Array(0);

  constructor(reuses: boolean) {
    this.reuses = reuses;
  }

  run(image: Image, settings: ChainSettings, timestamp: number): ChainResult {
    const { book } = this;
    book.measure('read', () => image);
    const cropped = book.measure('crop', () => (settings.crop === undefined ? image : subImage(image, settings.crop)));
    const planes = isReady(cropped, settings) ? cropped : this.planes(cropped, settings);
    const length = this.encode(planes, settings.quality);
    const part = book.measure('multipart', () => framePart(this.buffer, PART_HEADER_ROOM, length, timestamp));
    return { part, jpeg: this.buffer.subarray(PART_HEADER_ROOM, PART_HEADER_ROOM + length), costs: book.take() };
  }

  private planes(image: Image, settings: ChainSettings): Image {
    return this.book.measure('fused', () => this.shrink(image, settings), ({ made }) => ({ made })).target;
  }

  private shrink(image: Image, settings: ChainSettings): { readonly target: Image; readonly made: readonly number[] } {
    const key = JSON.stringify([image.format, image.width, image.height, image.colorSpec, image.planes.map(({ stride }) => stride), settings.decimate, settings.filter, settings.chroma]);
    const isKnown = this.pass?.key === key;
    const pass = this.pass !== undefined && isKnown ? this.pass : planPass(image, settings, key);
    this.pass = pass;
    const target = this.reuses || !isKnown ? pass.target : allocImage(specOf(pass.target));
    pass.kernel.run(image, target);
    return { target, made: this.reuses && isKnown ? [] : target.planes.map(({ bytes }) => bytes.length) };
  }

  private encode(planes: Image, quality: number): number {
    const needed = PART_HEADER_ROOM + planes.width * planes.height * DENSEST + HEAD_BYTES;
    const { length } = this.book.measure('jpeg', () => {
      const isNew = !this.reuses || this.buffer.length < needed;
      if (isNew) this.buffer = new Uint8Array(needed);
      return { length: encodeJpegInto(this.buffer.subarray(PART_HEADER_ROOM, this.buffer.length - PART_END_BYTES), planes, { quality }), isNew };
    }, ({ isNew }) => (isNew ? { made: [needed] } : {}));
    return length;
  }
}
