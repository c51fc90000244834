import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_FILE = 300;

/** Which folders of the kernels a folder of the kernels may import; every one may import itself, labError and arguments. */
const KERNEL_LAYERS = {
  tables: [],
  image: ['tables'],
  wasm: [],
  pipeline: ['tables', 'image'],
  backends: ['tables', 'image', 'pipeline', 'wasm'],
  analysis: ['tables', 'image'],
  search: ['tables', 'image', 'pipeline', 'backends', 'analysis'],
} as const;

const forbiddenFromKernels = Object.entries(KERNEL_LAYERS).map(([folder, allowed]) => ({
  name: `kernels-${folder}`,
  severity: 'error' as const,
  from: { path: `^src/kernels/${folder}/`, pathNot: String.raw`\.test\.ts$` },
  to: { path: '^src/', pathNot: `^src/kernels/(${[folder, ...allowed].join('|')})/|^src/kernels/(labError|arguments)` },
}));

const RULES = [
  { name: 'no-circle', severity: 'error' as const, from: {}, to: { circular: true } },
  { name: 'kernels-are-pure', severity: 'error' as const, from: { path: '^src/kernels/' }, to: { path: '^src/(workers|app)/|node_modules/(react|comlink|zustand)/' } },
  { name: 'workers-know-kernels-only', severity: 'error' as const, from: { path: '^src/workers/' }, to: { path: '^src/app/|node_modules/(react|zustand)/' } },
  { name: 'app-reaches-workers-through-the-client', severity: 'error' as const, from: { path: '^src/app/' }, to: { path: '^src/workers/', pathNot: String.raw`^src/workers/(pixels/client|pixels/protocol|(bench|encode|stream|mjpeg)/client|samples/samples)\.ts$` } },
  { name: 'app-touches-no-samples', severity: 'error' as const, from: { path: '^src/app/' }, to: { path: '^src/kernels/(backends|analysis|search|wasm)/', dependencyTypesNot: ['type-only' as const] } },
  { name: 'views-are-strangers', severity: 'error' as const, from: { path: '^src/app/views/([^/]+)/' }, to: { path: '^src/app/views/', pathNot: '^src/app/views/$1/' } },
  ...forbiddenFromKernels,
];

async function violations(): Promise<readonly string[]> {
  const options = { ruleSet: { forbidden: RULES }, validate: true, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: String.raw`\.test\.tsx?$|/testing/` }, baseDir: ROOT, enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] } };
  const { output } = await cruise(['src'], options);
  if (typeof output === 'string') return [output];
  expect(output.summary.totalCruised).toBeGreaterThan(50);
  return output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('the structure of the code', () => {
  test('imports run downward, between allowed layers, and in no circle', async () => {
    expect(await violations()).toEqual([]);
  });

  test(`no file is longer than ${String(LONGEST_FILE)} lines`, () => {
    const long = sources(join(ROOT, 'src')).filter((path) => readFileSync(path, 'utf8').split('\n').length > LONGEST_FILE);
    expect(long.map((path) => relative(ROOT, path))).toEqual([]);
  });

  test('nothing outside the tests reads a test’s data', () => {
    const readers = sources(join(ROOT, 'src')).filter((path) => !path.endsWith('.test.ts') && !dirname(path).includes('testing') && /testdata/.test(readFileSync(path, 'utf8')));
    expect(readers.map((path) => relative(ROOT, path))).toEqual([]);
  });
});
