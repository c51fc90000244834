/**
 * Writes testdata/decode/planes.json: SHA-256 of the planes that libjpeg-turbo decodes from the files beside it; of djpeg's R,G,B where the planes are inks.
 * And testdata/flower-422.djpeg.rgb: R,G,B of each 21st pixel of each 21st row of the flower, by djpeg with repeated chroma.
 *   apt-get install libjpeg62-turbo-dev libjpeg-turbo-progs gcc
 *   npx tsx src/kernels/codecs/jpeg/testing/recordDecode.ts
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const data = join(import.meta.dirname, '../testdata/decode');
const decodePlanes = join(mkdtempSync(join(tmpdir(), 'jpeg-planes-')), 'decodePlanes');
execFileSync('cc', ['-O1', '-o', decodePlanes, join(import.meta.dirname, 'decodePlanes.c'), '-ljpeg']);
const files = readdirSync(data).filter((name) => name.endsWith('.jpg')).toSorted();
const isInk = (name: string): boolean => /cmyk|ycck/.test(name);
const run = (command: string, args: readonly string[]): Buffer => spawnSync(command, args, { maxBuffer: 2 ** 28 }).stdout;
/** Behind the three lines of a PPM's header. */
const pixels = (ppm: Buffer): Buffer => ppm.subarray(ppm.indexOf('\n255\n') + 5);
const samples = (name: string): Buffer => (isInk(name) ? pixels(run('djpeg', ['-dct', 'int', '-nosmooth', '-pnm', join(data, name)])) : run(decodePlanes, [join(data, name)]));
const rows = files.map((name) => [name, createHash('sha256').update(samples(name)).digest('hex')] as const);
writeFileSync(join(data, 'planes.json'), `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`);

const STEP = 21;
const flower = pixels(run('djpeg', ['-dct', 'int', '-nosmooth', '-pnm', join(import.meta.dirname, '../../../../../e2e/fixtures/flower-422.jpg')]));
const [width, height] = [2268, 1512];
const picked = Array.from({ length: (width / STEP) * (height / STEP) }, (_, at) => {
  const [x, y] = [(at % (width / STEP)) * STEP, Math.floor(at / (width / STEP)) * STEP];
  return [...flower.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
});
writeFileSync(join(data, '../flower-422.djpeg.rgb'), Uint8Array.from(picked.flat()));
