import { compile, simdReason } from '../../kernels/index.ts';
import type { Engine } from '../../kernels/bench/engine.ts';
import { inTurns } from '../../kernels/bench/frames.ts';
import type { BandPool } from './pool.ts';

/** SIMD in several threads, hand-over included. @param start makes the pool; it is kept for all cases */
export function threadsEngine(count: number, start: () => Promise<BandPool | undefined>): Engine {
  return {
    id: `simd×${String(count)}`, title: `simd × ${String(count)} threads`, says: `The same code in ${String(count)} threads over shared memory; the time includes handing over.`, threads: count, timing: 'transfer',
    absent: ({ pipeline }) => simdReason(pipeline),
    prepare: async ({ pipeline, frames }) => {
      const pool = await start();
      if (pool === undefined) throw new Error('Memory cannot be shared here: the page is not isolated, or there is one processor only.');
      const kernel = compile(pipeline, 'simd');
      const runs = frames.map((frame) => ({ frame, shared: kernel.share?.(frame.source, frame.target), own: kernel.prepare(frame.source, frame.target) }));
      // Fewer threads than the row says would be another measurement.
      const most = Math.min(...runs.map(({ shared }) => shared?.mostThreads ?? count));
      if (most < count) throw new Error(`There is scratch memory for ${String(most)} threads at this width; ${String(count)} were asked.`);
      const next = inTurns(runs);
      const convert = async ({ frame, shared, own }: (typeof runs)[number]): Promise<void> => {
        if (shared === undefined) throw new Error('The frames do not lie in shared memory.');
        await pool.run(shared, 0, frame.target.height, own);
      };
      const [first] = runs;
      return {
        run: () => convert(next()),
        result: async () => {
          if (first === undefined) throw new TypeError('There is no frame.');
          await convert(first);
          return first.frame.target;
        },
      };
    },
  };
}
