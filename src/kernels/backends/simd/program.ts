import { formatLayout } from '../../image/formatLayout.ts';
import type { Image } from '../../image/types.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import { exportedFunction } from '../../wasm/index.ts';
import type { NumericFunction } from '../../wasm/index.ts';
import type { PlaneAt, SharedRun, SimdCall } from '../backend.ts';
import { SCRATCH_BYTES, hasSingleRows, moduleBytes, rowsTogether } from './module.ts';

/** Makes rows of a pipeline over one memory: those that belong together, and one alone. */
export interface SimdRows {
  readonly rows: NumericFunction;
  readonly single: () => NumericFunction;
}

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
  private readonly modules = new Map<string, WebAssembly.Module>();
  private readonly instances = new WeakMap<WebAssembly.Memory, SimdRows>();

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    this.together = rowsTogether(pipeline);
  }

  /** @param alone for a row alone, which few sizes need: made when one does */
  module(alone: boolean, shared: boolean): WebAssembly.Module {
    const key = `${String(alone)} ${String(shared)}`;
    const made = this.modules.get(key) ?? new WebAssembly.Module(moduleBytes(this.pipeline, alone, shared));
    this.modules.set(key, made);
    return made;
  }

  /** What other threads need. */
  share(memory: WebAssembly.Memory, call: SimdCall): SharedRun {
    return { program: this.id, memory, modules: [this.module(false, true), this.module(hasSingleRows(this.pipeline), true)], together: this.together, call, scratchBytes: SCRATCH_BYTES };
  }

  over(memory: WebAssembly.Memory): SimdRows {
    const known = this.instances.get(memory);
    if (known !== undefined) return known;
    const rows = rowsOver(this.module(false, isShared(memory)), memory);
    let alone: NumericFunction | undefined;
    const single = (): NumericFunction => (alone ??= !hasSingleRows(this.pipeline) ? rows : rowsOver(this.module(true, isShared(memory)), memory));
    this.instances.set(memory, { rows, single });
    return { rows, single };
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
export function runRows({ rows, single }: SimdRows, call: SimdCall, together: number, from: number, to: number): void {
  const { sources, targets, sourceSubY, targetSubY, width, scratch } = call;
  const run = (make: () => NumericFunction, first: number, count: number): void => {
    if (count <= 0) return;
    const places = (planes: readonly PlaneAt[], subY: readonly number[]): number[] => planes.flatMap(({ at, stride }, plane) => [at + Math.floor(first / (subY[plane] ?? 1)) * stride, stride]);
    make()(...places(sources, sourceSubY), ...places(targets, targetSubY), width, count, scratch);
  };
  const start = Math.min(to, Math.ceil(from / together) * together);
  const end = Math.max(start, to - ((to - start) % together));
  run(single, from, start - from);
  run(() => rows, start, end - start);
  run(single, end, to - end);
}
