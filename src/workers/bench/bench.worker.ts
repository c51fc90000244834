import { expose } from 'comlink';
import { shareImages } from '../../kernels/index.ts';
import type { Image } from '../../kernels/index.ts';
import { decodePng } from '../../kernels/codecs/png.ts';
import { ENGINES } from '../../kernels/bench/engines.ts';
import { startPool } from '../bands/browser.ts';
import { threadsEngine } from '../bands/engine.ts';
import type { BandPool } from '../bands/pool.ts';
import { Bench } from './bench.ts';
import { BROWSER_ENGINES, browserAbsence } from './browserEngines.ts';
import { WITH_TILE, WITH_TRANSFER } from './wayEngines.ts';
import { fetchSample } from '../samples/fetchSample.ts';
import { browserOf } from '../line/runtime.ts';
import { tellFaults } from '../line/workerFaults.ts';

tellFaults();

shareImages(self.crossOriginIsolated);

/** Whether the page is hidden; the page says so, a worker cannot see it. */
let isHidden = false;
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => { if (data === 'hidden' || data === 'shown') isHidden = data === 'hidden'; });

const pools = new Map<number, BandPool>();

/** A pool of that many threads, kept: the same workers serve every case. */
function poolOf(count: number): Promise<BandPool | undefined> {
  if (!self.crossOriginIsolated) return Promise.resolve(undefined);
  const pool = pools.get(count) ?? startPool(count - 1);
  pools.set(count, pool);
  return Promise.resolve(pool);
}

function threadless(): string | undefined {
  if (!self.crossOriginIsolated) return 'The page is not isolated, so that memory cannot be shared.';
  return navigator.hardwareConcurrency < 2 ? 'This machine has one processor only.' : undefined;
}

/** The photograph that encoders are given; fetched once. */
let photo: Promise<Image> | undefined;

function fetchPhoto(): Promise<Image> {
  photo ??= fetchSample('coffee.png').then(decodePng);
  return photo;
}

expose(new Bench({
  engines: [...ENGINES, WITH_TRANSFER, WITH_TILE, ...BROWSER_ENGINES],
  threads: (count) => threadsEngine(count, () => poolOf(count)),
  threadless: threadless(),
  machine: { cpu: 'not told by browsers', threads: navigator.hardwareConcurrency, runtime: browserOf(navigator.userAgent).name, isolated: self.crossOriginIsolated },
  isHidden: () => isHidden,
  absence: browserAbsence,
  photo: fetchPhoto,
}));
