import { useId } from 'react';
import { optionFault } from '../../workers/encode/client.ts';
import type { OptionRow, OptionValue, OptionValues } from '../../workers/encode/client.ts';
import css from './OptionForm.module.css';
import controls from './controls.module.css';
import { Note, NumberField, SelectField } from './controls.tsx';

interface FieldProps {
  readonly row: OptionRow;
  readonly value: OptionValue;
  readonly onChange: (value: OptionValue) => void;
}

/** Ranges of so many steps and fewer get a slider beside the field. */
const MOST_STEPS = 200;

function NumberOption({ row, value, onChange }: FieldProps) {
  if (row.kind !== 'number') return undefined;
  // What is no number at all the field refuses itself, in the words that were typed.
  const hasSlider = (row.max - row.min) / row.step <= MOST_STEPS;
  return (
    <>
      <NumberField label={row.title} value={Number(value)} step={row.step} check={(next) => (Number.isNaN(next) ? undefined : optionFault(row, next))} onChange={onChange} />
      {hasSlider && <input type="range" className={css['range']} aria-label={`${row.title}, slider`} min={row.min} max={row.max} step={row.step} value={Number(value)} onChange={(event) => onChange(Number(event.target.value))} />}
    </>
  );
}

function SwitchOption({ row, value, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className={controls['field']}>
      <label className={controls['label']} htmlFor={id}>{row.title}</label>
      <input id={id} type="checkbox" className={css['switch']} checked={value === true} onChange={(event) => onChange(event.target.checked)} />
    </div>
  );
}

function TextOption({ row, value, onChange }: FieldProps) {
  const id = useId();
  if (row.kind !== 'text') return undefined;
  return (
    <div className={controls['field']}>
      <label className={controls['label']} htmlFor={id}>{row.title}</label>
      <textarea id={id} className={css['text']} rows={row.lines} spellCheck={false} value={String(value)} onChange={(event) => onChange(event.target.value)} />
    </div>
  );
}

function Field(props: FieldProps) {
  const { row, value, onChange } = props;
  switch (row.kind) {
    case 'number': return <NumberOption {...props} />;
    case 'choice': return <SelectField label={row.title} value={String(value)} choices={row.choices} onChange={onChange} />;
    case 'switch': return <SwitchOption {...props} />;
    case 'text': return <TextOption {...props} />;
  }
}

/** A form drawn from option rows; values that are left out show their default. */
export function OptionForm({ rows, values, onChange }: { readonly rows: readonly OptionRow[]; readonly values: OptionValues; readonly onChange: (id: string, value: OptionValue) => void }) {
  return rows.map((row) => (
    <div key={row.id} className={css['option']} title={row.says}>
      <Field row={row} value={values[row.id] ?? row.default} onChange={(value) => onChange(row.id, value)} />
      {row.kind === 'text' && row.says !== undefined && <Note>{row.says}</Note>}
    </div>
  ));
}
