import { expose } from 'comlink';
import { EncodeWorker } from './encode/encode.ts';

// A rejection that nobody handled would pass unseen: said as an error, it ends this worker and the pool starts another.
self.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));
// A question that cannot be read would never be answered.
self.addEventListener('messageerror', () => reportError(new Error('a message to it could not be read')));

expose(new EncodeWorker());
