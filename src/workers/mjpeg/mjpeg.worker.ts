import { expose } from 'comlink';
import { MjpegEngine } from './engine.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

expose(new MjpegEngine());
