import { useMemo } from 'react';
import { activeImage, conversionOf, sourceSpec } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { controlsInUse } from './inUse.ts';
import type { Ask, Control } from './inUse.ts';

/** The conversion of now, and which controls have a say in it; undefined while nothing is open. */
export function useAsk(): { readonly ask: Ask; readonly inUse: ReadonlySet<Control> } | undefined {
  const image = useLab(activeImage);
  const parameters = useLab((lab) => lab.parameters);
  const sources = useLab((lab) => lab.sources);
  return useMemo(() => {
    if (image === undefined) return undefined;
    const { to, options } = conversionOf({ parameters, sources }, image);
    const ask: Ask = { from: sourceSpec({ parameters, sources }, image), to: typeof to === 'string' ? { ...image.spec, format: to } : to, options };
    return { ask, inUse: controlsInUse(ask) };
  }, [image, parameters, sources]);
}
