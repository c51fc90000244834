import { expose } from 'comlink';
import { shareImages } from '../../kernels/index.ts';
import { browserThreads } from '../bands/browser.ts';
import { fetchSample } from '../samples/fetchSample.ts';
import { Pixels } from './pixels.ts';
import { tellFaults } from '../line/workerFaults.ts';
import { warmUp } from './warmUp.ts';

tellFaults();

// In an isolated page images lie in memory that other threads can work on too.
shareImages(self.crossOriginIsolated);

expose(new Pixels(fetchSample, browserThreads()));

const PAUSE_MS = 100;
if (typeof WebAssembly !== 'undefined') void warmUp(() => new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); }));
