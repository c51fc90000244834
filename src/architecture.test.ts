import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cruise } from 'dependency-cruiser';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const LONGEST_FILE = 300;

/** Which folders a folder may import, floor by floor: the one statement, which the linter reads too. */
const LAYERS = v.parse(v.record(v.string(), v.record(v.string(), v.array(v.string()))), JSON.parse(readFileSync(join(import.meta.dirname, 'layers.json'), 'utf8')));

/** Folders of the SIMD backend, the lowest first: each may import itself and those before it. */
const SIMD_LAYERS = ['forms', 'lanes', 'graph', 'rows', 'loop'] as const;
const SIMD = 'src/kernels/backends/simd';
/** A folder’s files never stand higher above each other than this. */
const MOST_FLOORS = 6;

const forbiddenFromSimd = SIMD_LAYERS.map((folder, index) => ({
  name: `simd-${folder}`,
  severity: 'error' as const,
  from: { path: `^${SIMD}/${folder}/`, pathNot: String.raw`\.test\.ts$` },
  to: { path: `^${SIMD}/`, pathNot: `^${SIMD}/(${SIMD_LAYERS.slice(0, index + 1).join('|')})/` },
}));

const FORMS_ARE_NUMBERS = { name: 'simd-forms-are-numbers', severity: 'error' as const, from: { path: `^${SIMD}/forms/` }, to: { path: '^src/kernels/wasm/' } };

/** Every folder may import itself, those that are named, and what lies beside the folders. */
const folderRules = Object.entries(LAYERS).flatMap(([floor, folders]) => Object.entries(folders).map(([folder, allowed]) => ({
  name: `${floor}-${folder}`,
  severity: 'error' as const,
  from: { path: `^src/${floor}/${folder}/`, pathNot: String.raw`\.test\.tsx?$` },
  to: { path: `^src/${floor}/(${Object.keys(folders).filter((other) => other !== folder && !allowed.includes(other)).join('|')})/` },
})));

const RULES = [
  { name: 'no-circle', severity: 'error' as const, from: {}, to: { circular: true } },
  { name: 'kernels-are-pure', severity: 'error' as const, from: { path: '^src/kernels/' }, to: { path: '^src/(workers|app)/|node_modules/(react|comlink|zustand)/' } },
  { name: 'workers-know-kernels-only', severity: 'error' as const, from: { path: '^src/workers/' }, to: { path: '^src/app/|node_modules/(react|zustand)/' } },
  { name: 'app-reaches-workers-through-the-client', severity: 'error' as const, from: { path: '^src/app/' }, to: { path: '^src/workers/', pathNot: String.raw`^src/workers/(pixels/client|pixels/protocol|(bench|encode|stream|mjpeg)/client|samples/samples)\.ts$` } },
  { name: 'app-touches-no-samples', severity: 'error' as const, from: { path: '^src/app/' }, to: { path: '^src/kernels/(backends|analysis|search|wasm)/', dependencyTypesNot: ['type-only' as const] } },
  { name: 'views-are-strangers', severity: 'error' as const, from: { path: '^src/app/views/([^/]+)/' }, to: { path: '^src/app/views/', pathNot: '^src/app/views/$1/' } },
  ...folderRules,
  ...forbiddenFromSimd,
  FORMS_ARE_NUMBERS,
];

async function imports(folder: string) {
  const options = { ruleSet: { forbidden: RULES }, validate: true, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' }, exclude: { path: String.raw`\.test\.tsx?$|/testing/` }, baseDir: ROOT, enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'] } };
  const { output } = await cruise([folder], options);
  if (typeof output === 'string') throw new TypeError(output);
  return output;
}

async function violations(): Promise<readonly string[]> {
  const { summary } = await imports('src');
  expect(summary.totalCruised).toBeGreaterThan(50);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

/** How many files stand one above the other in a folder, by its own imports. */
async function floorsOf(folder: string): Promise<number> {
  const { modules } = await imports(folder);
  const inside = new Map(modules.filter(({ source }) => source.startsWith(`${folder}/`)).map(({ source, dependencies }) => [source, dependencies.map(({ resolved }) => resolved)]));
  const known = new Map<string, number>();
  const floor = (source: string): number => {
    const made = known.get(source) ?? 1 + Math.max(0, ...(inside.get(source) ?? []).filter((other) => inside.has(other)).map(floor));
    known.set(source, made);
    return made;
  };
  return Math.max(...[...inside.keys()].map(floor));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('the structure of the code', () => {
  test.each(Object.keys(LAYERS))('the layers of %s are those of its folders, from the bottom up', (floor) => {
    const folders = Object.entries(LAYERS[floor] ?? {});
    const beside = ['testing', 'testdata', 'fonts'];
    const there = readdirSync(join(ROOT, 'src', floor), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() && !beside.includes(entry.name) ? [entry.name] : []));
    expect(folders.map(([folder]) => folder).toSorted()).toEqual(there.toSorted());
    folders.forEach(([, allowed], at) => {
      expect(folders.slice(0, at).map(([below]) => below)).toEqual(expect.arrayContaining(allowed));
    });
  });

  test('imports run downward, between allowed layers, and in no circle', async () => {
    expect(await violations()).toEqual([]);
  });

  test.each(SIMD_LAYERS)(`${SIMD}/%s has at most ${String(MOST_FLOORS)} floors`, async (folder) => {
    const floors = await floorsOf(`${SIMD}/${folder}`);
    expect(floors).toBeGreaterThan(1);
    expect(floors).toBeLessThanOrEqual(MOST_FLOORS);
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
