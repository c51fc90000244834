import { log } from '../state/store.ts';

/** Long enough for the browser to have begun. */
const KEEP_MS = 10_000;

/** Hands a file to the person; nothing leaves the machine. */
export function saveFile(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, KEEP_MS);
  log('info', `Saved ${name}`);
}
