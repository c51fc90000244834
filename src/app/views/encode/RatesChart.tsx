import { useCallback, useRef } from 'react';
import uPlot from 'uplot';
import { ENCODER_ROWS } from '../../../workers/encode/client.ts';
import { token, usePlot } from '../../ui/usePlot.ts';
import type { Curve, Measure } from './curves.ts';
import { heightOf, lookOf } from './curves.ts';
import css from './encode.module.css';

const Y_TITLES = { ssim: 'SSIM', psnr: 'PSNR, dB' } as const;

const LIKENESSES = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995] as const;
/** Ticks at likenesses that a person knows. */
const SSIM_TICKS: uPlot.Axis = {
  splits: (_plot, _axis, least, most) => LIKENESSES.map((ssim) => heightOf('ssim', ssim)).filter((height) => height >= least && height <= most),
  values: (_plot, splits) => splits.map((height) => String(Number((1 - 10 ** (-height / 10)).toFixed(4)))),
};

function options(curves: readonly Curve[], measure: Measure, width: number, height: number): uPlot.Options {
  const axis = { stroke: token('--text-2'), font: '11px Inter Variable', labelFont: '11px Inter Variable', labelSize: 16, grid: { stroke: token('--border'), width: 1 }, ticks: { show: false } };
  return {
    width, height,
    cursor: { points: { size: 7 } },
    legend: { show: false },
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot’s types name an enum that its module does not have at run time; 3 is logarithmic
    scales: { x: { time: false, distr: 3 } },
    axes: [{ ...axis, label: 'bits a pixel', size: 30 }, { ...axis, label: Y_TITLES[measure], size: 52, ...(measure === 'ssim' ? SSIM_TICKS : {}) }],
    series: [{}, ...curves.map(({ encoder, title }) => {
      const look = lookOf(ENCODER_ROWS.findIndex(({ id }) => id === encoder));
      const stroke = token(look.hue);
      return { label: title, stroke, dash: [...look.dash], width: 1.75, spanGaps: true, points: { show: true, size: 5, fill: stroke, stroke } };
    })],
  };
}

/** All x of all curves, with gaps where a curve has no point. */
function aligned(curves: readonly Curve[]): uPlot.AlignedData {
  const xs = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].toSorted((a, b) => a - b);
  return [xs, ...curves.map(({ points }) => { const at = new Map(points.map(({ x, height }) => [x, height])); return xs.map((x) => at.get(x) ?? null); })];
}

/** Likeness over bits, one line an encoder; the numbers are in the table behind it. */
export function RatesChart({ curves, measure }: { readonly curves: readonly Curve[]; readonly measure: Measure }) {
  const drawn = useRef<uPlot | undefined>(undefined);
  const host = usePlot(useCallback((element, width, height) => new uPlot(options(curves, measure, width, height), aligned(curves), element), [curves, measure]), drawn);
  return (
    <>
      <div ref={host} className={css['plot']} aria-hidden="true" />
      <table className="visually-hidden">
        <caption>{`${Y_TITLES[measure]} over bits a pixel`}</caption>
        <thead><tr><th>encoder</th><th>setting</th><th>bits a pixel</th><th>bytes</th><th>{Y_TITLES[measure]}</th></tr></thead>
        <tbody>{curves.flatMap(({ encoder, title, points }) => points.map(({ x, y, bytes, setting }) => <tr key={`${encoder} ${String(setting)}`}><td>{title}</td><td>{setting}</td><td>{x.toFixed(3)}</td><td>{bytes}</td><td>{y.toFixed(4)}</td></tr>))}</tbody>
      </table>
    </>
  );
}
