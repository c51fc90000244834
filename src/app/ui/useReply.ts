import { useEffect, useState } from 'react';
import { isSuperseded } from '../../workers/pixels/client.ts';
import type { Reply } from '../../workers/pixels/protocol.ts';

/**
 * The answer to a question; while a newer one is on its way the last answer stays.
 * @param key says everything that the question depends on   @param ask undefined while there is no question
 */
export function useReply<T>(key: string, ask: (() => Promise<Reply<T>>) | undefined): Reply<T> | undefined {
  const [reply, setReply] = useState<Reply<T> | undefined>(undefined);
  useEffect(() => {
    let isCurrent = true;
    void ask?.().then((answer) => {
      if (isCurrent && (answer.ok || !isSuperseded(answer.error))) setReply(answer);
    });
    return () => { isCurrent = false; };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `ask` is a new closure at each render; `key` says when the question is another
  }, [key]);
  return ask === undefined ? undefined : reply;
}
