import { checkChoice } from '../image/checks.ts';
import { checkPipeline } from '../pipeline/model.ts';
import { CONVERT_OPTIONS } from '../pipeline/options.ts';
import { referenceRows } from '../pipeline/evaluate.ts';
import type { Pipeline } from '../pipeline/step.ts';
import { hasWebAssembly } from '../wasm/index.ts';
import type { BackendId, Kernel } from './backend.ts';
import { KernelCache } from './cache.ts';
import { compileScalar } from './scalar/index.ts';
import { compileResampled, isResampled, resampledReason } from './resampled/index.ts';
import { compileSimd, simdReason as sameSizeReason } from './simd/index.ts';

/** Why a pipeline cannot be compiled to SIMD; undefined where it can. */
export function simdReason(pipeline: Pipeline): string | undefined {
  checkPipeline(pipeline);
  if (!hasWebAssembly()) return 'there is no WebAssembly here';
  return isResampled(pipeline) ? resampledReason(pipeline) : sameSizeReason(pipeline);
}

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
  checkPipeline(pipeline);
  checkChoice('convert/backend', 'The backend', CONVERT_OPTIONS.backend.values ?? [], backend);
  if (backend === 'reference') return compileReference(pipeline);
  return backend === 'simd' && simdReason(pipeline) === undefined ? simdKernels.get(pipeline, backend) : compileScalar(pipeline);
}

/** Below this many pixels, writing and compiling a module takes longer than the plain rows (measured: about 1 ms against 25 ns a pixel). */
const WORTH_COMPILING_PIXELS = 40_000;

/** The quickest backend for a size. */
export function bestBackend(pipeline: Pipeline): BackendId {
  checkPipeline(pipeline);
  const { from } = pipeline;
  return from.width * from.height >= WORTH_COMPILING_PIXELS ? 'simd' : 'scalar';
}

/** As `compile`, for backends that may need time to get ready. */
export async function compilePipeline(pipeline: Pipeline, backend: BackendId): Promise<Kernel> {
  return Promise.resolve(compile(pipeline, backend));
}
