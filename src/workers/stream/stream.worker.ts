import { expose } from 'comlink';
import { StreamEngine } from './engine.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

expose(new StreamEngine());
