import { useMemo, useState } from 'react';
import { ENCODER_ROWS } from '../../../workers/encode/client.ts';
import type { EncoderId } from '../../../workers/encode/client.ts';
import { cancelSweep, sweep } from '../../commands/rates.ts';
import { activeImage } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Segments } from '../../ui/controls.tsx';
import { RatesChart } from './RatesChart.tsx';
import type { Measure } from './curves.ts';
import { curvesOf, lookOf } from './curves.ts';
import css from './encode.module.css';
import { pixelsOf } from './figures.ts';

const MEASURES = [{ value: 'ssim', title: 'SSIM' }, { value: 'psnr', title: 'PSNR' }] as const;
const FIRST: readonly EncoderId[] = ['ours', 'jpeg-js', 'mozjpeg', 'browser-webp', 'vp9', 'av1'];
const SWEPT = ENCODER_ROWS.filter((row) => 'sweep' in row && row.id !== 'ours-scalar' && row.id !== 'ours-parallel');

function Swatch({ encoder }: { readonly encoder: EncoderId }) {
  const { hue, dash } = lookOf(ENCODER_ROWS.findIndex(({ id }) => id === encoder));
  return <svg width="30" height="8" aria-hidden="true"><path d="M0 4h30" stroke={`var(${hue})`} strokeWidth="2" strokeDasharray={dash.join(' ')} /></svg>;
}

function Legend({ chosen, setChosen }: { readonly chosen: readonly EncoderId[]; readonly setChosen: (ids: readonly EncoderId[]) => void }) {
  const absences = useLab(({ encoding }) => encoding.absences);
  return (
    <div className={css['legend']} role="group" aria-label="Encoders of the chart">
      {SWEPT.map(({ id, title }) => (
        <label key={id} title={absences?.[id]}>
          <input type="checkbox" disabled={absences?.[id] !== undefined} checked={chosen.includes(id) && absences?.[id] === undefined} onChange={({ target }) => setChosen(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))} />
          <Swatch encoder={id} />
          <span>{title}</span>
        </label>
      ))}
    </div>
  );
}

/** How near each encoder comes to the source for how many bits: a sweep through its quality. */
export default function Rates() {
  const image = useLab(activeImage);
  const state = useLab(({ encoding }) => encoding.sweep);
  const [measure, setMeasure] = useState<Measure>('ssim');
  const [chosen, setChosen] = useState(FIRST);
  const points = state.state === 'none' ? undefined : state.so;
  const pixels = image === undefined ? 1 : pixelsOf(image);
  const curves = useMemo(() => (points === undefined ? [] : curvesOf(points.filter(({ encoder }) => chosen.includes(encoder)), pixels, measure)), [points, chosen, pixels, measure]);
  const isRunning = state.state === 'running';
  return (
    <div className={css['curves']}>
      <div className={css['chart']}>
        <div className={css['tools']}>
          <Button look="primary" onClick={() => void sweep(chosen)} disabled={image === undefined || chosen.length === 0}>{isRunning ? 'Start again' : 'Sweep'}</Button>
          {isRunning && <Button onClick={cancelSweep}>Cancel</Button>}
          {isRunning && <progress className={css['meter']} value={state.done} max={state.total} aria-label="Sweep" />}
          <span className="mono" role="status">{isRunning ? `${String(state.done)} of ${String(state.total)}` : state.state === 'cancelled' ? `cancelled after ${String(state.done)} of ${String(state.total)}` : state.state === 'done' ? `${String(state.so.length)} points` : ''}</span>
          <span className={css['spread']} />
          <Segments label="Measure" value={measure} choices={MEASURES} onChange={setMeasure} />
        </div>
        {state.state === 'failed' && <ErrorNote error={state.error} />}
        {curves.length > 0 ? <RatesChart curves={curves} measure={measure} /> : <p className={css['hint']}>Each encoder is run through its qualities; the curve shows how near it comes to the picture for how many bits.</p>}
      </div>
      <Legend chosen={chosen} setChosen={setChosen} />
    </div>
  );
}
