import { rowSizes } from '../../image/layout.ts';
import { wrapImage } from '../../image/image.ts';
import type { Image } from '../../image/types.ts';
import { resampleAxes } from '../../pipeline/steps/resample.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import { ModuleBuilder, exportedFunction, instantiate } from '../../wasm/index.ts';
import type { NumericFunction } from '../../wasm/index.ts';
import type { Kernel } from '../backend.ts';
import { compileSimd } from '../simd/index.ts';
import { emitBox, emitGather } from './emit.ts';
import type { Front, Unit } from './front.ts';
import { splitResample } from './front.ts';

const PAGE_BYTES = 65_536;
/** Whole vectors are read and written, up to this far past a row. */
const SLACK_BYTES = 64;
/** Rows of the smaller picture that are made before the rest of the pipeline takes them: few enough to stay in the nearest caches. */
const BAND_ROWS = 32;

const aligned = (bytes: number): number => Math.ceil(bytes / 64) * 64;

export const isResampled = ({ steps }: Pipeline): boolean => steps.some(({ kind }) => kind === 'resample');

/** Why a pipeline that changes the size cannot be compiled to SIMD; undefined where it can. */
export function resampledReason(pipeline: Pipeline): string | undefined {
  const split = splitResample(pipeline);
  return 'reason' in split ? split.reason : undefined;
}

/** Where everything of one unit lies in the module's memory. */
interface Place {
  readonly unit: Unit;
  readonly rowBytes: number;
  /** The source's rows, `rowStride` bytes apart; interleaved samples are first put together in `rows`. */
  readonly raw: number;
  readonly rows: number;
  readonly rowStride: number;
  /** Samples of a row that is averaged, edges repeated. */
  readonly samples: number;
  /** One i32 a sample: its byte in the row. */
  readonly table: number;
  readonly takes: Int32Array;
  readonly rowOf: (y: number) => readonly number[];
}

const isBox = ({ box }: Unit): boolean => box.x * box.y > 1;

function placeUnit({ step, inner }: Front, from: Pipeline['from'], unit: Unit, start: number): { readonly place: Place; readonly end: number } {
  const { sub, box } = unit;
  const own = { width: Math.ceil(from.width / sub.x), height: Math.ceil(from.height / sub.y) };
  const { x, y } = resampleAxes({ ...step, filter: 'nearest' });
  const first = (taps: readonly { readonly at: number }[]): number => taps[0]?.at ?? 0;
  const samples = inner.from.width * box.x;
  const columns = isBox(unit) ? Array.from({ length: samples }, (_, column) => Math.min(column, own.width - 1)) : Array.from({ length: inner.from.width }, (_, column) => Math.floor(first(x.taps(column)) / sub.x));
  const takes = Int32Array.from(columns, unit.byteOf);
  const rowOf = (row: number): readonly number[] => (isBox(unit) ? Array.from({ length: box.y }, (_, index) => Math.min(row * box.y + index, own.height - 1)) : [Math.floor(first(y.taps(row)) / sub.y)]);
  const { rowBytes } = rowSizes(from, unit.plane);
  const rowStride = aligned(Math.max(rowBytes, samples * unit.bytes) + SLACK_BYTES);
  const raw = aligned(start);
  const rows = raw + rowStride * box.y;
  const table = rows + rowStride * box.y;
  return { place: { unit, rowBytes, raw, rows, rowStride, samples, table, takes, rowOf }, end: table + takes.byteLength + SLACK_BYTES };
}

const boxName = ({ bytes, box }: Unit): string => `box${String(bytes)} ${String(box.x)} by ${String(box.y)}`;
const gatherName = (bytes: number): string => `gather${String(bytes)}`;

function buildModule(units: readonly Unit[], bytes: number): { readonly memory: WebAssembly.Memory; readonly call: (name: string) => NumericFunction } {
  const module = new ModuleBuilder();
  module.ownMemory({ initial: Math.ceil(bytes / PAGE_BYTES) + 1 });
  for (const size of new Set(units.map((unit) => unit.bytes))) module.function(gatherName(size), 'nothing', (f) => { emitGather(f, size); });
  const boxes = new Map(units.filter(isBox).map((unit) => [boxName(unit), unit]));
  for (const [name, { bytes: size, box }] of boxes) module.function(name, 'nothing', (f) => { emitBox(f, size, box.x, box.y); });
  const instance = instantiate(module.toBytes());
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('The module has no memory.');
  return { memory, call: (name) => exportedFunction(instance, name) };
}

/** Writes one row of one unit of the smaller picture. */
function rowMaker({ unit, rowBytes, raw, rows, rowStride, samples, table, rowOf }: Place, bytes: Uint8Array, call: (name: string) => NumericFunction): (source: Image, y: number, target: number) => void {
  const gather = call(gatherName(unit.bytes));
  const box = isBox(unit) ? call(boxName(unit)) : undefined;
  const rounds = Math.ceil((samples * unit.bytes) / (unit.bytes === 3 ? 12 : 16));
  const lastPixel = rowBytes - unit.bytes;
  return (source, y, target) => {
    const plane = source.planes[unit.plane];
    if (plane === undefined) return;
    for (const [index, row] of rowOf(y).entries()) {
      const at = raw + index * rowStride;
      bytes.set(plane.bytes.subarray(row * plane.stride, row * plane.stride + rowBytes), at);
      if (box === undefined) gather(at, table, target, samples);
      else if (!unit.isAlone) gather(at, table, rows + index * rowStride, samples);
      else for (let end = rowBytes; end < samples * unit.bytes; end += unit.bytes) bytes.copyWithin(at + end, at + lastPixel, at + rowBytes);
    }
    box?.(unit.isAlone ? raw : rows, rowStride, target, rounds);
  };
}

/**
 * A change of size in two SIMD passes over a few rows at a time: a strided or averaging load into a small picture that stays in the
 * caches, then the fused loop for the rest of the pipeline. Ask `resampledReason` first.
 */
export function compileResampled(pipeline: Pipeline): Kernel {
  const split = splitResample(pipeline);
  if ('reason' in split) throw new TypeError(split.reason);
  const { front } = split;
  const spec = front.inner.from;
  let end = 64;
  const places = front.units.map((unit) => { const made = placeUnit(front, pipeline.from, unit, end); end = made.end; return made.place; });
  const start = aligned(end);
  const strides = rowStrides(front);
  const sizes = strides.map((stride) => stride * spec.height + SLACK_BYTES);
  const offsets = sizes.map((_, plane) => sizes.slice(0, plane).reduce((sum, size) => sum + size, 0));
  const { memory, call } = buildModule(front.units, start + sizes.reduce((sum, size) => sum + size, 0));
  const bytes = new Uint8Array(memory.buffer);
  for (const { takes, table } of places) new Int32Array(memory.buffer, table, takes.length).set(takes);
  const small = wrapImage(bytes.subarray(start), { ...spec, strides, offsets });
  const makers = places.map((place) => ({ make: rowMaker(place, bytes, call), at: start + (offsets[place.unit.toPlane] ?? 0), stride: strides[place.unit.toPlane] ?? 0 }));
  const rest = compileSimd(front.inner);
  const prepare: Kernel['prepare'] = (source, target) => {
    const finish = rest.prepare(small, target);
    return (from, to) => {
      for (let first = from; first < to; first += BAND_ROWS) {
        const last = Math.min(to, first + BAND_ROWS);
        const [above, below] = [Math.max(0, first - margin(front)), Math.min(spec.height, last + margin(front))];
        for (let y = above; y < below; y += 1) for (const { make, at, stride } of makers) make(source, y, at + y * stride);
        finish(first, last);
      }
    };
  };
  return { backend: 'simd', prepare, run: (source, target) => prepare(source, target)(0, target.height) };
}

/** Rows beyond a band that its chroma may look at. */
const margin = ({ inner }: Front): number => (inner.steps.some((step) => step.kind === 'downsample' && step.filter !== 'nearest') ? 8 : 0);

function rowStrides({ inner, units }: Front): readonly number[] {
  const count = Math.max(...units.map(({ toPlane }) => toPlane)) + 1;
  const planes = inner.from.format === 'yuv444p' ? 3 : count;
  return Array.from({ length: planes }, (_, plane) => aligned(rowSizes(inner.from, plane).rowBytes));
}
