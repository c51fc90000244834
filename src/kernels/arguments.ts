/** What callers may hand in, said as rows: the check, the types and the forms read the same statement. */
import { LabError } from './labError.ts';
import type { VpiStatus } from './labError.ts';

/** What a value must be. */
export interface Kind<T> {
  /** Completes “the scale is …”. */
  readonly says: string;
  readonly is: (value: unknown) => value is T;
  /** Of a choice: every value. */
  readonly values?: readonly string[];
}

/** One named argument. `code` and `remedy` where the general ones say too little. */
export interface ArgumentRow<T> extends Kind<T> {
  readonly code?: string;
  readonly remedy?: string;
  /** What it is called in a sentence, where not by its name: `horizontal density`. */
  readonly title?: string;
}

export type ValueOf<Row> = Row extends { readonly is: (value: unknown) => value is infer T } ? T : never;

/** An object with some of the rows' names. */
export type OptionsOf<Rows> = { readonly [Name in keyof Rows]?: ValueOf<Rows[Name]> | undefined };

export const keysOf = <T extends string>(rows: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(rows).filter((key): key is T => Object.hasOwn(rows, key));

export const choice = <const T extends string>(values: readonly T[]): Kind<T> => ({ says: `one of ${values.join(', ')}`, values, is: (value): value is T => values.some((known) => known === value) });

export const whole = (least: number, most: number): Kind<number> => ({
  says: `a whole number of ${String(least)} … ${String(most)}`,
  is: (value): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most,
});

export const FP32: Kind<number> = { says: 'a finite fp32 number', is: (value): value is number => typeof value === 'number' && Number.isFinite(Math.fround(value)) };
export const FLAG: Kind<boolean> = { says: 'true or false', is: (value): value is boolean => typeof value === 'boolean' };
export const FUNCTION: Kind<(...given: never[]) => unknown> = { says: 'a function', is: (value): value is (...given: never[]) => unknown => typeof value === 'function' };
export const TEXT: Kind<string> = { says: 'a text', is: (value): value is string => typeof value === 'string' };
export const OBJECT: Kind<object> = { says: 'an object', is: (value): value is object => typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) };
/** A Buffer is one too, and one of another window or realm. */
export const BYTES: Kind<Uint8Array> = { says: 'a Uint8Array', is: (value): value is Uint8Array => value instanceof Uint8Array || tagOf(value) === '[object Uint8Array]' };

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** Any value as a message shows it; never throws, never long. */
export function sayValue(value: unknown): string {
  if (typeof value === 'string') return value.length > 60 ? `“${value.slice(0, 60)}…”` : `“${value}”`;
  if (typeof value === 'bigint') return `${String(value)}n (a BigInt)`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return value.length > 8 ? `a list of ${String(value.length)}` : `[${value.map(sayValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const name = tagOf(value).slice(8, -1);
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Letters to insert, drop, replace or exchange with a neighbour. @source F. J. Damerau, CACM 7(3), 1964; here with adjacent exchanges only */
function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const [left, up, corner] = [row[j - 1], last[j], last[j - 1]];
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] + 1 : Infinity;
      row.push(Math.min(left + 1, up + 1, corner + (same ? 0 : 1), exchanged));
    }
    [before, last] = [last, row];
  }
  return last[b.length];
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The known name that a wrong one was most likely meant to be; undefined where none is near. */
export function nearestName(given: unknown, names: readonly string[]): string | undefined {
  if (typeof given !== 'string' || given.length > 60) return undefined;
  const wanted = plain(given);
  const [best] = names.map((name) => ({ name, far: distance(wanted, plain(name)) })).toSorted((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(1, Math.floor(wanted.length / 3)) ? best.name : undefined;
}

/** `You may mean “scale”. Known are scale, offset.` */
export function suggest(given: unknown, names: readonly string[]): string {
  const nearest = nearestName(given, names);
  const known = `Known are ${names.join(', ')}.`;
  return nearest === undefined ? known : `You may mean “${nearest}”. ${known}`;
}

export function refuseArgument(code: string, what: string, remedy: string, vpiStatus: VpiStatus = 'INVALID_ARGUMENT'): never {
  throw new LabError({ code, what, remedy, vpiStatus });
}

/** @param name with its article: `the width` */
export function checkArgument<T>(value: T, name: string, { says, is, values, code, remedy }: ArgumentRow<T>, fallback: string): void {
  if (is(value)) return;
  refuseArgument(code ?? fallback, `${name.charAt(0).toUpperCase()}${name.slice(1)} is ${says}; ${sayValue(value)} was given.`, remedy ?? (values === undefined ? 'Correct it, or leave it out.' : suggest(value, values)));
}

/**
 * Options by their rows: every name must be one of the rows', every value of its row's kind; `undefined` is as left out.
 * @param owner whose options they are: `convert`, `encodeJpeg`; also the first part of the codes `…/option` and `…/<name>`
 * @throws LabError `<owner>/options`, `<owner>/option`, or the row's code
 */
export function checkRows(owner: string, rows: Readonly<Record<string, ArgumentRow<never> | ArgumentRow<unknown>>>, given: object): void {
  if (!OBJECT.is(given)) refuseArgument(`${owner}/options`, `The options of ${owner} are an object; ${sayValue(given)} was given.`, 'Give an object such as {}, or leave it out.');
  for (const [name, value] of Object.entries(given)) {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (row === undefined) refuseArgument(`${owner}/option`, `${owner} has no option “${name}”.`, suggest(name, Object.keys(rows)));
    if (value === undefined || row.is(value)) continue;
    refuseArgument(row.code ?? `${owner}/${name}`, `The ${row.title ?? `option ${name}`} is ${row.says}; ${sayValue(value)} was given.`, row.remedy ?? (row.values === undefined ? 'Correct it, or leave it out.' : suggest(value, row.values)));
  }
}
