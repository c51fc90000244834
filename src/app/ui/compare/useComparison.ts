import { useEffect, useState } from 'react';
import { isSuperseded } from '../../../workers/pixels/client.ts';
import type { Comparison, Reply } from '../../../workers/pixels/protocol.ts';
import { compareInTwo } from '../../commands/comparing.ts';
import { client } from '../../lab.ts';
import { readingOf } from '../../state/selectors.ts';
import type { Pair } from '../../state/selectors.ts';

const LANE = 'compare-reference';

export interface Compared {
  readonly reply: Reply<readonly Comparison[]>;
  /** False while SSIM is still to come. */
  readonly isWhole: boolean;
}

/** How far a pair is apart: the quick figures at once, SSIM when it is there. While a newer answer is on its way the last one stays. */
export function useComparison(pair: Pair): Compared | undefined {
  const [compared, setCompared] = useState<Compared | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    void compareInTwo(pair.first, pair.second, readingOf(pair), LANE, (reply, isWhole) => {
      const isWanted = isCurrent && (reply.ok || !isSuperseded(reply.error));
      if (isWanted) setCompared({ reply, isWhole });
      return isWanted;
    });
    return () => {
      isCurrent = false;
      client.cancel(LANE);
    };
  }, [pair]);
  return compared;
}
