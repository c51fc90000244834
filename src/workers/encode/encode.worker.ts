import { expose } from 'comlink';
import { EncodeWorker } from './encode.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

expose(new EncodeWorker());
