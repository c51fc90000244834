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

/** Where a row of one plane waits in the module's memory. */
interface Slot {
  readonly plane: number;
  readonly subY: number;
  readonly at: number;
  readonly rowBytes: number;
}

interface RowModule {
  readonly bytes: Uint8Array;
  readonly sources: readonly Slot[];
  readonly targets: readonly Slot[];
  /** Rows by how many luma rows of the destination repeat: the first has all planes, the others only those at full height. */
  readonly all: NumericFunction;
  readonly fullHeightOnly: NumericFunction;
}

function slots(spec: ImageSpec, from: number): { readonly slots: readonly Slot[]; readonly end: number } {
  let at = from;
  const made = formatLayout(spec.format).planes.map(({ subY }, plane): Slot => {
    const { rowBytes } = rowSizes(spec, plane);
    const slot = { plane, subY, at, rowBytes };
    at += Math.ceil((rowBytes + SLACK_BYTES) / 64) * 64;
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
  const sources = slots(pipeline.from, 64);
  const targets = slots(pipeline.to, sources.end);
  const module = new ModuleBuilder();
  module.ownMemory({ initial: Math.ceil(targets.end / PAGE_BYTES) });
  const isFull = (plane: number): boolean => targets.slots[plane]?.subY === 1;
  module.function('all', 'nothing', (f) => emitRowFunction(f, pipeline, () => true, constantsOf(pipeline, () => true)));
  module.function('fullHeightOnly', 'nothing', (f) => emitRowFunction(f, pipeline, isFull, constantsOf(pipeline, isFull)));
  const instance = instantiate(module.toBytes());
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError('The module has no memory.');
  return { bytes: new Uint8Array(memory.buffer), sources: sources.slots, targets: targets.slots, all: exportedFunction(instance, 'all'), fullHeightOnly: exportedFunction(instance, 'fullHeightOnly') };
}

function copyIn(bytes: Uint8Array, image: Image, { plane, at, rowBytes }: Slot, row: number): void {
  const from = image.planes[plane];
  if (from !== undefined) bytes.set(from.bytes.subarray(row * from.stride, row * from.stride + rowBytes), at);
}

function copyOut(bytes: Uint8Array, image: Image, { plane, at, rowBytes }: Slot, row: number): void {
  const to = image.planes[plane];
  if (to !== undefined) to.bytes.set(bytes.subarray(at, at + rowBytes), row * to.stride);
}

/**
 * One fused WebAssembly SIMD loop, written for this pipeline: eight pixels a round, every step in registers.
 * Ask `simdReason` first.
 */
export function compileSimd(pipeline: Pipeline): Kernel {
  const { bytes, sources, targets, all, fullHeightOnly } = buildModule(pipeline);
  const rounds = Math.ceil(pipeline.to.width / PIXELS);
  const pointers = [...sources, ...targets].map(({ at }) => at);
  const isShared = targets.some(({ subY }) => subY > 1);
  // Two runs of one kernel may take turns; each brings its own rows again when the other was there.
  let lastRun: readonly number[] | undefined;
  const prepare: Kernel['prepare'] = (source, target) => {
    const present = new Array<number>(sources.length).fill(-1);
    return (from, to) => {
      if (lastRun !== present) present.fill(-1);
      lastRun = present;
      for (let y = from; y < to; y += 1) {
        for (const [index, slot] of sources.entries()) {
          const row = Math.floor(y / slot.subY);
          if (present[index] === row) continue;
          copyIn(bytes, source, slot, row);
          present[index] = row;
        }
        const hasAll = !isShared || targets.every(({ subY }) => y % subY === 0);
        (hasAll ? all : fullHeightOnly)(...pointers, rounds);
        for (const slot of targets) if (y % slot.subY === 0) copyOut(bytes, target, slot, y / slot.subY);
      }
    };
  };
  return { backend: 'simd', prepare, run: (source, target) => prepare(source, target)(0, target.height) };
}
