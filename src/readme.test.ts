import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import * as kernels from './kernels/index.ts';

/** The README's examples of the kernels, in order: one program, as a reader would type them one after another. */
const EXAMPLES = [...readFileSync(new URL('../README.md', import.meta.url), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code);

/** Runs a program that sees the kernels' door and the given things. @returns what its last line says */
function run(code: string, given: Readonly<Record<string, unknown>>): unknown {
  return runInNewContext(`(async () => { ${code} })()`, { ...kernels, ...given });
}

test('the README’s examples run as printed, and the channel makes what it says', async () => {
  expect(EXAMPLES.some((code) => code.includes('JpegChannel.create'))).toBe(true);
  // Rows of 2048 B, as the first example says; a gradient, so that the qualities differ.
  const bytes = Uint8Array.from({ length: 2048 * 1620 }, (_, at) => (at * 7) % 251);
  // Files are compared where they are: a matcher walks megabytes one number at a time.
  const isFile = (file: Uint8Array, options: kernels.JpegOptions): boolean => Buffer.compare(file, kernels.encodeJpeg(image, options)) === 0;
  const image = kernels.wrapImage(bytes, { format: 'nv12', width: 1920, height: 1080, strides: [2048, 2048] });
  const outcome = await run(`${EXAMPLES.join('\n')} return { right: [isFile(files[0], { quality: 100 }), isFile(files[1], { quality: 60 })], times: [first.pts, second.pts], status: channel.query() };`, { bytes, isFile });
  expect(outcome).toMatchObject({
    right: [true, true],
    times: [0, 40_000],
    status: { state: 'destroyed', framesDone: 2, framesFailed: 0 },
  });
});
