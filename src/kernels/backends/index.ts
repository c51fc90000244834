import { referenceRows } from '../pipeline/evaluate.ts';
import type { Pipeline } from '../pipeline/step.ts';
import { hasWebAssembly } from '../wasm/index.ts';
import type { BackendId, Kernel } from './backend.ts';
import { KernelCache } from './cache.ts';
import { compileScalar } from './scalar/index.ts';
import { compileResampled, isResampled, resampledReason } from './resampled/index.ts';
import { compileSimd, simdReason as sameSizeReason } from './simd/index.ts';

/** Why a pipeline cannot be compiled to SIMD; undefined where it can. */
export const simdReason = (pipeline: Pipeline): string | undefined => (!hasWebAssembly() ? 'there is no WebAssembly here' : isResampled(pipeline) ? resampledReason(pipeline) : sameSizeReason(pipeline));

function compileReference(pipeline: Pipeline): Kernel {
  const prepare: Kernel['prepare'] = (source, target) => referenceRows(pipeline, source, target);
  return { backend: 'reference', prepare, run: (source, target) => prepare(source, target)(0, target.height) };
}

const simdKernels = new KernelCache((pipeline) => (isResampled(pipeline) ? compileResampled(pipeline) : compileSimd(pipeline)));

/**
 * A kernel at once; every backend equals the reference bit for bit.
 * What `simd` cannot do, `scalar` does: the kernel says which it is, `simdReason` why.
 */
export function compile(pipeline: Pipeline, backend: BackendId): Kernel {
  if (backend === 'reference') return compileReference(pipeline);
  return backend === 'simd' && simdReason(pipeline) === undefined ? simdKernels.get(pipeline, backend) : compileScalar(pipeline);
}

/** Below this many pixels, writing and compiling a module takes longer than the plain rows (measured: about 1 ms against 25 ns a pixel). */
const WORTH_COMPILING_PIXELS = 40_000;

/** The quickest backend for a size. */
export function bestBackend({ from }: Pipeline): BackendId {
  return from.width * from.height >= WORTH_COMPILING_PIXELS ? 'simd' : 'scalar';
}

/** As `compile`, for backends that may need time to get ready. */
export async function compilePipeline(pipeline: Pipeline, backend: BackendId): Promise<Kernel> {
  return Promise.resolve(compile(pipeline, backend));
}
