import { LabError } from '../../labError.ts';
import { checkImage } from '../../image/checks.ts';
import type { Image, ImageSpec } from '../../image/types.ts';
import type { BlockEngine, EngineJob } from './engine.ts';
import { SYMBOL_COUNTS } from './engine.ts';
import { planFrame, planStrip } from './frame.ts';
import { betterTables } from './histogram.ts';
import type { HuffmanTables } from './huffmanTables.ts';
import { STANDARD_HUFFMAN } from './huffmanTables.ts';
import { END_OF_IMAGE, writeHeader } from './markers.ts';
import type { JpegSettings } from './options.ts';
import type { Output } from './output.ts';
import { planarReading } from './planes.ts';
import { ScalarEngine } from './scalarEngine.ts';
import { SimdEngine } from './simdEngine.ts';
import type { ScanJob } from './scan.ts';
import { countRows, encodeRows } from './scan.ts';
import type { StageClock } from './stages.ts';
import { hasWebAssembly } from '../../wasm/index.ts';

/**
 * The geometry of a picture whose samples are read where they lie.
 * @throws LabError `jpeg/size`, `jpeg/not-planar`
 */
export function planEncoding(spec: ImageSpec, settings: JpegSettings): EngineJob {
  const reading = planarReading(spec.format);
  const chroma = settings.subsampling ?? reading?.chroma;
  if (reading === undefined || chroma === undefined || (chroma !== reading.chroma && chroma !== '4:0:0')) {
    throw new LabError({ code: 'jpeg/not-planar', what: `${spec.format} cannot be read as ${chroma ?? 'YCbCr'} where it lies.`, remedy: 'Convert it first: `encodeJpeg` does so in its `convert` mode.', vpiStatus: 'INVALID_IMAGE_FORMAT' });
  }
  const frame = planFrame(spec, chroma);
  return { frame, strip: planStrip(frame, spec, reading), tables: settings.componentTables };
}

/** The engine must be released. */
export function createEngine(job: EngineJob, backend: JpegSettings['backend']): BlockEngine {
  return backend === 'simd' && hasWebAssembly() ? new SimdEngine(job) : new ScalarEngine(job);
}

/** Runs a piece of work with an engine of its own and gives the engine's memory back whatever happens. */
export function withEngine<T>(image: Image, settings: JpegSettings, clock: StageClock, work: (job: ScanJob) => T): T {
  checkImage(image);
  const job = planEncoding(image, settings);
  const engine = createEngine(job, settings.backend);
  try {
    return work({ ...job, image, engine, clock, restartInterval: settings.restartInterval, checkpoint: settings.checkpoint });
  } finally {
    engine.release();
  }
}

function tablesFor(job: ScanJob, settings: JpegSettings): HuffmanTables {
  if (!settings.optimizeHuffman) return STANDARD_HUFFMAN;
  countRows(job, { from: 0, to: job.frame.mcuRows, firstInterval: 0 });
  return betterTables(job.engine.counts.slice(0, SYMBOL_COUNTS));
}

/**
 * A whole baseline JPEG of an image whose samples are read where they lie.
 * @throws LabError `jpeg/size`, `jpeg/not-planar`, `jpeg/segment`, and what the output throws
 */
export function encodePlanes(image: Image, settings: JpegSettings, clock: StageClock, out: Output): void {
  withEngine(image, settings, clock, (job) => {
    const huffman = tablesFor(job, settings);
    job.engine.useCodes(huffman);
    clock.measure('container', () => writeHeader(out, job.frame, huffman, settings));
    encodeRows(job, { from: 0, to: job.frame.mcuRows, firstInterval: 0 }, out);
    out.bytes(END_OF_IMAGE);
  });
}
