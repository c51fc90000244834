import { useId } from 'react';
import controls from '../../../ui/controls.module.css';
import css from './routing.module.css';

/** Yes or no, as a row of a form. */
export function Switch({ label, value, onChange, says }: { readonly label: string; readonly value: boolean; readonly onChange: (value: boolean) => void; readonly says?: string }) {
  const id = useId();
  return (
    <div className={controls['field']} title={says}>
      <label className={controls['label']} htmlFor={id}>{label}</label>
      <input id={id} type="checkbox" className={css['switch']} checked={value} onChange={(event) => onChange(event.target.checked)} />
    </div>
  );
}
