/**
 * Writes testdata/decode/planes.json: SHA-256 of the planes that libjpeg-turbo decodes from the files beside it.
 *   apt-get install libjpeg62-turbo-dev gcc
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
const rows = files.map((name) => [name, createHash('sha256').update(spawnSync(decodePlanes, [join(data, name)], { maxBuffer: 2 ** 28 }).stdout).digest('hex')] as const);
writeFileSync(join(data, 'planes.json'), `${JSON.stringify(Object.fromEntries(rows), null, 1)}\n`);
