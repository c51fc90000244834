import type { ComponentLayout } from '../../image/formatLayout.ts';
import { formatLayout } from '../../image/formatLayout.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { pixelFormat } from '../../tables/pixelFormats.ts';
import type { JpegChroma } from './options.ts';
import { isJpegChroma } from './options.ts';

/** Where a component's 8-bit samples lie in a row of its plane: `offset`, `offset + step`, … */
export interface SampleRun {
  readonly plane: number;
  /** Bytes from one sample to the next. */
  readonly step: 1 | 2 | 4;
  /** Bytes before the first sample; below `step`. */
  readonly offset: number;
}

/** A format whose samples can be read as JPEG components where they lie. */
export interface PlanarReading {
  readonly chroma: JpegChroma;
  /** Y alone, or Y, Cb, Cr. */
  readonly runs: readonly SampleRun[];
}

/** A run, when the samples of the component are whole bytes at one distance. */
function sampleRun(layout: ComponentLayout, blockBytes: number): SampleRun | undefined {
  if (layout.kind !== 'unsigned' || layout.bits !== 8 || layout.wordBytes !== 1) return undefined;
  const step = blockBytes / layout.samples.length;
  const offset = layout.samples[0].word;
  if (step !== 1 && step !== 2 && step !== 4) return undefined;
  const even = layout.samples.every(({ word }, index) => word === offset + index * step);
  return even && offset < step ? { plane: layout.plane, step, offset } : undefined;
}

/**
 * How a format's samples are read without a conversion, derived from its row: planar, semi-planar and packed YUV
 * of 8 bits, and gray. Undefined for RGB, other depths and chroma that JPEG does not have. Alpha is left out.
 */
export function planarReading(format: PixelFormatId): PlanarReading | undefined {
  const { family, chroma } = pixelFormat(format);
  if ((family !== 'yuv' && family !== 'gray') || !isJpegChroma(chroma)) return undefined;
  const { components, planes } = formatLayout(format);
  if (family === 'gray' && components.length > 1) return undefined;
  const names = family === 'gray' ? ['Y'] : ['Y', 'U', 'V'];
  const runs = names.flatMap((name) => {
    const layout = components.find(({ component }) => component === name);
    const run = layout === undefined ? undefined : sampleRun(layout, planes[layout.plane].blockBytes);
    return run === undefined ? [] : [run];
  });
  return runs.length === names.length ? { chroma, runs } : undefined;
}
