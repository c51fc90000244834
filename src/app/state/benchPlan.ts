import { BENCH_CASES } from '../../kernels/tables/benchCases.ts';
import type { BenchPlan } from '../../workers/bench/client.ts';

/** The ten conversions at one size, by what a person would use: half a minute. */
export const START_PLAN: BenchPlan = { cases: BENCH_CASES.filter(({ colorSpec }) => colorSpec === undefined).map(({ id }) => id), sizes: [[1920, 1080]], engines: ['copy', 'scalar', 'simd', 'copyTo', 'canvas', 'jpeg-js'], threads: [2], method: 'median', seconds: 1.2 };
