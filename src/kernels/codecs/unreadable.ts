import { LabError, formatBytes } from '../labError.ts';

/** What a library threw at a file, as a sentence: its own words may end with a stop, or with a colon and nothing after it. */
export function unreadable(type: 'PNG' | 'JPEG', { length }: Uint8Array, thrown: unknown): LabError {
  const message = (thrown instanceof Error ? thrown.message : String(thrown)).trimEnd();
  let end = message.length;
  while (end > 0 && ' :.'.includes(message.charAt(end - 1))) end -= 1;
  const cause = message.slice(0, end);
  return new LabError({ code: `${type.toLowerCase()}/unreadable`, what: `The ${type} of ${formatBytes(length)} could not be read${cause === '' ? '' : `: ${cause}`}.`, remedy: 'The file is damaged or cut short; get it again from its source.' });
}
