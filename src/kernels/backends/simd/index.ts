import { ARENA_SCRATCH_BYTES, memoryOf } from '../../image/arena.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import type { Kernel } from '../backend.ts';
import { SimdProgram, callFor, isShared, runRows } from './loop/program.ts';
import { Staging } from './loop/staging.ts';

export { simdReason } from './support.ts';

/**
 * One fused WebAssembly SIMD loop, written for this pipeline, every step in registers. Images that share a memory (see `allocImage`)
 * are read and written where they are; others are brought there a few rows at a time. Ask `simdReason` first.
 */
export function compileSimd(pipeline: Pipeline): Kernel {
  const program = new SimdProgram(pipeline);
  const prepare: Kernel['prepare'] = (source, target) => {
    const memory = memoryOf([...source.planes, ...target.planes]);
    if (memory === undefined || program.scratchBytes(target.width) > ARENA_SCRATCH_BYTES) return new Staging(program).prepare(source, target);
    const [rows, call] = [program.over(memory.memory), callFor(pipeline, source, target, memory.scratch)];
    return (from, to) => { runRows(rows, call, program.together, from, to); };
  };
  const share: Kernel['share'] = (source, target) => {
    const found = memoryOf([...source.planes, ...target.planes]);
    return found === undefined || !isShared(found.memory) ? undefined : program.share(found.memory, callFor(pipeline, source, target, found.scratch));
  };
  return { backend: 'simd', prepare, share, run: (source, target) => prepare(source, target)(0, target.height) };
}
