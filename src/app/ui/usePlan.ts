import { planConversion, toErrorInfo } from '../../kernels/index.ts';
import type { LabErrorInfo, Pipeline } from '../../kernels/index.ts';
import { activeImage, conversionOf, sourceSpec } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';

/** The steps of the current conversion, or why there are none; undefined while nothing is open. */
export function usePlan(): { readonly pipeline: Pipeline } | { readonly error: LabErrorInfo } | undefined {
  const image = useLab(activeImage);
  const parameters = useLab((lab) => lab.parameters);
  const sources = useLab((lab) => lab.sources);
  if (image === undefined) return undefined;
  const { to, options } = conversionOf({ parameters, sources }, image);
  try {
    return { pipeline: planConversion(sourceSpec({ parameters, sources }, image), typeof to === 'string' ? { ...image.spec, format: to } : to, options) };
  } catch (thrown) {
    return { error: toErrorInfo(thrown) };
  }
}
