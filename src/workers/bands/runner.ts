import type { SimdCall } from '../../kernels/index.ts';
import { rowsOver, runRows } from '../../kernels/backends/simd/loop/program.ts';
import { takeRows } from './claims.ts';
import type { Claims } from './claims.ts';

type Rows = ReturnType<typeof rowsOver>;

/** What a thread is told: a module and the memory that it is to run over once, then which rows there are to be made. */
export type BandMessage =
  | { readonly kind: 'program'; readonly program: string; readonly memory: WebAssembly.Memory; readonly module: WebAssembly.Module }
  | { readonly kind: 'rows'; readonly job: number; readonly program: string; readonly call: SimdCall; readonly together: number; readonly claims: Claims }
  /** Programs told so far are not asked for again. */
  | { readonly kind: 'forget' }
  /** Answered at once: how long a hand-over takes. */
  | { readonly kind: 'ping'; readonly job: number };

/** `failed`: what went wrong, in words. */
export interface BandReply {
  readonly job: number;
  readonly failed: string | undefined;
}

/** What happens in a thread; the same in a worker of the browser and of Node. */
export class BandRunner {
  private readonly programs = new Map<string, Rows>();

  /** @returns what to answer; undefined where nobody waits */
  handle(message: BandMessage): BandReply | undefined {
    switch (message.kind) {
      case 'program': this.programs.set(message.program, rowsOver(message.module, message.memory)); return undefined;
      case 'forget': this.programs.clear(); return undefined;
      case 'ping': return { job: message.job, failed: undefined };
      case 'rows': return { job: message.job, failed: this.makeRows(message) };
    }
  }

  private makeRows({ program, call, together, claims }: Extract<BandMessage, { kind: 'rows' }>): string | undefined {
    const rows = this.programs.get(program);
    if (rows === undefined) return `no program ${program} was sent there`;
    try {
      takeRows(claims, (from, to) => { runRows(rows, call, together, from, to); });
      return undefined;
    } catch (thrown) {
      return thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
}
