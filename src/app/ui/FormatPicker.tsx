import { ChevronDown } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import css from './FormatPicker.module.css';
import controls from './controls.module.css';

/** The list with its search is the largest part of the first load, and nobody opens it at once. */
const FormatCombobox = lazy(() => import('./FormatCombobox.tsx'));

/** A format by its id, its title or any name that another world gives it. */
export function FormatPicker(props: { readonly label: string; readonly value: PixelFormatId; readonly onChange: (format: PixelFormatId) => void }) {
  const { label, value } = props;
  const waiting = (
    <div className={css['row']}>
      <span className={controls['label']}>{label}</span>
      <button type="button" className={css['trigger']} disabled><span><span className={css['id']}>{value}</span> <span className={controls['note']}>{pixelFormat(value).title}</span></span><ChevronDown size={14} /></button>
    </div>
  );
  return <Suspense fallback={waiting}><FormatCombobox {...props} /></Suspense>;
}
