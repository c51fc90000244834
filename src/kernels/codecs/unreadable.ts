import { LabError, formatBytes } from '../labError.ts';

/** What a library threw at a file, as a sentence: its own words may end with a stop, or with a colon and nothing after it. */
export function unreadable(type: 'PNG' | 'JPEG', { length }: Uint8Array, thrown: unknown): LabError {
  const cause = (thrown instanceof Error ? thrown.message : String(thrown)).replace(/[\s:.]+$/u, '');
  return new LabError({ code: `${type.toLowerCase()}/unreadable`, what: `The ${type} of ${formatBytes(length)} could not be read${cause === '' ? '' : `: ${cause}`}.`, remedy: 'The file is damaged or cut short; get it again from its source.' });
}
