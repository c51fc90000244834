import { expose } from 'comlink';
import { MjpegEngine } from './mjpeg/engine.ts';
import { tellRejections } from './workerFaults.ts';

tellRejections();

expose(new MjpegEngine());
