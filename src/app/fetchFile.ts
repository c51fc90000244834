import { LabError } from '../kernels/index.ts';
import type { LabErrorInfo } from '../kernels/index.ts';
import { shown } from './checks.ts';

const refuse = (code: string, what: string, remedy: string): LabError => new LabError({ code: `automation/${code}`, what, remedy });

const OTHER_WAY = 'Fetch it yourself and give a File, or give an address of this page’s own origin.';

/** What `openFile` may fetch: what the page itself serves, and what it made itself. @throws LabError */
function addressOf(given: string, base: string): URL {
  let url: URL;
  try {
    url = new URL(given, base);
  } catch {
    throw refuse('address', `${shown(given)} is no address.`, OTHER_WAY);
  }
  if (given.trim() === '') throw refuse('address', 'An empty text is no address of a file.', OTHER_WAY);
  if (!['http:', 'https:', 'blob:', 'data:'].includes(url.protocol)) throw refuse('address', `Addresses of the kind “${url.protocol}” are not opened: ${shown(given)}.`, OTHER_WAY);
  // A blob's origin is that of the page which made it; data has none, and holds its own bytes.
  if (url.protocol !== 'data:' && url.origin !== new URL(base).origin) throw refuse('origin', `${shown(given)} is of ${url.origin}; only files of ${new URL(base).origin} are fetched.`, OTHER_WAY);
  return url;
}

/** The last part of a path, decoded where it can be. */
export function nameIn({ protocol, pathname }: Pick<URL, 'protocol' | 'pathname'>): string {
  const last = protocol === 'data:' ? '' : (pathname.split('/').pop() ?? '');
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last;
  }
}

/** What it takes of a browser. */
export interface Fetching {
  readonly base: string;
  readonly fetch: (address: string, init: RequestInit) => Promise<Pick<Response, 'ok' | 'status' | 'statusText' | 'type' | 'blob'>>;
}

const browser: Fetching = { get base() { return document.baseURI; }, fetch: (address, init) => fetch(address, init) };

const causeOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/**
 * A file as it was given, or the one behind an address.
 * @throws LabError `automation/file`, `automation/address`, `automation/origin`, `automation/unreachable`, `automation/redirect` or `automation/status`
 */
export async function fetchFile(given: unknown, { base, fetch: get }: Fetching = browser): Promise<File> {
  if (given instanceof File) return given;
  if (given instanceof Blob) return new File([given], 'file');
  if (typeof given !== 'string') throw refuse('file', `A file is given as a File or by its address; ${shown(given)} was given.`, 'Give a File, an address, or a list of them.');
  const url = addressOf(given, base);
  const unreachable = (thrown: unknown): LabErrorInfo => ({ code: 'automation/unreachable', what: `${shown(given)} could not be fetched (${causeOf(thrown)}).`, remedy: url.protocol === 'blob:' ? 'Its page may have revoked it or be closed; make it again.' : 'Check the address and the network.' });
  let response: Awaited<ReturnType<Fetching['fetch']>>;
  try {
    // Followed only as long as it stays here: another origin would be asked without a word.
    response = await get(url.href, { redirect: 'manual', credentials: 'same-origin' });
  } catch (thrown) {
    throw new LabError(unreachable(thrown));
  }
  if (response.type === 'opaqueredirect') {
    response = await get(url.href, { mode: 'same-origin' }).catch((thrown: unknown) => {
      throw refuse('redirect', `${shown(given)} leads on to another origin, or to nothing (${causeOf(thrown)}); only files of ${url.origin} are fetched.`, OTHER_WAY);
    });
  }
  if (!response.ok) throw refuse('status', `${shown(given)} answered ${String(response.status)}${response.statusText === '' ? '' : ` ${response.statusText}`} instead of a file.`, 'Check the address.');
  try {
    return new File([await response.blob()], nameIn(url));
  } catch (thrown) {
    throw new LabError(unreachable(thrown));
  }
}
