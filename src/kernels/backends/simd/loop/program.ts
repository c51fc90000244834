import { ARENA_SCRATCH_BYTES } from '../../../image/arena.ts';
import { formatLayout } from '../../../image/formatLayout.ts';
import type { Image } from '../../../image/types.ts';
import type { Pipeline } from '../../../pipeline/step.ts';
import { exportedFunction } from '../../../wasm/index.ts';
import type { NumericFunction } from '../../../wasm/index.ts';
import type { PlaneAt, SharedRun, SimdCall } from '../../backend.ts';
import { rowsModule, rowsTogether } from './module.ts';
import type { RowsModule } from './module.ts';

export const isShared = ({ buffer }: WebAssembly.Memory): boolean => typeof SharedArrayBuffer !== 'undefined' && buffer instanceof SharedArrayBuffer;

/** The `rows` of a module over a memory. */
export const rowsOver = (module: WebAssembly.Module, memory: WebAssembly.Memory): NumericFunction => exportedFunction(new WebAssembly.Instance(module, { images: { memory } }), 'rows');

let nextId = 1;

/** A pipeline's modules, made once a kind of memory, and their instances, one a memory. */
export class SimdProgram {
  /** Luma rows that belong together. */
  readonly together: number;
  private readonly id = nextId++;
  private readonly pipeline: Pipeline;
  private readonly modules = new Map<boolean, { readonly module: WebAssembly.Module; readonly made: RowsModule }>();
  private readonly instances = new WeakMap<WebAssembly.Memory, NumericFunction>();

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    this.together = rowsTogether(pipeline);
  }

  /** Scratch that a run over images of a width needs. */
  scratchBytes(width: number): number {
    return this.module(false).made.scratchBytes(width);
  }

  /** What other threads need; undefined where not even two threads' scratch fits beside each other: behind it lie images. */
  share(memory: WebAssembly.Memory, call: SimdCall): SharedRun | undefined {
    const { module, made } = this.module(true);
    const scratchBytes = made.scratchBytes(call.width);
    const mostThreads = Math.floor((ARENA_SCRATCH_BYTES - call.scratch) / scratchBytes);
    return mostThreads < 2 ? undefined : { program: this.id, memory, module, together: this.together, call, scratchBytes, mostThreads };
  }

  over(memory: WebAssembly.Memory): NumericFunction {
    const known = this.instances.get(memory) ?? rowsOver(this.module(isShared(memory)).module, memory);
    this.instances.set(memory, known);
    return known;
  }

  private module(shared: boolean): { readonly module: WebAssembly.Module; readonly made: RowsModule } {
    const known = this.modules.get(shared);
    if (known !== undefined) return known;
    const made = rowsModule(this.pipeline, shared);
    const compiled = { made, module: new WebAssembly.Module(made.bytes) };
    this.modules.set(shared, compiled);
    return compiled;
  }
}

const placesOf = ({ planes }: Image, count: number): readonly PlaneAt[] => planes.slice(0, count).map(({ bytes, stride }) => ({ at: bytes.byteOffset, stride }));

const subYs = (pipeline: Pipeline, side: 'from' | 'to'): readonly number[] => formatLayout(pipeline[side].format).planes.map(({ subY }) => subY);

/** The call for images that lie in one memory. @param scratch where the last columns may be put together */
export function callFor(pipeline: Pipeline, source: Image, target: Image, scratch: number): SimdCall {
  const [sourceSubY, targetSubY] = [subYs(pipeline, 'from'), subYs(pipeline, 'to')];
  return { sources: placesOf(source, sourceSubY.length), targets: placesOf(target, targetSubY.length), sourceSubY, targetSubY, width: target.width, scratch };
}

/** Makes the luma rows from ≤ y < to. */
export function runRows(rows: NumericFunction, { sources, targets, sourceSubY, targetSubY, width, scratch }: SimdCall, together: number, from: number, to: number): void {
  const places = (planes: readonly PlaneAt[], subY: readonly number[]): number[] => planes.flatMap(({ at, stride }, plane) => [at + Math.floor(from / (subY[plane] ?? 1)) * stride, stride]);
  rows(...places(sources, sourceSubY), ...places(targets, targetSubY), width, to - from, from % together, scratch);
}
