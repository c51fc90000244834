import { median } from 'simple-statistics';
import { rowsModule } from '../backends/simd/loop/module.ts';
import { simdReason } from '../backends/index.ts';
import { planConversion } from '../pipeline/plan.ts';
import type { BenchCase } from '../tables/benchCases.ts';

/** How long a conversion takes to get ready: its module written from the list of steps, and compiled. */
export interface CompilationRow {
  readonly case: string;
  readonly moduleBytes: number;
  /** Milliseconds of the first time here, when what the steps come to is not known yet and the compiler of the page's own code may be cold. */
  readonly firstMs: number;
  /** Milliseconds, median of the other times. */
  readonly medianMs: number;
}

const TIMES = 15;
/** The module is the same for every size. */
const SIZE = { width: 1920, height: 1080 } as const;

/** Writes and compiles a case's module again and again, without the cache that holds it otherwise. @returns undefined where it is not compiled */
export function measureCompilation({ id, from, to, scale, offset, colorSpec }: BenchCase, now: () => number): CompilationRow | undefined {
  const pipeline = planConversion({ format: from, ...SIZE, colorSpec }, { format: to, ...SIZE }, { scale, offset });
  if (simdReason(pipeline) !== undefined) return undefined;
  let moduleBytes = 0;
  const [firstMs = 0, ...others] = Array.from({ length: TIMES }, () => {
    const start = now();
    const { bytes } = rowsModule(pipeline, false);
    new WebAssembly.Module(bytes);
    moduleBytes = bytes.length;
    return now() - start;
  });
  return { case: id, moduleBytes, firstMs, medianMs: median(others) };
}
