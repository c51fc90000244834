import { toErrorInfo } from '../../kernels/index.ts';
import type { Reply } from '../line/reply.ts';

/** What the work gives, or the error as data. */
export async function reply<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorInfo(thrown) };
  }
}
