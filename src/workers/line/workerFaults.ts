/**
 * In a worker: a rejection that nobody handled would pass unseen, and a question that cannot be read would never be answered.
 * Said as an error either ends the worker, and the page says so.
 */
export function tellFaults(): void {
  self.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));
  self.addEventListener('messageerror', () => reportError(new Error('a message to it could not be read')));
}

/** What the page needs of a worker to hear that it is of no more use. */
type Heard = Pick<EventTarget, 'addEventListener'>;

/** On the page: an exception in the worker, or a message of it that cannot be read, after either of which an answer may never come. @param ended told the cause in words, or '' */
export function hearFaults(worker: Heard, ended: (cause: string) => void): void {
  worker.addEventListener('error', (event) => ended('message' in event && typeof event.message === 'string' ? event.message : ''));
  worker.addEventListener('messageerror', () => ended('a message could not be read'));
}
