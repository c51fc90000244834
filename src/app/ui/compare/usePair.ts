import { pairOf } from '../../state/selectors.ts';
import type { Pair } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';

/** The two pictures that are compared in the view of now. */
export const usePair = (): Pair | undefined => pairOf(useLab());

/** Says all that a comparison of the two depends on. */
export const pairKey = ({ first, second, reading }: Pair): string => [first.id, second.id, JSON.stringify(reading)].join(' ');
