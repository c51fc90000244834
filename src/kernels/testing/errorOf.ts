import { LabError } from '../labError.ts';
import type { LabErrorInfo } from '../labError.ts';

/** The error a piece of work ends with. @throws TypeError when it ends without one, or with one that is not ours */
export function errorOf(work: () => unknown): LabErrorInfo {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof LabError) return thrown.info;
    throw new TypeError(`Not a LabError: ${String(thrown)}`);
  }
  throw new TypeError('Nothing was thrown.');
}

/** As `errorOf`, for promises. */
export async function rejectionOf(work: Promise<unknown>): Promise<LabErrorInfo> {
  const outcome = await work.then(() => undefined, (thrown: unknown) => ({ thrown }));
  return errorOf(() => {
    if (outcome !== undefined) throw outcome.thrown;
  });
}
