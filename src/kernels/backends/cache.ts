import type { Pipeline } from '../pipeline/step.ts';
import type { BackendId, Kernel } from './backend.ts';

/** Kernels keep memory of their own: the longest unused go first. */
const MOST_KERNELS = 24;

/** Compiled kernels by what they do: the list of steps. */
export class KernelCache {
  private readonly kernels = new Map<string, Kernel>();
  private readonly compile: (pipeline: Pipeline, backend: BackendId) => Kernel;

  constructor(compile: (pipeline: Pipeline, backend: BackendId) => Kernel) {
    this.compile = compile;
  }

  get(pipeline: Pipeline, backend: BackendId): Kernel {
    const key = `${backend} ${JSON.stringify(pipeline.steps)}`;
    const kernel = this.kernels.get(key) ?? this.compile(pipeline, backend);
    this.kernels.delete(key);
    this.kernels.set(key, kernel);
    const [oldest] = this.kernels.keys();
    if (this.kernels.size > MOST_KERNELS && oldest !== undefined) this.kernels.delete(oldest);
    return kernel;
  }
}
