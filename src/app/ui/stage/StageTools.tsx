import { Maximize, Minus, Plus } from 'lucide-react';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import { fit, nextZoom, setZoom, toggleSolo } from '../../commands/view.ts';
import { pointer } from '../../state/pointer.ts';
import { shownImages } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Channel } from '../controls.tsx';
import css from './Stage.module.css';

const ICON = 15;

/** Zooms from the size that is in effect; when the picture was fitted, around its middle. */
function zoom(direction: 1 | -1): void {
  const lab = useLab.getState();
  const spec = shownImages(lab).main?.spec;
  const next = nextZoom(pointer.getState().zoom, direction);
  setZoom(next, lab.view.zoom === 0 && spec !== undefined ? { x: spec.width / 2, y: spec.height / 2 } : lab.view.center);
}

/** Zoom and channels within reach of a finger. */
export function StageTools() {
  const format = useLab((lab) => shownImages(lab).main?.spec.format);
  const solo = useLab(({ view }) => view.solo);
  if (format === undefined) return undefined;
  const { components } = formatLayout(format);
  return (
    <div className={css['tools']} role="toolbar" aria-label="Stage" onPointerDown={(event) => event.stopPropagation()} onPointerUp={(event) => event.stopPropagation()}>
      <Button look="icon" aria-label="Fit the picture" onClick={fit}><Maximize size={ICON} /></Button>
      <Button look="icon" aria-label="Zoom out" onClick={() => zoom(-1)}><Minus size={ICON} /></Button>
      <Button look="icon" aria-label="Zoom in" onClick={() => zoom(1)}><Plus size={ICON} /></Button>
      {components.length > 1 && components.map(({ component }) => (
        <Button key={component} look="icon" aria-label={`Only ${component}`} aria-pressed={solo === component} onClick={() => toggleSolo(component)}><Channel name={component} /></Button>
      ))}
    </div>
  );
}
