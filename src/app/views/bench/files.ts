import * as v from 'valibot';
import { gigabytesPerSecond, megapixelsPerSecond } from '../../../kernels/bench/report.ts';
import type { BenchReport } from '../../../kernels/bench/report.ts';
import type { Reply } from '../../../workers/protocol.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const Row = v.object({
  case: v.string(), from: v.string(), to: v.string(), width: count, height: count, engine: v.string(), threads: count,
  medianMs: positive, ci95: v.tuple([v.number(), v.number()]), ratioToCopy: v.nullable(positive), mismatchPercent: v.nullable(v.number()), maxError: v.nullable(v.number()),
  timing: v.picklist(['kernel', 'transfer', 'tile']), pixels: v.optional(count), file: v.optional(v.object({ bytes: count, psnr: v.optional(v.nullable(v.number())) })), bytes: positive, outliers: v.number(), samples: v.array(v.number()), wasHidden: v.optional(v.boolean()),
});
const Machine = v.object({ cpu: v.string(), threads: count, runtime: v.string(), date: v.string(), isolated: v.boolean(), timerStepMs: v.number() });
const Report = v.object({ machine: Machine, rows: v.array(Row), absent: v.optional(v.array(v.object({ case: v.string(), engine: v.string(), reason: v.string() })), []), method: v.optional(v.picklist(['median', 'vpi']), 'median'), wasHidden: v.optional(v.boolean(), false) });

export const jsonOf = (report: BenchReport): string => JSON.stringify(report, undefined, 1);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A report from its text: as this view saves it, or as `npm run bench -- --json` prints it. @param what names the text in an error */
export function parseReport(text: string, what: string): Reply<BenchReport> {
  const result = v.safeParse(Report, parse(text));
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const place = v.getDotPath(issue);
  return { ok: false, error: { code: 'bench/no-report', what: `${what} is no benchmark report: ${place === null ? 'it is not the JSON of one' : issue.received === 'undefined' ? `${place} is missing` : `${place} is ${issue.received}, not ${issue.expected ?? 'what it should be'}`}.`, remedy: 'Open what “Save JSON” saves here, or what npm run bench -- --json prints.' } };
}

const quoted = (value: string | number | null): string => (typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value ?? ''));

const COLUMNS = ['case', 'from', 'to', 'width', 'height', 'engine', 'threads', 'timing', 'median_ms', 'low_ms', 'high_ms', 'ratio_to_copy', 'megapixels_per_s', 'gigabytes_per_s', 'mismatch_percent', 'max_error', 'file_bytes', 'psnr_db', 'batches', 'outliers', 'hidden', 'machine_cpu', 'machine_threads', 'runtime', 'isolated', 'timer_step_ms', 'date', 'method'] as const;

/** One line a row; the machine stands in every line, so that files can be joined. */
export function csvOf({ rows, machine, method }: BenchReport): string {
  const lines = rows.map((row) => [row.case, row.from, row.to, row.width, row.height, row.engine, row.threads, row.timing, row.medianMs, ...row.ci95, row.ratioToCopy, megapixelsPerSecond(row), gigabytesPerSecond(row), row.mismatchPercent, row.maxError, row.file?.bytes ?? null, row.file?.psnr ?? null, row.samples.length, row.outliers, String(row.wasHidden === true), machine.cpu, machine.threads, machine.runtime, String(machine.isolated), machine.timerStepMs, machine.date, method].map(quoted).join(','));
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}
