import { cpus } from 'node:os';
import { timerStep } from '../../src/kernels/bench/measure.ts';
import type { Machine } from '../../src/kernels/bench/report.ts';

/** What the figures were measured on. */
export function machine(): Machine {
  const [first] = cpus();
  return { cpu: first?.model ?? 'unknown', threads: cpus().length, runtime: `Node ${process.versions.node}, V8 ${process.versions.v8}, ${process.platform} ${process.arch}`, date: new Date().toISOString(), isolated: true, timerStepMs: timerStep(() => performance.now()) };
}
