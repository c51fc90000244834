/**
 * Uses the built app for as long as it is told to, at random, in three tabs: opens and closes, converts, encodes, streams, ends the worker in the middle.
 * Prints what is held at the start, in the middle and at the end, everything closed each time, and fails where it grows or something is never answered.
 *   npm run build && npm run soak -- --minutes 30 --seed 7
 */
import type {} from '../src/app/automation.ts';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { PIXEL_FORMAT_IDS } from '../src/kernels/index.ts';
import type { PixelFormatId } from '../src/kernels/index.ts';
import { findBrowser } from './find-browser.mjs';

const TABS = 3;
const LONGEST_ANSWER_MS = 60_000;
/** What is kept by design (compiled code, caches) fills up in the first part of the time; after it nothing may grow by more. */
const [WARM_UP, GROWTH, GROWTH_BYTES] = [0.2, 0.2, 96 * 2 ** 20];

const given = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (Number.isFinite(value) && value > 0) return value;
  process.stderr.write(`--${name} is a number above 0.\n`);
  process.exit(2);
};
const [minutes, seed, port] = [given('minutes', 5), given('seed', 1), Number(process.env['SWIZZLE_PORT'] ?? 4173)];

/** The same walk for the same seed. @source Steele and others, SplitMix; 32 bits, as in MurmurHash3’s finalizer */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    const mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((again ^ (again >>> 16)) >>> 0) / 2 ** 32;
  };
}

interface Tab {
  readonly page: Page;
  readonly session: CDPSession;
  readonly random: () => number;
}

const counts = { opened: 0, converted: 0, refused: 0, crashed: 0, streamed: 0, encoded: 0, closed: 0 };
const faults: string[] = [];
let unsettled = 0;

/** What a tab does; how it went is counted there. */
type Action = (tab: Tab) => Promise<void>;

const formatsFor = ({ random }: Tab, count: number): PixelFormatId[] => Array.from({ length: count }, () => PIXEL_FORMAT_IDS[Math.floor(random() * PIXEL_FORMAT_IDS.length)] ?? 'nv12');

const open: Action = async ({ page, random }) => {
  const [width, height, kind] = [16 + Math.floor(random() * 1500), 16 + Math.floor(random() * 1000), Math.floor(random() * 3)];
  await page.evaluate(async ([w, h, which]) => {
    if (which === 0) { await window.swizzle.openRaw(new Uint8Array(w * h * 4).map((_, at) => at), { format: 'rgba', width: w, height: h }, 'soak.raw'); return; }
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext('2d');
    for (let at = 0; at < 50; at += 1) { if (context !== null) context.fillStyle = `hsl(${String(at * 7)} 80% 50%)`; context?.fillRect((at * 37) % w, (at * 53) % h, w / 5, h / 5); }
    await window.swizzle.openFile(new File([await canvas.convertToBlob({ type: which === 1 ? 'image/png' : 'image/jpeg' })], which === 1 ? 'soak.png' : 'soak.jpg'));
  }, [width, height, kind] as const);
  counts.opened += 1;
};

const convert: Action = async (tab) => {
  const said = await tab.page.evaluate(async (formats) => {
    const all = { done: 0, refused: 0, faults: [''] };
    for (const format of formats) {
      try {
        await window.swizzle.convert(format);
        all.done += 1;
      } catch (thrown) {
        const info: unknown = thrown instanceof Error ? Reflect.get(thrown, 'info') : undefined;
        const code: unknown = typeof info === 'object' && info !== null ? Reflect.get(info, 'code') : undefined;
        if (typeof code === 'string' && code !== 'internal') all.refused += 1;
        else all.faults.push(`convert to ${format}: ${String(thrown)}`);
      }
    }
    return all;
  }, formatsFor(tab, 25));
  counts.converted += said.done;
  counts.refused += said.refused;
  faults.push(...said.faults.filter((text) => text !== ''));
};

const crash: Action = async (tab) => {
  await tab.page.evaluate(async ([format, ms]) => {
    const reply = window.swizzle.convert(format).catch(() => undefined);
    await new Promise((resolve) => { setTimeout(resolve, ms); });
    window.swizzle.crashWorker();
    await reply;
    // What was open must be there again.
    await window.swizzle.pixel(0, 0);
  }, [formatsFor(tab, 1)[0] ?? 'nv12', Math.floor(tab.random() * 40)] as const);
  counts.crashed += 1;
};

const encode: Action = async ({ page }) => {
  await page.evaluate(() => window.swizzle.encode('ours'));
  counts.encoded += 1;
};

const stream: Action = async ({ page, random }) => {
  await page.getByRole('tab', { name: 'Stream', exact: true }).click();
  await page.getByRole('button', { name: 'Open the test pattern' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.waitForTimeout(300 + random() * 1500);
  await page.getByRole('button', { name: 'Close the source' }).click();
  await page.getByRole('tab', { name: 'Convert', exact: true }).click();
  counts.streamed += 1;
};

const closeOne: Action = async ({ page }) => {
  const button = page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name: /^Close / }).first();
  if ((await button.count()) === 0) return;
  await button.click();
  counts.closed += 1;
};

async function closeAll(tab: Tab): Promise<void> {
  for (let left = 200; left > 0 && (await tab.page.evaluate(() => window.swizzle.state().sources.length)) > 0; left -= 1) await closeOne(tab);
}

/** How often each is chosen, of their sum. `needsPicture`: opens one first where none is. */
const ACTIONS: readonly { readonly run: Action; readonly weight: number; readonly needsPicture: boolean }[] = [
  { run: open, weight: 4, needsPicture: false }, { run: convert, weight: 6, needsPicture: true }, { run: closeOne, weight: 4, needsPicture: false },
  { run: crash, weight: 1, needsPicture: true }, { run: encode, weight: 1, needsPicture: true }, { run: stream, weight: 1, needsPicture: false },
];

function choose(random: () => number): (typeof ACTIONS)[number] {
  let left = random() * ACTIONS.reduce((sum, { weight }) => sum + weight, 0);
  return ACTIONS.find(({ weight }) => (left -= weight) < 0) ?? { run: open, weight: 0, needsPicture: false };
}

/** Does it; what is not answered in time is counted, and its tab loaded anew. */
async function attempt(tab: Tab, run: Action): Promise<void> {
  const late = Symbol('late');
  let timer: NodeJS.Timeout | undefined;
  try {
    const first = await Promise.race([run(tab), new Promise<typeof late>((resolve) => { timer = setTimeout(() => resolve(late), LONGEST_ANSWER_MS); })]);
    if (first !== late) return;
    unsettled += 1;
    faults.push(`not answered within ${String(LONGEST_ANSWER_MS / 1000)} s`);
    await tab.page.reload();
  } catch (thrown) {
    faults.push(thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown));
  } finally {
    clearTimeout(timer);
  }
}

async function walk(tab: Tab, until: number): Promise<void> {
  while (Date.now() < until && faults.length < 20) {
    const { run, needsPicture } = choose(tab.random);
    if (needsPicture && (await tab.page.evaluate(() => window.swizzle.state().sources.length)) === 0) await attempt(tab, open);
    await attempt(tab, run);
  }
}

interface Held {
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly workers: number;
  readonly nodes: number;
}

const metric = (metrics: readonly { readonly name: string; readonly value: number }[], name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;

/** Resident bytes of a process; 0 where the system does not tell. */
function residentBytes(pid: number): number {
  try {
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** What is there when everything is closed. */
async function measure(browser: Browser, tabs: readonly Tab[]): Promise<Held> {
  for (const tab of tabs) await attempt(tab, closeAll);
  for (const { page, session } of tabs) {
    await page.waitForTimeout(2000);
    await session.send('HeapProfiler.collectGarbage');
  }
  const top = await browser.newBrowserCDPSession();
  const { processInfo } = await top.send('SystemInfo.getProcessInfo');
  const { targetInfos } = await top.send('Target.getTargets', { filter: [{}] });
  await top.detach();
  const metrics = await Promise.all(tabs.map(async ({ session }) => (await session.send('Performance.getMetrics')).metrics));
  const sum = (name: string): number => metrics.reduce((total, one) => total + metric(one, name), 0);
  return {
    rssBytes: processInfo.filter(({ type }) => type === 'renderer').reduce((total, { id }) => total + residentBytes(id), 0),
    heapBytes: sum('JSHeapUsedSize'),
    workers: Math.max(targetInfos.filter(({ type }) => type === 'worker').length, tabs.reduce((total, { page }) => total + page.workers().length, 0)),
    nodes: sum('Nodes'),
  };
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

function grown(start: Held, end: Held): readonly string[] {
  const tooMuch = (key: 'rssBytes' | 'heapBytes', name: string): readonly string[] => (end[key] > start[key] * (1 + GROWTH) + GROWTH_BYTES ? [`${name} grew from ${mebibytes(start[key])} to ${mebibytes(end[key])} MiB`] : []);
  const workers = end.workers > start.workers + TABS ? [`workers grew from ${String(start.workers)} to ${String(end.workers)}`] : [];
  const nodes = end.nodes > start.nodes * 2 + 5000 ? [`nodes grew from ${String(start.nodes)} to ${String(end.nodes)}`] : [];
  return [...tooMuch('rssBytes', 'resident memory'), ...tooMuch('heapBytes', 'JS heap'), ...workers, ...nodes];
}

const address = `http://localhost:${String(port)}/`;
const server = spawn('npx', ['vite', 'preview', '--port', String(port), '--strictPort'], { stdio: 'ignore', detached: true });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--headless=new', '--no-sandbox'] });
try {
  for (let tries = 0; tries < 60 && !(await fetch(address).then(({ ok }) => ok, () => false)); tries += 1) await new Promise((resolve) => { setTimeout(resolve, 500); });
  const context = await browser.newContext();
  const tabs: Tab[] = [];
  for (let index = 0; index < TABS; index += 1) {
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_ANSWER_MS / 2);
    page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
    page.on('crash', () => faults.push('a tab crashed'));
    await page.goto(address);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    tabs.push({ page, session, random: randomOf(seed * TABS + index) });
  }
  const [began, ms] = [Date.now(), minutes * 60_000];
  const held: Held[] = [];
  for (const part of [WARM_UP, (1 + WARM_UP) / 2, 1]) {
    await Promise.all(tabs.map((tab) => walk(tab, began + part * ms)));
    held.push(await measure(browser, tabs));
  }
  const [start, middle, end] = held;
  console.table(Object.fromEntries([['start', start], ['middle', middle], ['end', end]].map(([name, one]) => [name, typeof one === 'object' ? { 'resident, MiB': mebibytes(one.rssBytes), 'JS heap, MiB': mebibytes(one.heapBytes), workers: one.workers, nodes: one.nodes } : {}])));
  console.log(Object.entries({ ...counts, 'not answered': unsettled }).map(([name, count]) => `${name} ${String(count)}`).join(', '));
  const wrong = [...faults, ...(start === undefined || end === undefined ? [] : grown(start, end))];
  for (const text of wrong) console.log(`FAULT ${text}`);
  console.log(wrong.length === 0 ? 'Nothing grew, and everything was answered.' : `${String(wrong.length)} faults (seed ${String(seed)}).`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  if (server.pid !== undefined) process.kill(-server.pid);
}
