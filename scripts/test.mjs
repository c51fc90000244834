// Every check there is, one after another; with --quick the types, the lint of what changed and the tests that are no sweeps. Ends with one line: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findBrowser } from './find-browser.mjs';

const REPORTS = 'test-results/reports';
rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });

const readJson = (path) => { try { return JSON.parse(readFileSync(path, 'utf8')); } catch { return undefined; } };

const vitestCounts = (path) => { const report = readJson(path); return report && { passed: report.numPassedTests, failed: report.numFailedTests }; };
const playwrightCounts = (path) => { const stats = readJson(path)?.stats; return stats && { passed: stats.expected, failed: stats.unexpected + stats.flaky }; };

const playwright = (name) => ({
  name,
  command: ['npx', 'playwright', 'test', `--project=${name}`],
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${REPORTS}/${name}.json` },
  counts: () => playwrightCounts(`${REPORTS}/${name}.json`),
});

/** Tests that go through every pair of formats, every encoder or every damaged file: for the whole run. */
const SWEEPS = ['src/kernels/parity.test.ts', 'src/kernels/vectors.test.ts', 'src/kernels/resample.test.ts', 'src/kernels/colourMatrices.test.ts', 'src/kernels/pipeline/golden.test.ts', 'src/fuzz.test.ts', 'src/kernels/codecs/jpeg/**', 'src/kernels/backends/**', 'src/kernels/bench/**', 'src/workers/encode/**', 'src/workers/bands/**', 'src/workers/mjpeg/**', 'src/workers/bench/**', 'src/kernels/search/**'];
const isQuick = process.argv.includes('--quick');

const STAGES = [
  { name: 'types', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: 'lint', command: ['npm', 'run', '--silent', 'lint', ...(isQuick ? ['--', '--cache', '--cache-location', 'node_modules/.cache/eslint'] : [])] },
  { name: 'unit', command: ['npx', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${REPORTS}/unit.json`, ...(isQuick ? SWEEPS.flatMap((path) => ['--exclude', path]) : [])], counts: () => vitestCounts(`${REPORTS}/unit.json`) },
  ...(isQuick ? [] : [{ name: 'build', command: ['npm', 'run', '--silent', 'build'] }, playwright('e2e'), playwright('visual')]),
];

/** Counts of a stage's tests; a stage without any, or one that broke before counting, counts as one. */
function outcome(stage, status) {
  const counted = stage.counts?.();
  if (counted === undefined) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 };
  return { passed: counted.passed, failed: Math.max(counted.failed, status === 0 ? 0 : 1) };
}

if (!isQuick) process.env['SWIZZLE_CHROMIUM'] = await findBrowser();
const rows = [];
for (const stage of STAGES) {
  console.log(`\n── ${stage.name} ──`);
  const started = performance.now();
  const [program, ...args] = stage.command;
  const { status } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...stage.env } });
  rows.push({ stage: stage.name, ...outcome(stage, status), seconds: Math.round((performance.now() - started) / 1000) });
}
console.table(rows);
const total = (key) => rows.reduce((sum, row) => sum + row[key], 0);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 ? 0 : 1);
