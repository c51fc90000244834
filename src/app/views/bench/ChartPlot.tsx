import { useCallback, useState } from 'react';
import { usePlot } from '../../ui/usePlot.ts';
import type { Drawn } from '../../ui/usePlot.ts';
import type { Chart } from './charts.ts';
import { figure } from './charts.ts';
import css from './bench.module.css';
import { makePlot, namesApart, nearest } from './drawing.ts';

interface Tip { readonly says: string; readonly left: number; readonly top: number; readonly side: 'left' | 'right' }

/** Room for the axis at the left. */
const AXIS_WIDTH = 64;

/** A chart; the mark under the pointer says what it is, and a table behind it says all of them. */
export function ChartPlot({ chart, drawn }: { readonly chart: Chart; readonly drawn: Drawn }) {
  const host = usePlot(useCallback((element, width, height) => makePlot(chart, element, width, height), [chart]), drawn);
  const [tip, setTip] = useState<Tip | undefined>(undefined);
  const point = ({ clientX, clientY, currentTarget }: React.PointerEvent<HTMLDivElement>): void => {
    const { left, top, width } = currentTarget.getBoundingClientRect();
    const found = drawn.current === undefined ? undefined : nearest(drawn.current, chart, clientX - left, clientY - top);
    setTip(found === undefined ? undefined : { says: found.says, left: found.left, top: found.top, side: found.left > width / 2 ? 'left' : 'right' });
  };
  return (
    <div className={css['plotScroller']} role="region" aria-label={chart.title} tabIndex={0}>
      <div ref={host} className={css['plot']} data-bench-plot aria-hidden="true" style={chart.x === 'names' ? { minWidth: chart.ticks.length * namesApart(chart) + AXIS_WIDTH } : undefined} onPointerMove={point} onPointerLeave={() => setTip(undefined)}>
        {tip !== undefined && <div className={css['tip']} data-side={tip.side} style={{ left: tip.left, top: tip.top }}>{tip.says}</div>}
      </div>
      <table className="visually-hidden">
        <caption>{`${chart.title}, ${chart.yTitle}`}</caption>
        <thead><tr><th scope="col">engine</th><th scope="col">what</th><th scope="col">{chart.yTitle}</th></tr></thead>
        <tbody>{chart.ceilings.map(({ says, y }) => <tr key={says}><th scope="row">{chart.ceilingTitle}</th><td>{says}</td><td>{figure(y)}</td></tr>)}{chart.series.flatMap(({ title, marks }) => marks.map(({ says, y }, index) => <tr key={`${title} ${String(index)}`}><th scope="row">{title}</th><td>{says}</td><td>{figure(y)}</td></tr>))}</tbody>
      </table>
    </div>
  );
}
