import * as v from 'valibot';
import { LabError, PIXEL_FORMAT_IDS, isPixelFormatId } from '../kernels/index.ts';
import type { ImageSpec, LabErrorInfo } from '../kernels/index.ts';
import { ENCODER_ROWS, encodingFault, isEncoderId } from '../workers/encode/client.ts';
import { bench, options, pixels } from './state/schemas.ts';

/** What programs hand in is looked at before anything is changed by it: the document holds only what every view can draw. */
const refuse = (code: string, what: string, remedy: string): LabError => new LabError({ code: `automation/${code}`, what, remedy, vpiStatus: 'INVALID_ARGUMENT' });

const LONGEST_SHOWN = 80;

/** What was given, in short; also what no JSON can say: a BigInt, a circle, a function. */
export function shown(given: unknown): string {
  let text: string;
  try {
    text = typeof given === 'string' ? `“${given}”` : ((typeof given === 'function' ? undefined : JSON.stringify(given)) ?? String(given));
  } catch {
    text = typeof given === 'bigint' ? `${String(given)}n` : `a value of type ${typeof given}`;
  }
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}

/** @throws LabError `automation/bytes` */
export function checkBytes(given: unknown): void {
  if (!(given instanceof Uint8Array)) throw refuse('bytes', `The bytes of a raw picture come as a Uint8Array; ${shown(given)} was given.`, 'Wrap them: new Uint8Array(buffer).');
}

/** @throws LabError `automation/format` */
export function checkFormat(given: unknown): void {
  if (typeof given !== 'string' || !isPixelFormatId(given)) throw refuse('format', `There is no pixel format ${shown(given)}.`, `There are ${PIXEL_FORMAT_IDS.join(', ')}.`);
}

/** @throws LabError `automation/format` or `automation/size` */
export function checkSpec(given: ImageSpec | null | undefined): void {
  if (typeof given !== 'object' || given === null) throw refuse('spec', `A raw picture is described by an object with format, width and height; ${shown(given)} was given.`, 'Give one, such as { format: "nv12", width: 640, height: 480 }.');
  checkFormat(given.format);
  for (const side of ['width', 'height'] as const) if (!v.is(pixels, given[side])) throw refuse('size', `The ${side} is a whole number of pixels, 1 or more; ${shown(given[side])} was given.`, 'Correct it.');
}

/** @throws LabError where a name is none of the rows', or a value none of its kind; `undefined` means left out */
function checkRows(code: string, rows: v.ObjectEntries, given: unknown): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw refuse(code, `Options are an object; ${shown(given)} was given.`, `Its names are ${Object.keys(rows).join(', ')}.`);
  for (const [name, value] of Object.entries(given)) {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (row === undefined) throw refuse(code, `There is no option “${name}”.`, `There are ${Object.keys(rows).join(', ')}.`);
    const [issue] = value === undefined ? [] : (v.safeParse(row, value).issues ?? []);
    if (issue !== undefined) throw refuse(code, `${name} is ${issue.expected ?? 'something else'}; ${shown(value)} was given.`, 'Correct it, or leave it out.');
  }
}

/** @throws LabError `automation/option` */
export const checkOptions = (given: unknown): void => checkRows('option', options.entries, given);

/** @throws LabError `automation/bench` */
export const checkPlan = (given: unknown): void => checkRows('bench', bench.entries, given);

/** @throws LabError `automation/encoder`, or what the encoder refuses */
export function checkEncoding(encoder: unknown, given: Parameters<typeof encodingFault>[1], budgetMs: unknown): void {
  if (typeof encoder !== 'string' || !isEncoderId(encoder)) throw refuse('encoder', `There is no encoder ${shown(encoder)}.`, `There are ${ENCODER_ROWS.map(({ id }) => id).join(', ')}.`);
  const fault: LabErrorInfo | undefined = encodingFault(encoder, given);
  if (fault !== undefined) throw new LabError(fault);
  if (typeof budgetMs !== 'number' || !(budgetMs >= 0)) throw refuse('budget', `The budget is a number of milliseconds, 0 or more; ${shown(budgetMs)} was given.`, 'Correct it, or leave it out for one run.');
}

/** @throws LabError `automation/choice` */
export function checkChoice(name: string, choices: readonly string[], given: unknown): void {
  if (!choices.some((choice) => choice === given)) throw refuse('choice', `There is no ${name} ${shown(given)}.`, `There are ${choices.join(', ')}.`);
}
