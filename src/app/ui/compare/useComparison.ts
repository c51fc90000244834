import { useEffect, useState } from 'react';
import { isSuperseded } from '../../../workers/client.ts';
import type { Comparison, Reply } from '../../../workers/protocol.ts';
import { client } from '../../lab.ts';
import type { Pair } from '../../state/selectors.ts';
import { pairKey } from './usePair.ts';

export interface Compared {
  readonly reply: Reply<readonly Comparison[]>;
  /** False while SSIM is still to come. */
  readonly isWhole: boolean;
}

/** How far a pair is apart: the quick figures at once, SSIM when it is there. While a newer answer is on its way the last one stays. */
export function useComparison(pair: Pair): Compared | undefined {
  const [compared, setCompared] = useState<Compared | undefined>(undefined);
  const key = pairKey(pair);
  useEffect(() => {
    const { first, second, reading } = pair;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      for (const similarity of [false, true]) {
        const reply = await client.compare(first.id, second.id, { reading, similarity }, 'compare-reference');
        if (!isCurrent || (!reply.ok && isSuperseded(reply.error))) return;
        setCompared({ reply, isWhole: similarity });
        if (!reply.ok) return;
      }
    };
    void ask();
    return () => { isCurrent = false; };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the pair is a new object at each render; `key` says when it is another
  }, [key]);
  return compared;
}
