import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import { MATRICES } from '../../../kernels/index.ts';
import { BENCH_CASES, JPEG_DECODE_ROWS, JPEG_ROWS, OPERATION_ROWS } from '../../../kernels/tables/benchCases.ts';
import type { BenchCase } from '../../../kernels/tables/benchCases.ts';

function conversionTitle({ from, to, scale, colorSpec }: BenchCase): string {
  const color = colorSpec === undefined ? '' : `, ${MATRICES[colorSpec.matrix].title} ${colorSpec.range}`;
  return `${from} → ${to}${scale === undefined ? '' : ', scaled'}${color}`;
}

const ENCODING = JPEG_ROWS.map(({ id, from, options }) => ({ id, title: `${from} → JPEG q${String(options.quality)}${'optimizeHuffman' in options ? ', own Huffman tables' : ''}` }));
const DECODING = JPEG_DECODE_ROWS.map(({ id, planes, options }) => ({ id, title: `JPEG q${String(options.quality)} of ${planes} → rgba` }));

/** Groups of cases, as the panel lists them. */
export const CASE_GROUPS = [
  { title: 'Conversions', cases: BENCH_CASES.map((one) => ({ id: one.id, title: conversionTitle(one) })) },
  { title: 'Image model', cases: OPERATION_ROWS.map(({ id, title }) => ({ id, title })) },
  { title: 'JPEG', cases: [...ENCODING, ...DECODING] },
] as const;

/** The group of a case; one that is not known is taken for a conversion. */
export const groupOf = (id: string): (typeof CASE_GROUPS)[number]['title'] => CASE_GROUPS.find(({ cases }) => cases.some((one) => one.id === id))?.title ?? 'Conversions';

const TITLES = new Map<string, string>(CASE_GROUPS.flatMap(({ cases }) => cases.map(({ id, title }) => [id, title] as const)));

export const caseTitle = (id: string): string => TITLES.get(id) ?? id;

export const sizeOf = ({ width, height }: Pick<BenchRow, 'width' | 'height'>): string => `${String(width)}×${String(height)}`;

/** Marks of engines, by their ids; numbers of threads without a mark of their own are drawn as `simd×n`. Shapes are of radius 4 around 0,0: never told apart by colour alone. */
const LOOKS = {
  copy: { hue: '--text-2', shape: 'M-5 -1h10v2h-10z' },
  reference: { hue: '--y', shape: 'M-3.5 -3.5h7v7h-7z' },
  scalar: { hue: '--v', shape: 'M0 -4.6L4.6 0L0 4.6L-4.6 0z' },
  simd: { hue: '--accent', shape: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z' },
  'simd×n': { hue: '--g', shape: 'M0 -4.6L4.6 3.6H-4.6z' },
  'simd×4': { hue: '--g', shape: 'M0 -5.4L1.5 -1.5L5.4 0L1.5 1.5L0 5.4L-1.5 1.5L-5.4 0L-1.5 -1.5z' },
  'simd×8': { hue: '--g', shape: 'M-4.4 -4.4h8.8L-4.4 4.4h8.8z' },
  'simd + transfer': { hue: '--u', shape: 'M0 4.6L4.6 -3.6H-4.6z' },
  'simd + tile': { hue: '--a', shape: 'M-4.6 0L3.6 -4.6V4.6z' },
  copyTo: { hue: '--r', shape: 'M-4.2 -2.8L-2.8 -4.2L0 -1.4L2.8 -4.2L4.2 -2.8L1.4 0L4.2 2.8L2.8 4.2L0 1.4L-2.8 4.2L-4.2 2.8L-1.4 0z' },
  canvas: { hue: '--i', shape: 'M-1 -4.6h2v3.6h3.6v2h-3.6v3.6h-2v-3.6h-3.6v-2h3.6z' },
  'opencv.js': { hue: '--warn', shape: 'M4.6 0L-3.6 -4.6V4.6z' },
  sharp: { hue: '--b', shape: 'M-4 -1.8L0 -4.6L4 -1.8L2.6 3.8H-2.6z' },
  'image model': { hue: '--i', shape: 'M-4.6 0L-2.3 -4h4.6L4.6 0L2.3 4h-4.6z' },
  'jpeg-js': { hue: '--r', shape: 'M-4.6 -2.3L0 -4.6L4.6 -2.3V2.3L0 4.6L-4.6 2.3z' },
} as const satisfies Record<string, { readonly hue: string; readonly shape: string }>;

export interface Look {
  /** A token. */
  readonly hue: string;
  /** A path, as in SVG. */
  readonly shape: string;
}

/** The engine of which one with a number of threads is a kind. */
export const kindOf = (engine: string): string => engine.replace(/×\d+$/, '×n');

const ORDER: readonly string[] = Object.keys(LOOKS);
const isKnown = (engine: string): engine is keyof typeof LOOKS => Object.hasOwn(LOOKS, engine);

export function lookOf(engine: string): Look {
  const known = [engine, kindOf(engine)].find(isKnown);
  return LOOKS[known ?? 'reference'];
}

/** Engines of a report in the order of the charts; threads by their number. */
export function enginesOf({ rows }: Pick<BenchReport, 'rows'>): readonly string[] {
  const rank = (engine: string): number => { const at = ORDER.indexOf(kindOf(engine)); return (at < 0 ? ORDER.length : at) * 1000 + Number(/×(\d+)$/.exec(engine)?.[1] ?? 0); };
  return [...new Set(rows.map(({ engine }) => engine))].toSorted((a, b) => rank(a) - rank(b));
}

export const casesOf = ({ rows }: Pick<BenchReport, 'rows'>): readonly string[] => [...new Set(rows.map((row) => row.case))];

export const sizesOf = ({ rows }: Pick<BenchReport, 'rows'>): readonly string[] => [...new Map(rows.map((row) => [sizeOf(row), row.width * row.height])).entries()].toSorted((a, b) => a[1] - b[1]).map(([size]) => size);

const ENGINE_TITLES: Readonly<Record<string, string>> = { copy: 'memory copy', copyTo: 'VideoFrame.copyTo', 'opencv.js': 'OpenCV.js' };

export const engineTitle = (engine: string): string => ENGINE_TITLES[engine] ?? engine;

/** A moment as the clock on the wall shows it, and how far that is from UTC. */
export function timeOf(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ahead = -date.getTimezoneOffset();
  const offset = ahead === 0 ? 'UTC' : `UTC${ahead < 0 ? '−' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}:${two(Math.abs(ahead) % 60)}`;
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())} ${offset}`;
}
