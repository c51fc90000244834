import { LabError } from '../labError.ts';
import { formatLayout } from '../image/formatLayout.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { isScaled } from './model.ts';
import type { ConvertOptions } from './step.ts';

const isFloat = (format: PixelFormatId): boolean => formatLayout(format).components[0]?.kind === 'float';

/** Why scale and offset cannot be undone; undefined where they can. */
function obstacle({ scale = 1, offset = 0 }: ConvertOptions, source: PixelFormatId, made: PixelFormatId, wrapped: number): string | undefined {
  if (Math.fround(scale) === 0) return 'The scale is 0 in fp32: every value became the offset';
  if (!Number.isFinite(Math.fround(1 / scale)) || !Number.isFinite(Math.fround(-offset / scale))) return `Scale ${String(scale)} and offset ${String(offset)} have no inverse in fp32`;
  if (wrapped > 0) return `The cast wrapped ${String(wrapped)} samples: what they were is not known any more`;
  if (isFloat(made) && !isFloat(source)) return `The result is ${made}, floating point, and the source has whole numbers`;
  return undefined;
}

/**
 * Options that turn what a conversion made back into its source's numbers: scale 1/s and offset −o/s in fp32, the same way to change depth, alpha the other way round.
 * @param source format of what was converted   @param made of the result   @param wrapped samples that a cast wrapped
 * @throws LabError `compare/scaled` where scale and offset cannot be undone
 */
export function wayBack(options: ConvertOptions, source: PixelFormatId, made: PixelFormatId, wrapped: number): ConvertOptions {
  const { scale = 1, offset = 0, depthMode, alphaFrom, alphaTo } = options;
  const unscaled = { depthMode, alphaFrom: alphaTo, alphaTo: alphaFrom };
  if (!isScaled(options)) return unscaled;
  const reason = obstacle(options, source, made, wrapped);
  if (reason !== undefined) throw new LabError({ code: 'compare/scaled', what: `${reason}, so nothing leads back to compare with.`, remedy: 'Judge by the derivation of single pixels, or compare with a reference of the result’s own format.' });
  return { ...unscaled, scale: Math.fround(1 / scale), offset: Math.fround(-offset / scale) };
}
