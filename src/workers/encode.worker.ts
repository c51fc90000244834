import { expose } from 'comlink';
import { EncodeWorker } from './encode/encode.ts';

// A rejection that nobody handled would pass unseen: said as an error, it ends this worker and the pool starts another.
self.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

expose(new EncodeWorker());
