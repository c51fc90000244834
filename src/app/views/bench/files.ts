import * as v from 'valibot';
import { gigabytesPerSecond, megapixelsPerSecond } from '../../../kernels/bench/report.ts';
import type { BenchReport } from '../../../kernels/bench/report.ts';
import type { Reply } from '../../../workers/pixels/protocol.ts';

/** Longer than any measurement: the number came from elsewhere. */
const DAY_MS = 86_400_000;
/** Lower than any clock’s step divided by the calls of a batch. */
const SHORTEST_MS = 1e-9;
const MOST_PIXELS_ACROSS = 2 ** 24;
const LARGEST_SAMPLE = 2 ** 32;

const time = v.pipe(v.number(), v.finite(), v.minValue(SHORTEST_MS), v.maxValue(DAY_MS));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const none = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const side = v.pipe(count, v.maxValue(MOST_PIXELS_ACROSS));
const percent = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
/** VPI’s interval is the median ± an error, which may be more than the median. */
const bound = v.pipe(v.number(), v.finite(), v.minValue(-DAY_MS), v.maxValue(2 * DAY_MS));
const Interval = v.pipe(v.tuple([bound, bound]), v.check(([low, high]) => low <= high, 'its lower end is above its upper'));
const Plain = v.object({
  case: v.string(), from: v.string(), to: v.string(), width: side, height: side, engine: v.string(), threads: count,
  medianMs: time, ci95: Interval, ratioToCopy: v.nullable(positive), mismatchPercent: v.nullable(percent), maxError: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(LARGEST_SAMPLE))),
  timing: v.picklist(['kernel', 'transfer', 'tile']), pixels: v.optional(count), file: v.optional(v.object({ bytes: count, psnr: v.optional(v.nullable(v.pipe(v.number(), v.finite()))) })), bytes: positive, outliers: none, samples: v.array(time), wasHidden: v.optional(v.boolean()),
});
const Row = v.pipe(
  Plain,
  v.check(({ medianMs, ci95: [low, high] }) => low <= medianMs && medianMs <= high, 'its median is outside its interval'),
);
const Machine = v.object({ cpu: v.string(), threads: count, runtime: v.string(), date: v.pipe(v.string(), v.check((date) => !Number.isNaN(Date.parse(date)), 'it is no date')), isolated: v.boolean(), timerStepMs: v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(DAY_MS)) });
const Report = v.object({ machine: Machine, rows: v.array(Row), absent: v.optional(v.array(v.object({ case: v.string(), engine: v.string(), reason: v.string() })), []), method: v.optional(v.picklist(['median', 'vpi']), 'median'), wasHidden: v.optional(v.boolean(), false) });

export const jsonOf = (report: BenchReport): string => JSON.stringify(report, undefined, 1);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is wrong at a place of a report. */
function complaint({ type, message, received, expected }: v.BaseIssue<unknown>, place: string): string {
  if (type === 'check') return `${place} is impossible: ${message}`;
  return received === 'undefined' ? `${place} is missing` : `${place} is ${received}, not ${expected ?? 'what it should be'}`;
}

/** A report from its text: as this view saves it, or as `npm run bench -- --json` prints it. @param what names the text in an error */
export function parseReport(text: string, what: string): Reply<BenchReport> {
  const result = v.safeParse(Report, parse(text));
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  return { ok: false, error: { code: 'bench/no-report', what: `${what} is no benchmark report: ${place === null ? 'it is not the JSON of one' : complaint(issue, place)}.`, remedy: 'Open what “Save JSON” saves here, or what npm run bench -- --json prints.' } };
}

/** What spreadsheets take for a formula: by its first character, after blanks too, and as full-width characters. */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@|%＝＋－＠]|^[\t\r\n]/;

/** A cell of CSV. Texts that would be formulas get an apostrophe before them; numbers stay numbers, negative ones too. @source OWASP, “CSV Injection” */
function cell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '');
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\t\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const COLUMNS = ['case', 'from', 'to', 'width', 'height', 'engine', 'threads', 'timing', 'median_ms', 'low_ms', 'high_ms', 'ratio_to_copy', 'megapixels_per_s', 'gigabytes_per_s', 'mismatch_percent', 'max_error', 'file_bytes', 'psnr_db', 'batches', 'outliers', 'hidden', 'machine_cpu', 'machine_threads', 'runtime', 'isolated', 'timer_step_ms', 'date', 'method'] as const;

/** One line a row; the machine stands in every line, so that files can be joined. */
export function csvOf({ rows, machine, method }: BenchReport): string {
  const lines = rows.map((row) => [row.case, row.from, row.to, row.width, row.height, row.engine, row.threads, row.timing, row.medianMs, ...row.ci95, row.ratioToCopy, megapixelsPerSecond(row), gigabytesPerSecond(row), row.mismatchPercent, row.maxError, row.file?.bytes ?? null, row.file?.psnr ?? null, row.samples.length, row.outliers, String(row.wasHidden === true), machine.cpu, machine.threads, machine.runtime, String(machine.isolated), machine.timerStepMs, machine.date, method].map(cell).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
