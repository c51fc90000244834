import { parseArgs } from 'node:util';
import type { Method } from '../../src/kernels/bench/report.ts';

/** What can be chosen from. */
export interface Known {
  readonly cases: readonly string[];
  readonly engines: (threads: readonly number[]) => readonly string[];
  readonly sizes: readonly (readonly [number, number])[];
}

export interface Options {
  readonly json: boolean;
  /** Whether the writing and compiling of modules is measured instead. */
  readonly compile: boolean;
  readonly cases: readonly string[];
  readonly engines: readonly string[];
  readonly sizes: readonly (readonly [number, number])[];
  readonly threads: readonly number[];
  /** Whether what no engine can be chosen for is measured as well. */
  readonly wantsAll: boolean;
  readonly budgetMs: number;
  /** Undefined: more than the caches hold. */
  readonly frames: number | undefined;
  readonly method: Method;
}

/** Something on the command line that cannot be; its message is for the person who wrote it. */
export class UsageError extends Error {}

const wrapped = (words: readonly string[]): string => words.join(' ').replace(/(.{1,100})(?: |$)/g, '    $1\n').trimEnd();

export const usage = ({ cases, engines }: Known): string => `How long conversions take, as a ratio to a memory copy of as many bytes in the same run.

  npm run bench -- [options]
  npm run --silent bench -- --json --size 1920x1080 --cases nv12-rgba,rgba-nv12 --engines simd,copy

  --cases a,b      what is measured; left out: all
  --engines a,b    by what; left out: all. A ratio needs copy among them
  --size WxH       one size; left out: all four
  --threads a,b    how many threads simd is measured with besides one (2)
  --seconds n      for all engines of a case together (1.2)
  --frames n       that take turns; 1 stays in the caches (more than the caches hold)
  --method m       median, or vpi: batches and their trimmed median, as VPI's tables (median)
  --json           nothing but { machine, rows, … }
  --compile        instead: how long each case’s module takes to be written and compiled

  cases
${wrapped(cases)}

  engines
${wrapped(engines([2]))}
`;

function chosen(text: string | undefined, known: readonly string[], what: string): readonly string[] {
  const names = text?.split(',').map((name) => name.trim()) ?? known;
  const strange = names.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new UsageError(`There is no ${what} called ${strange.join(', ')}. There is: ${known.join(', ')}.`);
  return names;
}

function positive(text: string, option: string, isWhole: boolean): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)) || (isWhole && !Number.isInteger(value))) throw new UsageError(`${option} is a ${isWhole ? 'whole ' : ''}number above 0; ${text === '' ? 'nothing' : text} was given.`);
  return value;
}

function sizeOf(text: string): readonly [number, number] {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(text) ?? [];
  if (width === undefined || height === undefined) throw new UsageError(`--size is WIDTHxHEIGHT in pixels, as 1920x1080; ${text === '' ? 'nothing' : text} was given.`);
  return [Number(width), Number(height)];
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false }, compile: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false }, size: { type: 'string' }, cases: { type: 'string' }, engines: { type: 'string' },
        seconds: { type: 'string', default: '1.2' }, frames: { type: 'string' }, threads: { type: 'string', default: '2' }, method: { type: 'string', default: 'median' },
      },
    }).values;
  } catch (thrown) {
    throw new UsageError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** @throws UsageError on what cannot be @returns undefined when help was asked for */
export function optionsOf(args: readonly string[], known: Known): Options | undefined {
  const { help, json, compile, size, cases, engines, seconds, frames, threads: counts, method } = parsed(args);
  if (help) return undefined;
  if (method !== 'median' && method !== 'vpi') throw new UsageError(`--method is median or vpi; ${method} was given.`);
  const threads = counts.split(',').map((count) => positive(count, '--threads', true));
  return {
    json, compile, threads, method,
    cases: chosen(cases, known.cases, 'case'),
    engines: chosen(engines, known.engines(threads), 'engine'),
    wantsAll: engines === undefined || cases !== undefined,
    sizes: size === undefined ? known.sizes : [sizeOf(size)],
    budgetMs: positive(seconds, '--seconds', false) * 1000,
    frames: frames === undefined ? undefined : positive(frames, '--frames', true),
  };
}
