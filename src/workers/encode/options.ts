import { LabError } from '../../kernels/index.ts';

export type OptionValue = number | string | boolean;
/** Values by the option's id; what is left out has its default. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

interface OptionBase {
  readonly id: string;
  readonly title: string;
  /** What it does, where the title does not say. */
  readonly says?: string;
}

/** One option of an encoder: the form is drawn from it, and values are checked against it. */
export type OptionRow =
  | (OptionBase & { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number; readonly whole: boolean; readonly default: number })
  | (OptionBase & { readonly kind: 'choice'; readonly choices: readonly { readonly value: string; readonly title: string }[]; readonly default: string })
  | (OptionBase & { readonly kind: 'switch'; readonly default: boolean })
  | (OptionBase & { readonly kind: 'text'; readonly default: string; readonly lines: number });

const refuse = (what: string, remedy: string): LabError => new LabError({ code: 'encode/option', what, remedy, vpiStatus: 'INVALID_ARGUMENT' });

/** What is wrong with a value, or undefined. */
export function optionFault(row: OptionRow, value: OptionValue): string | undefined {
  switch (row.kind) {
    case 'number':
      if (typeof value === 'number' && Number.isFinite(value) && value >= row.min && value <= row.max && (!row.whole || Number.isInteger(value))) return undefined;
      return `${row.title} is a ${row.whole ? 'whole ' : ''}number of ${String(row.min)} … ${String(row.max)}; ${String(value)} was given.`;
    case 'choice':
      return row.choices.some((choice) => choice.value === value) ? undefined : `${row.title} is one of ${row.choices.map((choice) => choice.value).join(', ')}; ${String(value)} was given.`;
    case 'switch':
      return typeof value === 'boolean' ? undefined : `${row.title} is on or off; ${String(value)} was given.`;
    case 'text':
      return typeof value === 'string' ? undefined : `${row.title} is a text; ${String(value)} was given.`;
  }
}

/**
 * Every option of the rows, defaults filled in.
 * @throws LabError `encode/option` for values out of range and for names that no row has
 */
export function resolveValues(rows: readonly OptionRow[], values: OptionValues): OptionValues {
  const unknown = Object.keys(values).find((name) => !rows.some(({ id }) => id === name));
  if (unknown !== undefined) throw refuse(`There is no option “${unknown}”.`, rows.length === 0 ? 'This encoder has none.' : `It has ${rows.map(({ id }) => id).join(', ')}.`);
  return Object.fromEntries(rows.map((row) => {
    const value = values[row.id] ?? row.default;
    const fault = optionFault(row, value);
    if (fault !== undefined) throw refuse(fault, 'Correct it, or leave it out for the default.');
    return [row.id, value];
  }));
}

export const numberOf = (values: OptionValues, id: string): number => {
  const value = values[id];
  if (typeof value !== 'number') throw new TypeError(`${id} is no number.`);
  return value;
};
export const textOf = (values: OptionValues, id: string): string => String(values[id] ?? '');
export const isOn = (values: OptionValues, id: string): boolean => values[id] === true;
