import { Combobox } from '@base-ui/react/combobox';
import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import { PIXEL_FORMAT_IDS, pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import css from './FormatPicker.module.css';
import { allNames, matchesFormat } from './formatNames.ts';
import controls from './controls.module.css';

/** A format by its id, its title or any name that another world gives it. */
export default function FormatCombobox({ label, value, onChange }: { readonly label: string; readonly value: PixelFormatId; readonly onChange: (format: PixelFormatId) => void }) {
  const id = useId();
  return (
    <div className={css['row']}>
      <span id={id} className={controls['label']}>{label}</span>
      <Combobox.Root items={PIXEL_FORMAT_IDS} value={value} onValueChange={(next) => { if (next !== null) onChange(next); }} filter={matchesFormat} autoHighlight>
        <Combobox.Trigger className={css['trigger']} aria-labelledby={id}>
          <span><span className={css['id']}>{value}</span> <span className={controls['note']}>{pixelFormat(value).title}</span></span>
          <ChevronDown size={14} />
        </Combobox.Trigger>
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} align="start">
            <Combobox.Popup className={css['popup']} aria-label={label}>
              <Combobox.Input className={css['search']} placeholder="Search by any name: YUY2, XR24, BGR565…" aria-label="Search formats" />
              <div>
                <Combobox.Empty className={css['empty']}>No format has such a name.</Combobox.Empty>
                <Combobox.List className={css['list']}>
                  {(format: PixelFormatId) => (
                    <Combobox.Item key={format} value={format} className={css['item']}>
                      <span className={css['id']}>{format}</span>
                      <span>{pixelFormat(format).title}{pixelFormat(format).family === 'yuv' ? ` · ${pixelFormat(format).chroma}` : ''}</span>
                      <span className={css['aka']}>{allNames(format)}</span>
                    </Combobox.Item>
                  )}
                </Combobox.List>
              </div>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}
