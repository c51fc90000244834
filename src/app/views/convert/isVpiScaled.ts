import type { ConvertOptions } from '../../../kernels/index.ts';

/** Whether scale, offset or policy differ from the ones that VPI's VIC takes. */
export function isVpiScaled({ scale = 1, offset = 0, policy = 'clamp' }: ConvertOptions): boolean {
  return scale !== 1 || offset !== 0 || policy !== 'clamp';
}
