import type { SharedRun, SimdCall } from '../../kernels/index.ts';
import { rowsOver, runRows } from '../../kernels/backends/simd/program.ts';

type Rows = ReturnType<typeof rowsOver>;

/** What a thread is told: a module once, then rows to make. */
export type BandMessage =
  | { readonly kind: 'program'; readonly run: Pick<SharedRun, 'program' | 'memory' | 'module'> }
  | { readonly kind: 'rows'; readonly job: number; readonly program: number; readonly memory: WebAssembly.Memory; readonly call: SimdCall; readonly together: number; readonly from: number; readonly to: number }
  /** Answered at once: how long a hand-over takes. */
  | { readonly kind: 'ping'; readonly job: number };

/** `failed`: what went wrong, in words. */
export interface BandReply {
  readonly job: number;
  readonly failed: string | undefined;
}

/** What happens in a thread; the same in a worker of the browser and of Node. */
export class BandRunner {
  private readonly modules = new Map<number, SharedRun['module']>();
  private readonly instances = new Map<number, WeakMap<WebAssembly.Memory, Rows>>();

  /** @returns what to answer; undefined where nobody waits */
  handle(message: BandMessage): BandReply | undefined {
    if (message.kind === 'program') {
      this.modules.set(message.run.program, message.run.module);
      return undefined;
    }
    if (message.kind === 'ping') return { job: message.job, failed: undefined };
    try {
      runRows(this.rowsFor(message.program, message.memory), message.call, message.together, message.from, message.to);
      return { job: message.job, failed: undefined };
    } catch (thrown) {
      return { job: message.job, failed: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }

  private rowsFor(program: number, memory: WebAssembly.Memory): Rows {
    const known = this.instances.get(program) ?? new WeakMap<WebAssembly.Memory, Rows>();
    this.instances.set(program, known);
    const module = this.modules.get(program);
    if (module === undefined) throw new Error(`No module ${String(program)} was sent here.`);
    const rows = known.get(memory) ?? rowsOver(module, memory);
    known.set(memory, rows);
    return rows;
  }
}
