import { LabError } from '../../labError.ts';
import type { ChromaId } from '../../tables/chroma.ts';
import type { ComponentTables, OwnTables } from './quantTables.ts';
import { componentTables } from './quantTables.ts';
import type { StageListener } from './stages.ts';

/** Chroma that a baseline JPEG can carry in one scan; 4:0:0 is luma alone. */
export const JPEG_CHROMA = ['4:0:0', '4:4:4', '4:4:0', '4:2:2', '4:2:0', '4:1:1'] as const satisfies readonly ChromaId[];
export type JpegChroma = (typeof JPEG_CHROMA)[number];

export const isJpegChroma = (chroma: string): chroma is JpegChroma => JPEG_CHROMA.some((known) => known === chroma);

/** Pixels per inch or centimetre; `none` gives the pixels' aspect ratio alone. */
export interface Density {
  readonly unit: 'none' | 'inch' | 'cm';
  /** 1 … 65 535. */
  readonly x: number;
  readonly y: number;
}

export interface JpegOptions {
  /** qfactor, 1 … 100; 75 where left out. Without meaning beside `tables`. */
  readonly quality?: number | undefined;
  /** Own quantisation tables, row by row, used as they are. */
  readonly tables?: OwnTables | undefined;
  /** The image's own where left out; 4:2:0 for RGB. */
  readonly subsampling?: JpegChroma | undefined;
  /** Huffman tables made for this picture; costs a second pass. */
  readonly optimizeHuffman?: boolean | undefined;
  /** MCUs between restart markers, 1 … 65 535; 0: none. */
  readonly restartInterval?: number | undefined;
  /** Text of a COM segment, at most 65 533 B as UTF-8. */
  readonly comment?: string | undefined;
  readonly density?: Density | undefined;
  /** An EXIF block, from its TIFF header or with `Exif\0\0` before it; written untouched. */
  readonly exif?: Uint8Array | undefined;
  /** The bytes are the same; `simd` is quicker. */
  readonly backend?: 'scalar' | 'simd' | undefined;
  /** `convert`: bring the samples to JFIF's colour first where they are not; `straight`: refuse instead. */
  readonly mode?: 'convert' | 'straight' | undefined;
  /** Told how long each stage took. */
  readonly onStage?: StageListener | undefined;
  /** Called after each row of MCUs; what it throws ends the encoding. */
  readonly checkpoint?: ((doneRows: number, rows: number) => void) | undefined;
}

/** Options with every value checked and every default filled in. */
export interface JpegSettings extends JpegOptions {
  readonly quality: number;
  readonly componentTables: ComponentTables;
  readonly optimizeHuffman: boolean;
  readonly restartInterval: number;
  readonly density: Density;
  readonly backend: 'scalar' | 'simd';
  readonly mode: 'convert' | 'straight';
}

export const JPEG_DEFAULTS = { quality: 75, restartInterval: 0, optimizeHuffman: false, backend: 'simd', mode: 'convert', density: { unit: 'none', x: 1, y: 1 } } as const;

const LONGEST = 65_535;

function checkWhole(name: string, value: number, least: number, remedy: string): void {
  if (Number.isInteger(value) && value >= least && value <= LONGEST) return;
  throw new LabError({ code: 'jpeg/option', what: `The ${name} is a whole number of ${String(least)} … 65 535; ${String(value)} was given.`, remedy, vpiStatus: 'INVALID_ARGUMENT' });
}

/** @throws LabError `jpeg/quality`, `jpeg/tables`, `jpeg/option` */
export function resolveOptions(options: JpegOptions): JpegSettings {
  const quality = options.quality ?? JPEG_DEFAULTS.quality;
  const restartInterval = options.restartInterval ?? JPEG_DEFAULTS.restartInterval;
  const density = options.density ?? JPEG_DEFAULTS.density;
  checkWhole('restart interval', restartInterval, 0, 'Give MCUs between markers, or 0 for none.');
  checkWhole('horizontal density', density.x, 1, 'Give 72 dots an inch, or leave the density out.');
  checkWhole('vertical density', density.y, 1, 'Give 72 dots an inch, or leave the density out.');
  const subsampling: string | undefined = options.subsampling;
  if (subsampling !== undefined && !isJpegChroma(subsampling)) {
    throw new LabError({ code: 'jpeg/subsampling', what: `Baseline JPEG in one scan has no ${subsampling}.`, remedy: `Choose one of ${JPEG_CHROMA.join(', ')}.`, vpiStatus: 'INVALID_ARGUMENT' });
  }
  return {
    ...options, quality, restartInterval, density,
    componentTables: componentTables(quality, options.tables),
    optimizeHuffman: options.optimizeHuffman ?? JPEG_DEFAULTS.optimizeHuffman,
    backend: options.backend ?? JPEG_DEFAULTS.backend,
    mode: options.mode ?? JPEG_DEFAULTS.mode,
  };
}
