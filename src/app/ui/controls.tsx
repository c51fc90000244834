import { useId, useRef, useState } from 'react';
import { sayHiStatus } from '../../kernels/labError.ts';
import type { HiStatus } from '../../kernels/labError.ts';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { numberFrom } from '../state/format.ts';
import css from './controls.module.css';

type ButtonLook = 'plain' | 'primary' | 'quiet' | 'icon' | 'small';

const classes = (...names: readonly (string | undefined)[]): string => names.filter((name) => name !== undefined).join(' ');

/** A button of the house. `icon` ones need an `aria-label`, which is their tooltip too. */
export function Button({ look = 'plain', ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: ButtonLook }) {
  const looks = { plain: undefined, primary: css['primary'], quiet: css['quiet'], icon: `${css['icon'] ?? ''} ${css['quiet'] ?? ''}`, small: css['small'] };
  return <button type="button" title={rest['aria-label']} {...rest} className={classes(css['button'], looks[look])} />;
}

interface FileButtonProps {
  readonly label: string;
  readonly onFile: (file: File) => void;
  readonly look?: ButtonLook;
  readonly disabled?: boolean;
  /** As the attribute of an input; left out: any file. */
  readonly accept?: string | undefined;
  /** What the choice of the file is called, where it is not the button's label. */
  readonly name?: string;
}

/** A button that asks for one file. */
export function FileButton({ label, onFile, look = 'plain', disabled = false, accept, name = label }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look={look} disabled={disabled} onClick={() => input.current?.click()}>{label}</Button>
      <input ref={input} type="file" className="visually-hidden" tabIndex={-1} aria-label={name} accept={accept} onChange={(event) => {
        const [file] = event.target.files ?? [];
        if (file !== undefined) onFile(file);
        event.target.value = '';
      }} />
    </>
  );
}

export function Section({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className={css['section']} aria-label={title}>
      <h2 className={css['heading']}><span>{title}</span>{aside}</h2>
      {children}
    </section>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly step?: number;
  /** Any finite or even non-finite number may be typed; the fault says why it is refused. */
  readonly check?: (value: number) => string | undefined;
  /** Whether a typed number waits until the field is left, Enter, or a pause: where every digit would be an edit of its own. Arrow keys never wait. */
  readonly waits?: boolean;
  /** Whether what stands in the field is the value, for those who would go on with another number than the one that is read. */
  readonly onValid?: (isValid: boolean) => void;
}

/** Milliseconds without a key after which a number counts as typed. */
const PAUSE = 400;

/** A number and what is wrong with it. The text stays as typed; only a valid number leaves the field. */
export function NumberField({ label, value, onChange, min, step, check, waits = false, onValid }: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly send: () => void }>(undefined);
  const text = draft ?? String(value);
  const faultOf = (typed: string): string | undefined => {
    if (typed.trim() === '') return 'A number is missing.';
    const number = numberFrom(typed);
    return check?.(number) ?? (Number.isFinite(number) ? (min !== undefined && number < min ? `At least ${String(min)}.` : undefined) : `“${typed}” is no number.`);
  };
  const fault = draft === undefined ? undefined : faultOf(draft);
  const drop = (): void => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
  };
  const flush = (): void => {
    const send = waiting.current?.send;
    drop();
    send?.();
  };
  const leave = (): void => {
    flush();
    if (draft !== undefined && fault === undefined) setDraft(undefined);
  };
  const type = (next: string, isTyped = true): void => {
    drop();
    setDraft(next);
    const isValid = faultOf(next) === undefined;
    const send = (): void => { if (!waits || numberFrom(next) !== value) onChange(numberFrom(next)); };
    if (isValid && waits && isTyped) waiting.current = { timer: setTimeout(flush, PAUSE), send };
    else if (isValid) send();
    onValid?.(isValid);
  };
  const takeBack = (): void => {
    drop();
    setDraft(undefined);
    onValid?.(true);
  };
  const nudge = (event: React.KeyboardEvent, direction: number): void => {
    event.preventDefault();
    const from = numberFrom(text);
    type(String((Number.isFinite(from) ? from : value) + direction * (step ?? 1) * (event.shiftKey ? 10 : 1)), false);
  };
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>{label}</label>
      <input
        id={id}
        className={`${css['input'] ?? ''} mono`}
        inputMode="decimal"
        value={text}
        aria-invalid={fault !== undefined}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') nudge(event, 1);
          else if (event.key === 'ArrowDown') nudge(event, -1);
          else if (event.key === 'Enter') leave();
          else if (event.key === 'Escape') takeBack();
        }}
      />
      {fault !== undefined && <span className={css['fault']} role="alert">{fault}</span>}
    </div>
  );
}

export interface Choice<T extends string> {
  readonly value: T;
  readonly title: string;
}

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  /** Why nothing of it is in use: said instead of a value. */
  readonly unused?: string | undefined;
}

export function SelectField<T extends string>({ label, value, choices, onChange, disabled = false, unused }: SelectFieldProps<T>) {
  const id = useId();
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>{label}</label>
      <select id={id} className={css['input']} value={unused === undefined ? value : ''} disabled={disabled || unused !== undefined} title={unused} onChange={(event) => { const chosen = choices.find((choice) => choice.value === event.target.value); if (chosen !== undefined) onChange(chosen.value); }}>
        {unused !== undefined && <option value="">{`– ${unused}`}</option>}
        {choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.title}</option>)}
      </select>
    </div>
  );
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
}

/** Exclusive choices as a row of a form, its label beside it. */
export function SegmentsField<T extends string>({ title, ...segments }: SegmentsProps<T> & { readonly title: string }) {
  return <div className={css['field']}><span className={css['label']} aria-hidden="true">{title}</span><Segments {...segments} /></div>;
}

/** A few exclusive choices side by side. */
export function Segments<T extends string>({ label, value, choices, onChange }: SegmentsProps<T>) {
  return (
    <div className={css['segments']} role="group" aria-label={label}>
      {choices.map((choice) => <button key={choice.value} type="button" aria-pressed={choice.value === value} onClick={() => onChange(choice.value)}>{choice.title}</button>)}
    </div>
  );
}

const HUES: Record<string, string> = { R: 'var(--r)', G: 'var(--g)', B: 'var(--b)', A: 'var(--a)', Y: 'var(--y)', U: 'var(--u)', V: 'var(--v)', I: 'var(--i)' };

/** A channel's letter in its hue; the letter says it too. */
export function Channel({ name }: { readonly name: string }) {
  return <span className={css['chip']} style={{ color: HUES[name] ?? 'var(--text)' }}>{name}</span>;
}

export const channelHue = (name: string): string => HUES[name] ?? 'var(--text)';

export function Note({ children }: { readonly children: ReactNode }) {
  return <p className={css['note']}>{children}</p>;
}

/** An error as data: what was wrong, what to do, and buttons that do it. */
export function ErrorNote({ error, children }: { readonly error: { readonly code: string; readonly what: string; readonly remedy: string; readonly vpiStatus?: string | undefined; readonly hiStatus?: HiStatus | undefined }; readonly children?: ReactNode }) {
  return (
    <div className={css['error']} role="alert">
      <p>{error.what}</p>
      <p className={css['note']}>{error.remedy}</p>
      {children !== undefined && <div className={css['actions']}>{children}</div>}
      <p className={css['code']}>{error.code}{error.vpiStatus === undefined ? '' : ` · VPI: ${error.vpiStatus}`}{error.hiStatus === undefined ? '' : ` · JPEGE: ${sayHiStatus(error.hiStatus)}`}</p>
    </div>
  );
}
