import { expose } from 'comlink';
import { MjpegEngine } from './mjpeg/engine.ts';

// A rejection that nobody handled would pass unseen: said as an error, it ends this worker and the client says so.
self.addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

expose(new MjpegEngine());
