import { useEffect, useState } from 'react';
import type { Reply } from '../../workers/protocol.ts';
import { isSuperseded } from '../../workers/client.ts';

/** The answer to a question that changes with `key`; while a newer one is on its way the last answer stays. */
export function useReply<T>(key: string, ask: (() => Promise<Reply<T>>) | undefined): Reply<T> | undefined {
  const [reply, setReply] = useState<Reply<T> | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    if (ask === undefined) setReply(undefined);
    else {
      void ask().then((answer) => {
        if (isCurrent && (answer.ok || !isSuperseded(answer.error))) setReply(answer);
      });
    }
    return () => { isCurrent = false; };
    // The key says everything that the question depends on; `ask` is a new closure at each render.
  }, [key]);
  return reply;
}
