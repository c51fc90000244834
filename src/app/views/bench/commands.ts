import { get as recall, del as forget, set as keep } from 'idb-keyval';
import type { Absent, BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import type { LabErrorInfo } from '../../../kernels/index.ts';
import { createBenchClient } from '../../../workers/bench/client.ts';
import type { BenchProgress } from '../../../workers/bench/client.ts';
import type { Reply } from '../../../workers/pixels/protocol.ts';
import { saveFile } from '../../commands/saveFile.ts';
import { paceOf, promisedSeconds } from '../../../kernels/bench/promise.ts';
import { csvOf, jsonOf, parseReport } from './files.ts';
import { planNow, set, useBenchmark } from './state.ts';
import type { Check, NamedReport } from './state.ts';

/** The view's door to the worker that measures. */
const client = createBenchClient();

const BASELINE_KEY = 'bench-baseline';
const CANCELLED = 'job/cancelled';

const tellVisibility = (): void => client.pageIs(document.hidden ? 'hidden' : 'shown');

/** While the view is seen; what is measured goes on when it is left. */
export function enter(): void {
  document.addEventListener('visibilitychange', tellVisibility);
  tellVisibility();
  if (useBenchmark.getState().engines !== undefined) return;
  void client.engines().then((reply) => set(reply.ok ? { engines: reply.value } : { error: reply.error }));
  void recallBaseline();
}

async function recallBaseline(): Promise<void> {
  const text: unknown = await recall(BASELINE_KEY).catch(() => undefined);
  if (typeof text !== 'string') return;
  const parsed = parseReport(text, 'The kept baseline');
  if (parsed.ok) set({ baseline: { name: 'baseline', report: parsed.value } });
}

const named = (report: BenchReport): NamedReport => ({ name: 'this run', report });

/** Runs are numbered: what an older one still has to say is not shown. */
let latest = 0;

/** The next runs are reckoned by how this one went; one that was far out, in a tab in the background say, does not count in full. */
const driftOf = (before: number, share: number): number => Math.min(4, Math.max(0.5, before * Math.min(2, Math.max(0.5, share))));

/** Measures what is chosen; what is done so far is shown at once. */
export async function run(): Promise<Reply<BenchReport>> {
  const { pace } = useBenchmark.getState();
  const plan = { ...planNow(), pace };
  const promised = promisedSeconds(plan);
  latest += 1;
  const own = latest;
  const rows: BenchRow[] = [];
  const absent: Absent[] = [];
  const since = Date.now();
  let done = 0;
  let total = 0;
  set({ run: { state: 'running', done, total, now: 'getting ready', since, promised }, error: undefined });
  const take = (progress: BenchProgress): void => {
    if (own !== latest) return;
    ({ done, total } = progress);
    rows.push(...progress.rows);
    absent.push(...progress.absent);
    const report: BenchReport = { machine: progress.machine, rows: [...rows], absent: [...absent], method: plan.method, wasHidden: rows.some(({ wasHidden }) => wasHidden === true) };
    set({ run: { state: 'running', done, total, now: progress.now, since, promised }, ...(rows.length > 0 || done === total ? { shown: named(report) } : {}) });
  };
  const reply = await client.run(plan, take);
  if (own !== latest) return reply;
  if (reply.ok) {
    const [seconds, all] = [(Date.now() - since) / 1000, promised.reduce((sum, one) => sum + one, 0)];
    set({ run: { state: 'done', cases: total, seconds, promised: all }, shown: named(reply.value), pace: paceOf(rows, driftOf(pace?.drift ?? 1, seconds / all)) });
  }
  else if (reply.error.code === CANCELLED) set({ run: { state: 'cancelled', done, total } });
  else set({ run: { state: 'failed', error: reply.error } });
  return reply;
}

export const cancel = (): void => client.cancel();

const answerOf = <T>(reply: Reply<T>): Check<T> => (reply.ok ? { state: 'done', found: reply.value } : { state: 'failed', error: reply.error });

/** A thousand conversions, one after the other: the kernels' memory before and after. */
export async function checkMemory(): Promise<void> {
  set({ memory: { state: 'running' } });
  const reply = await client.memory();
  set({ memory: answerOf(reply) });
}

/** Writes and compiles the module of every case. */
export async function checkCompilation(): Promise<void> {
  set({ compilation: { state: 'running' } });
  set({ compilation: answerOf(await client.compilation()) });
}

/** Keeps what is shown, to compare with; it stays in this browser. */
export async function keepBaseline(): Promise<void> {
  const { shown } = useBenchmark.getState();
  if (shown === undefined) return;
  set({ baseline: { ...shown, name: 'baseline' } });
  await keep(BASELINE_KEY, jsonOf(shown.report)).catch(() => fail({ code: 'bench/baseline', what: 'The browser did not keep the baseline: it gives this page no room.', remedy: 'It holds until the page is closed; save it as JSON to keep it.' }));
}

export async function dropBaseline(): Promise<void> {
  set({ baseline: undefined });
  await forget(BASELINE_KEY).catch(() => undefined);
}

function fail(error: LabErrorInfo): void {
  set({ error });
}

export const putErrorAway = (): void => set({ error: undefined });

async function takeReport(file: File, role: 'shown' | 'baseline'): Promise<void> {
  const text = await file.text().catch(() => undefined);
  if (text === undefined) { fail({ code: 'bench/unreadable', what: `“${file.name}” could not be read; it was moved or is still being written.`, remedy: 'Open it again.' }); return; }
  const parsed = parseReport(text, `“${file.name}”`);
  if (!parsed.ok) { fail(parsed.error); return; }
  if (role === 'shown') {
    latest += 1;
    client.cancel();
  }
  set({ error: undefined, [role]: { name: file.name, report: parsed.value }, ...(role === 'shown' ? { run: { state: 'none' } } : {}) });
}

let taken: Promise<void> = Promise.resolve();

/** Shows a report that was saved, or compares with it. Several are taken in the order they were opened, however large they are. */
export function openReport(file: File, role: 'shown' | 'baseline'): Promise<void> {
  taken = taken.then(() => takeReport(file, role));
  return taken;
}

const stamp = ({ machine }: BenchReport): string => `swizzle-bench-${machine.date.slice(0, 16).replace(/[T:]/g, '-')}`;

export function saveReport(kind: 'json' | 'csv'): void {
  const report = useBenchmark.getState().shown?.report;
  if (report === undefined) return;
  saveFile(`${stamp(report)}.${kind}`, kind === 'json' ? new Blob([jsonOf(report)], { type: 'application/json' }) : new Blob([csvOf(report)], { type: 'text/csv' }));
}

export async function savePicture(draw: (report: BenchReport) => Promise<Blob>): Promise<void> {
  const report = useBenchmark.getState().shown?.report;
  if (report !== undefined) saveFile(`${stamp(report)}.png`, await draw(report));
}
