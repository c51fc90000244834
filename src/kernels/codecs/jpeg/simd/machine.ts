import type { NumericFunction } from '../../../wasm/index.ts';
import { exportedFunction } from '../../../wasm/index.ts';
import { buildJpegModule } from './module.ts';

const PAGE_BYTES = 65_536;

/** One instance of the module with a memory of its own. */
export interface JpegMachine {
  readonly memory: WebAssembly.Memory;
  readonly transform: Readonly<Record<1 | 2 | 4, NumericFunction>>;
  readonly count: NumericFunction;
  readonly encode: NumericFunction;
  readonly stuff: NumericFunction;
  readonly flush: NumericFunction;
}

let compiled: WebAssembly.Module | undefined;
/** Machines that nobody uses; a picture after the first finds its memory ready. */
const idle: JpegMachine[] = [];

function createMachine(pages: number): JpegMachine {
  compiled ??= new WebAssembly.Module(buildJpegModule());
  const memory = new WebAssembly.Memory({ initial: pages, maximum: PAGE_BYTES });
  const instance = new WebAssembly.Instance(compiled, { env: { memory } });
  const named = (name: string): NumericFunction => exportedFunction(instance, name);
  return { memory, transform: { 1: named('transform1'), 2: named('transform2'), 4: named('transform4') }, count: named('count'), encode: named('encode'), stuff: named('stuff'), flush: named('flush') };
}

/** A machine with at least so many bytes of memory; give it back with `returnMachine`. */
export function borrowMachine(bytes: number): JpegMachine {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const machine = idle.pop() ?? createMachine(pages);
  const missing = pages - machine.memory.buffer.byteLength / PAGE_BYTES;
  if (missing > 0) machine.memory.grow(missing);
  return machine;
}

export function returnMachine(machine: JpegMachine): void {
  idle.push(machine);
}
