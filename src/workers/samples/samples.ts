/** Pictures that each teach one thing. `file`: in public/samples; the others are made by the worker. */
export const SAMPLES = [
  { id: 'photo', title: 'Photo', teaches: 'RGB, 8 bits: the ordinary case', file: 'astronaut.png' },
  { id: 'alpha', title: 'Every alpha', teaches: 'All 65 536 pairs of value and alpha, kept', file: undefined },
  { id: 'deep', title: '16-bit gradient', teaches: 'A PNG that browsers cut to 8 bits', file: 'gradient-16bit.png' },
  { id: 'bars', title: 'Colour bars', teaches: 'Matrix and range faults show at once', file: undefined },
  { id: 'gradient', title: 'Every value', teaches: 'All 256 levels of R, G and B', file: undefined },
  { id: 'nv12-stride', title: 'NV12, stride 768', teaches: 'Rows of 720 px padded to 768 B', file: undefined },
  { id: 'rgb565-padded', title: 'RGB565, padded rows', teaches: 'Bit fields and a stride of 1 280 B', file: undefined },
  { id: 'r210', title: 'r210', teaches: 'Big-endian 10-bit words, rows of 64 px', file: undefined },
  { id: 'palette', title: 'Palette', teaches: 'pal8 with an index past its palette', file: undefined },
  { id: 'broken', title: 'A broken dump', teaches: '1 byte short: what now?', file: undefined },
] as const;

export type SampleId = (typeof SAMPLES)[number]['id'];

export function isSampleId(id: string): id is SampleId {
  return SAMPLES.some((sample) => sample.id === id);
}
