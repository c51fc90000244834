import { expose } from 'comlink';
import { StreamEngine } from './stream/engine.ts';
import { tellRejections } from './workerFaults.ts';

tellRejections();

expose(new StreamEngine());
