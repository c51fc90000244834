import { useShallow } from 'zustand/react/shallow';
import { pairOf } from '../../state/selectors.ts';
import type { Pair } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';

/** The two pictures that are compared in the view of now. */
export const usePair = (): Pair | undefined => useLab(useShallow(pairOf));
