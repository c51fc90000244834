/**
 * Milliseconds of 1024×600 rgba → 256×150 yuv420p, nearest and box, by SIMD and by scalar: median of many runs into the same image.
 * Usage: npx tsx scripts/bench/resample.ts [runs]
 */
import { allocImage, compile, planConversion } from '../../src/kernels/index.ts';
import type { ConvertOptions } from '../../src/kernels/index.ts';
import { randomImage } from '../../src/kernels/testing/images.ts';

const runs = Number(process.argv[2] ?? 200);
const [from, to] = [{ format: 'rgba', width: 1024, height: 600 }, { format: 'yuv420p', width: 256, height: 150 }] as const;
const source = randomImage(from, 1);

for (const resample of ['nearest', 'box', 'bilinear'] as const) {
  const options: ConvertOptions = resample === 'bilinear' ? { resample } : { resample, decimate: 4 };
  const pipeline = planConversion(from, to, options);
  for (const wanted of ['simd', 'scalar'] as const) {
    const [kernel, target] = [compile(pipeline, wanted), allocImage(to)];
    const times = Array.from({ length: runs }, () => {
      const started = performance.now();
      kernel.run(source, target);
      return performance.now() - started;
    }).toSorted((a, b) => a - b);
    console.log(`${resample.padEnd(9)} ${wanted.padEnd(7)} made by ${kernel.backend.padEnd(7)} ${(times[Math.floor(runs / 2)] ?? 0).toFixed(3)} ms`);
  }
}
