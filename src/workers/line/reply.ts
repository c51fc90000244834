import { toErrorInfo } from '../../kernels/index.ts';
import type { LabErrorInfo } from '../../kernels/index.ts';

/** Comlink turns a thrown error into a plain `Error`: errors cross as values. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LabErrorInfo };

/** Several jobs of one lane: only the latest counts, older ones are cancelled. */
export type JobId = number;

/** What the work gives, or the error as data. */
export async function reply<T>(work: () => T | Promise<T>): Promise<Reply<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    return { ok: false, error: toErrorInfo(thrown) };
  }
}
