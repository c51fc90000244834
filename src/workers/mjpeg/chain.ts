import type { ChromaFilter, Image, Rect, ResampleFilter } from '../../kernels/index.ts';
import type { StageCost } from './stageBook.ts';

export interface ChainSettings {
  /** Pixels of the source; undefined: all of it. */
  readonly crop: Rect | undefined;
  /** Every n-th pixel, or blocks of n × n. */
  readonly decimate: number;
  readonly filter: ResampleFilter;
  /** How 4:2:0 comes about in our chains: the first of four chroma samples, or their average. The library keeps all. */
  readonly chroma: Extract<ChromaFilter, 'nearest' | 'box'>;
  /** 1 … 100. */
  readonly quality: number;
}

export interface ChainResult {
  /** Header, picture, line end; stays as it is until the chain's next frame. */
  readonly part: Uint8Array<ArrayBuffer>;
  /** The picture alone, within the part. */
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly costs: readonly StageCost[];
}

/** One way from pixels to a part of the stream. */
export interface Chain {
  /** @param timestamp seconds since the start   @throws LabError */
  run(image: Image, settings: ChainSettings, timestamp: number): ChainResult;
}

/** The ways that are compared, each one step further than the last. */
export const CHAINS = {
  naive: { title: 'Naive', says: 'the loop as it was asked about: every n-th pixel gathered into a new R,G,B buffer, a library’s encoder, all buffers new for each frame' },
  encoder: { title: '+ our encoder', says: 'the same gathering, then our own JPEG encoder in WebAssembly SIMD' },
  fused: { title: '+ fused pass', says: 'one compiled run from the source’s pixels to Y, Cb, Cr planes; all buffers still new' },
  fast: { title: 'Fast', says: 'the same, into buffers that stay; the header is written in front of the picture where it lies' },
} as const;

export type ChainId = keyof typeof CHAINS;
