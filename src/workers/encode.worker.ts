import { expose } from 'comlink';
import { EncodeWorker } from './encode/encode.ts';
import { tellRejections } from './workerFaults.ts';

tellRejections();

expose(new EncodeWorker());
