import { BYTES, FLAG, FUNCTION, OBJECT, TEXT, checkArgument, checkRows, choice, whole } from '../../arguments.ts';
import type { ArgumentRow, Kind } from '../../arguments.ts';
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

const OWN_TABLES: Kind<OwnTables> = { says: 'an object with the table y, and cb and cr where they differ', is: (value): value is OwnTables => OBJECT.is(value) && 'y' in value && [value.y, 'cb' in value ? value.cb : undefined, 'cr' in value ? value.cr : undefined].every((table, index) => (table === undefined && index > 0) || Array.isArray(table) || ArrayBuffer.isView(table)) };

const DENSITY_ROWS = {
  unit: { title: 'unit of the density', ...choice(['none', 'inch', 'cm']), code: 'jpeg/option' },
  x: { title: 'horizontal density', ...whole(1, LONGEST), code: 'jpeg/option', remedy: 'Give 72 dots an inch, or leave the density out.' },
  y: { title: 'vertical density', ...whole(1, LONGEST), code: 'jpeg/option', remedy: 'Give 72 dots an inch, or leave the density out.' },
};

/** What each option may be. */
const JPEG_OPTION_ROWS: Readonly<Record<keyof JpegSettings, ArgumentRow<unknown>>> = {
  quality: { ...whole(1, 100), code: 'jpeg/quality', remedy: 'Give 75 for ordinary pictures, 90 or more where details count.' },
  tables: { ...OWN_TABLES, code: 'jpeg/tables', remedy: 'Give 64 whole steps of 1 … 255, row by row.' },
  subsampling: { ...choice(JPEG_CHROMA), code: 'jpeg/subsampling' },
  optimizeHuffman: { ...FLAG, code: 'jpeg/option' },
  restartInterval: { ...whole(0, LONGEST), code: 'jpeg/option', remedy: 'Give MCUs between markers, or 0 for none.' },
  comment: { ...TEXT, code: 'jpeg/option' },
  density: { ...OBJECT, code: 'jpeg/option' },
  exif: { ...BYTES, code: 'jpeg/option' },
  backend: { ...choice(['scalar', 'simd']), code: 'jpeg/option' },
  mode: { ...choice(['convert', 'straight']), code: 'jpeg/option' },
  onStage: { ...FUNCTION, code: 'jpeg/option' },
  checkpoint: { ...FUNCTION, code: 'jpeg/option' },
  // Of parameters that a channel gave out, to be set again: made anew from quality and tables.
  componentTables: OBJECT,
};

/** @throws LabError `jpeg/options`, `jpeg/quality`, `jpeg/tables`, `jpeg/subsampling`, `jpeg/option` for anything else */
export function resolveOptions(options: JpegOptions): JpegSettings {
  checkRows('jpeg', JPEG_OPTION_ROWS, options);
  const quality = options.quality ?? JPEG_DEFAULTS.quality;
  const restartInterval = options.restartInterval ?? JPEG_DEFAULTS.restartInterval;
  const density = options.density ?? JPEG_DEFAULTS.density;
  checkRows('jpeg', DENSITY_ROWS, density);
  for (const name of ['unit', 'x', 'y'] as const) checkArgument(density[name], `the ${DENSITY_ROWS[name].title}`, DENSITY_ROWS[name], 'jpeg/option');
  return {
    ...options, quality, restartInterval, density,
    componentTables: componentTables(quality, options.tables),
    optimizeHuffman: options.optimizeHuffman ?? JPEG_DEFAULTS.optimizeHuffman,
    backend: options.backend ?? JPEG_DEFAULTS.backend,
    mode: options.mode ?? JPEG_DEFAULTS.mode,
  };
}
