import { checkMemory, checkPossible } from '../../header.ts';
import { FLAG, FUNCTION, checkRows, choice, whole } from '../../../arguments.ts';
import type { ArgumentRow } from '../../../arguments.ts';
import { checkBytes } from '../../../image/checks.ts';
import { LabError } from '../../../labError.ts';
import { byteLength } from '../../../image/layout.ts';
import type { Image } from '../../../image/types.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import type { JpegFault } from '../format/segments.ts';
import { PADDING_BYTES } from './bitReader.ts';
import type { ColourDecision, PlaneTarget } from './colour.ts';
import { chooseTarget, decideColour } from './colour.ts';
import type { BlockDecoder } from './engine.ts';
import { FaultList } from './intervals.ts';
import { PictureBuilder, isDirect } from './planes.ts';
import type { JpegFile } from './readFile.ts';
import { MOST_SCANS, readJpegFile } from './readFile.ts';
import { HuffmanDecoder } from './huffmanDecoder.ts';
import { runScan } from './scan.ts';
import { hasWebAssembly } from '../../../wasm/index.ts';

export interface JpegDecodeOptions {
  /** How the inverse transform runs; the samples are the same, `simd` is quicker and the default. 12-bit files take `scalar` in any case. */
  readonly backend?: 'scalar' | 'simd' | undefined;
  /** Decode although more than 512 MiB will be needed: a person agreed. */
  readonly allowLarge?: boolean | undefined;
  /** Scans above this many are left out, which is said; 500 where left out. */
  readonly maxScans?: number | undefined;
  /** Called after each row of MCUs of each scan; what it throws ends the decoding. */
  readonly checkpoint?: ((doneRows: number, rows: number) => void) | undefined;
}

/** A component that has fewer samples than its plane in the picture: each was repeated. */
export interface RepeatedComponent {
  /** Index in the frame header. */
  readonly component: number;
  /** Samples of the plane for one of the file, across and down; no whole number where the file's sampling is fractional. */
  readonly across: number;
  readonly down: number;
}

/** What a file says, and how it was read: the picture's provenance. */
export interface JpegInfo {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 8 or 12. */
  readonly precision: 8 | 12;
  /** `baseline`, `extended sequential`, `progressive`. */
  readonly kind: string;
  readonly progressive: boolean;
  /** As the frame header has them: sampling factors, and samples across and down. */
  readonly components: readonly { readonly id: number; readonly h: number; readonly v: number; readonly width: number; readonly height: number }[];
  /** Of the file, as `4:2:0` where it has a name, else as factors: `2×2,1×2,1×2`. */
  readonly sampling: string;
  readonly format: PixelFormatId;
  readonly colour: ColourDecision;
  readonly jfif: boolean;
  /** Colour transform of Adobe's marker. */
  readonly adobeTransform: number | undefined;
  readonly density: JpegFile['density'];
  readonly scans: number;
  /** MCUs between restart markers, one entry a scan; 0: none. */
  readonly restartIntervals: readonly number[];
  /** The file has no Huffman tables of its own, as Motion JPEG: the standard ones were used. */
  readonly usesStandardTables: boolean;
  /** Empty where every plane has the file's own samples. */
  readonly repeated: readonly RepeatedComponent[];
}

export interface DecodedJpeg {
  /** The file's own planes; R,G,B where they are inks. */
  readonly image: Image;
  readonly info: JpegInfo;
  /** What is damaged, missing or assumed, and where; empty for a sound file whose meaning is certain. */
  readonly warnings: readonly string[];
  /** The same with their kinds. */
  readonly faults: readonly JpegFault[];
}

/** What decoding will take; found without allocating anything of the picture's size. */
export interface JpegNeeds {
  readonly width: number;
  readonly height: number;
  /** Of the picture alone. */
  readonly imageBytes: number;
  /** With coefficients of progressive files, planes that are brought to a finer format, and buffers. */
  readonly bytes: number;
  readonly progressive: boolean;
  readonly components: number;
  readonly scans: number;
}

const NAMED: readonly (readonly [x: number, y: number, name: string])[] = [[1, 1, '4:4:4'], [1, 2, '4:4:0'], [2, 1, '4:2:2'], [2, 2, '4:2:0'], [4, 1, '4:1:1'], [4, 4, '4:1:0']];

function samplingOf({ components, hMax, vMax }: JpegFile['frame']): string {
  if (components.length === 1) return '4:0:0';
  const [first, second] = components;
  const alike = components.slice(1, 3).every(({ h, v }) => h === second.h && v === second.v) && first.h === hMax && first.v === vMax;
  const name = NAMED.find(([x, y]) => alike && second.h * x === hMax && second.v * y === vMax)?.[2];
  return name ?? components.map(({ h, v }) => `${String(h)}×${String(v)}`).join(',');
}

export interface DecodePlan {
  readonly file: JpegFile;
  readonly colour: ColourDecision;
  readonly target: PlaneTarget;
  readonly needs: JpegNeeds;
}

/** @throws LabError `jpeg/unreadable`, `jpeg/process` */
export function planDecoding(bytes: Uint8Array, mostScans?: number): DecodePlan {
  checkBytes(bytes);
  const file = readJpegFile(bytes, mostScans);
  const { frame } = file;
  const colour = decideColour(file);
  const target = chooseTarget(file, colour);
  const sampleBytes = frame.precision === 8 ? 1 : 2;
  const imageBytes = byteLength({ format: target.format, width: frame.width, height: frame.height });
  const own = frame.components.reduce((sum, { width, height }, index) => sum + (isDirect(frame, target, colour, index) ? 0 : width * height * sampleBytes), 0);
  const levels = frame.progressive ? frame.components.reduce((sum, { paddedWide, paddedHigh }) => sum + paddedWide * paddedHigh * 128, 0) : 0;
  const strips = frame.components.reduce((sum, { paddedWide, v }) => sum + paddedWide * v * 64 * sampleBytes, 0);
  const needs = { width: frame.width, height: frame.height, imageBytes, bytes: imageBytes + own + levels + strips + bytes.length + PADDING_BYTES, progressive: frame.progressive, components: frame.components.length, scans: file.scanCount };
  return { file, colour, target, needs };
}

/**
 * What a file claims and what decoding it takes: ask a person before `decodeJpeg` where `bytes` is more than they would expect.
 * @throws LabError `jpeg/unreadable`, `jpeg/process`
 */
export const jpegNeeds = (bytes: Uint8Array): JpegNeeds => planDecoding(bytes).needs;

export function infoOf({ file, colour, target }: DecodePlan): JpegInfo {
  const { frame, jfif, adobeTransform, density, usesStandardTables, scans, scanCount } = file;
  const { width, height, precision, kind, progressive, components, hMax, vMax } = frame;
  const repeated = components.flatMap(({ h, v }, component): readonly RepeatedComponent[] => {
    const { x, y } = target.cells[component];
    const [across, down] = [hMax / h / x, vMax / v / y];
    return across === 1 && down === 1 ? [] : [{ component, across, down }];
  });
  return {
    width, height, precision, kind, progressive, sampling: samplingOf(frame), format: target.format, colour, jfif, adobeTransform, density, usesStandardTables, repeated,
    components: components.map(({ id, h, v, width: own, height: rows }) => ({ id, h, v, width: own, height: rows })),
    scans: scanCount, restartIntervals: scans.map(({ restartInterval }) => restartInterval),
  };
}

/** Assumptions and losses that are no damage. */
function remarks(plan: DecodePlan, info: JpegInfo): readonly JpegFault[] {
  const { colour, file } = plan;
  const says: string[] = [];
  if (colour.isAssumed) says.push(colour.why);
  if (file.usesStandardTables) says.push('There are no Huffman tables for all scans (Motion JPEG leaves them out): the standard ones of T.81, annex K, were used.');
  for (const { component, across, down } of info.repeated) says.push(`Component ${String(component)} has fewer samples than a plane of ${info.format}: each was repeated ${String(Number(across.toFixed(2)))}× across, ${String(Number(down.toFixed(2)))}× down.`);
  if (info.format === 'rgb48le') says.push('R, G, B of 12 bits were brought to 16 bits by repeating their upper bits.');
  if (colour.model === 'cmyk' || colour.model === 'ycck') says.push(`Inks became R, G, B by ink × K / 255${file.frame.precision === 12 ? ', from the upper 8 of 12 bits' : ''}; no ink profile was applied.`);
  if (colour.model === 'grayAndSecond' && info.format !== 'ya8') says.push('The second component is left out: there is no format for it.');
  return says.map((what) => ({ kind: 'colour', what }));
}

const DECODE_OPTION_ROWS: Readonly<Record<keyof JpegDecodeOptions, ArgumentRow<unknown>>> = {
  backend: { ...choice(['scalar', 'simd']), code: 'jpeg/option' },
  allowLarge: { ...FLAG, code: 'jpeg/option' },
  maxScans: { ...whole(1, Number.MAX_SAFE_INTEGER), code: 'jpeg/option', remedy: `Leave it out for ${String(MOST_SCANS)}.` },
  checkpoint: { ...FUNCTION, code: 'jpeg/option' },
};

/**
 * A JPEG as the planes it carries: Huffman-coded baseline, extended and progressive, 8 and 12 bits, 1 … 4 components of any sampling.
 * Samples equal libjpeg-turbo's (“islow”) to the bit. What damage leaves is decoded; `warnings` say what is not as it should be.
 * A cut progressive file is shown as its coefficients are, without libjpeg's smoothing between blocks.
 * @throws LabError `jpeg/unreadable` where there is nothing to show, `jpeg/process` for arithmetic, lossless and hierarchical coding,
 *   `memory/ask` above 512 MiB unless `allowLarge`, `memory/impossible`, `jpeg/option`
 */
export function decodeJpeg(bytes: Uint8Array, options: JpegDecodeOptions = {}): DecodedJpeg {
  checkRows('jpeg', DECODE_OPTION_ROWS, options);
  const plan = planDecoding(bytes, options.maxScans);
  const { file: { frame, scans, faults: found }, needs, target, colour } = plan;
  checkPossible(needs);
  checkMemory(needs, options.allowLarge === true);
  const faults = new FaultList(found);
  const builder = new PictureBuilder(frame, target, colour);
  const decoder: BlockDecoder = new HuffmanDecoder({ bytes, frame, keepsLevels: frame.progressive }, hasWebAssembly() ? (options.backend ?? 'simd') : 'scalar');
  try {
    const latched = new Set<number>();
    const decoded = scans.filter((scan) => runScan({ bytes, frame, decoder, latched, faults, checkpoint: options.checkpoint }, scan, builder));
    if (decoded.length === 0) throw new LabError({ code: 'jpeg/unreadable', what: `None of the ${String(scans.length)} scans could be read: ${faults.all[faults.all.length - 1]?.what ?? ''}`, remedy: 'The file is damaged or cut short; get it again from its source.' });
    if (frame.progressive) {
      for (let row = 0; row < frame.mcuRows; row += 1) {
        decoder.transformRow(row);
        for (const [component, { v }] of frame.components.entries()) builder.put(component, decoder.strips[component], row * v * 8, v * 8);
      }
    }
  } finally {
    decoder.release();
  }
  const info = infoOf(plan);
  for (const { kind, what } of remarks(plan, info)) faults.add(kind, what);
  return { image: builder.finish(), info, warnings: faults.all.map(({ what }) => what), faults: faults.all };
}
