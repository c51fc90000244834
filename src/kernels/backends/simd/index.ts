import { formatLayout } from '../../image/formatLayout.ts';
import { rowSizes } from '../../image/layout.ts';
import type { Image, ImageSpec } from '../../image/types.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import { FunctionBuilder, ModuleBuilder, exportedFunction, instantiate } from '../../wasm/index.ts';
import type { NumericFunction } from '../../wasm/index.ts';
import type { Kernel } from '../backend.ts';
import type { Vector } from './emitter.ts';
import { PIXELS } from './memory.ts';
import { emitRowFunction } from './rowProgram.ts';

export { simdReason } from './support.ts';

const PAGE_BYTES = 65_536;
/** A round reads and writes whole vectors, up to this far past a row. */
const SLACK_BYTES = 256;
/** Luma rows that are brought into the module's memory at once: few enough to stay in the nearest caches. */
const BAND_ROWS = 16;

/** Where a band of one plane's rows waits in the module's memory. */
interface Slot {
  readonly plane: number;
  readonly subY: number;
  readonly at: number;
  readonly rowBytes: number;
  /** Bytes from row to row, in the module's memory. */
  readonly stride: number;
}

interface RowModule {
  readonly memory: WebAssembly.Memory;
  /** Makes one row of every plane, or of those at full height only: the rows between chroma rows. */
  readonly all: NumericFunction;
  readonly fullHeightOnly: NumericFunction;
}

/** @param strides of the images' own planes for what is read; what is written waits without padding */
function slots(spec: ImageSpec, from: number, strides?: readonly number[]): { readonly slots: readonly Slot[]; readonly end: number } {
  let at = from;
  const made = formatLayout(spec.format).planes.map(({ subY }, plane): Slot => {
    const { rowBytes } = rowSizes(spec, plane);
    const stride = Math.max(rowBytes, strides?.[plane] ?? rowBytes);
    const slot = { plane, subY, at, rowBytes, stride };
    at += Math.ceil((stride * (Math.ceil(BAND_ROWS / subY) + 1) + SLACK_BYTES) / 64) * 64;
    return slot;
  });
  return { slots: made, end: at };
}

/** Constants are found by writing the function once for nothing. */
function constantsOf(pipeline: Pipeline, hasPlane: (plane: number) => boolean): Map<string, Vector> {
  const constants = new Map<string, Vector>();
  emitRowFunction(new FunctionBuilder(), pipeline, hasPlane, constants);
  return constants;
}

function buildModule(pipeline: Pipeline): RowModule {
  const module = new ModuleBuilder();
  module.ownMemory({ initial: 1 });
  const { planes } = formatLayout(pipeline.to.format);
  const isFull = (plane: number): boolean => planes[plane]?.subY === 1;
  module.function('all', 'nothing', (f) => emitRowFunction(f, pipeline, () => true, constantsOf(pipeline, () => true)));
  module.function('fullHeightOnly', 'nothing', (f) => emitRowFunction(f, pipeline, isFull, constantsOf(pipeline, isFull)));
  const instance = instantiate(module.toBytes());
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('The module has no memory.');
  return { memory, all: exportedFunction(instance, 'all'), fullHeightOnly: exportedFunction(instance, 'fullHeightOnly') };
}

/** Rows of a plane that luma rows from ≤ y < to touch. */
const planeRows = ({ subY }: Slot, from: number, to: number): { readonly first: number; readonly count: number } => {
  const first = Math.floor(from / subY);
  return { first, count: Math.ceil(to / subY) - first };
};

function copyIn(bytes: Uint8Array, image: Image, slot: Slot, from: number, to: number): void {
  const plane = image.planes[slot.plane];
  if (plane === undefined) return;
  const { first, count } = planeRows(slot, from, to);
  const start = first * plane.stride;
  bytes.set(plane.bytes.subarray(start, start + plane.stride * (count - 1) + slot.rowBytes), slot.at);
}

/** Only samples are written: a padded destination gets its rows one by one. */
function copyOut(bytes: Uint8Array, image: Image, slot: Slot, from: number, to: number): void {
  const plane = image.planes[slot.plane];
  if (plane === undefined) return;
  const first = Math.ceil(from / slot.subY);
  const count = Math.ceil(to / slot.subY) - first;
  const { at, rowBytes } = slot;
  if (plane.stride === rowBytes) {
    plane.bytes.set(bytes.subarray(at, at + rowBytes * count), first * rowBytes);
    return;
  }
  for (let row = 0; row < count; row += 1) plane.bytes.set(bytes.subarray(at + row * rowBytes, at + (row + 1) * rowBytes), (first + row) * plane.stride);
}

/** The memory's bytes, grown to at least `needed`. */
function grown(memory: WebAssembly.Memory, needed: number): Uint8Array {
  const missing = needed - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  return new Uint8Array(memory.buffer);
}

/**
 * One fused WebAssembly SIMD loop, written for this pipeline: eight pixels a round, every step in registers.
 * Ask `simdReason` first.
 */
export function compileSimd(pipeline: Pipeline): Kernel {
  const { memory, all, fullHeightOnly } = buildModule(pipeline);
  const rounds = Math.ceil(pipeline.to.width / PIXELS);
  const prepare: Kernel['prepare'] = (source, target) => {
    const sources = slots(pipeline.from, 64, source.planes.map(({ stride }) => stride));
    const targets = slots(pipeline.to, sources.end);
    const band = (from: number, to: number): void => {
      // Another run of the same kernel may have grown the memory, or left its rows: each band brings its own.
      const bytes = grown(memory, targets.end);
      for (const slot of sources.slots) copyIn(bytes, source, slot, from, to);
      for (let y = from; y < to; y += 1) {
        const read = sources.slots.map(({ at, stride, subY }) => at + (Math.floor(y / subY) - Math.floor(from / subY)) * stride);
        const written = targets.slots.map(({ at, stride, subY }) => at + (Math.ceil(y / subY) - Math.ceil(from / subY)) * stride);
        const hasAll = targets.slots.every(({ subY }) => y % subY === 0);
        (hasAll ? all : fullHeightOnly)(...read, ...written, rounds);
      }
      for (const slot of targets.slots) copyOut(bytes, target, slot, from, to);
    };
    return (from, to) => {
      for (let first = from; first < to; first += BAND_ROWS) band(first, Math.min(to, first + BAND_ROWS));
    };
  };
  return { backend: 'simd', prepare, run: (source, target) => prepare(source, target)(0, target.height) };
}
