import type { Histogram } from '../../workers/pixels/protocol.ts';
import { channelHue } from './controls.tsx';
import { group } from './format.ts';

const [WIDTH, HEIGHT] = [256, 92];

/** Bins as a path, square-rooted so that small counts show. */
function pathOf({ counts }: Histogram, peak: number): string {
  const step = WIDTH / counts.length;
  let path = `M0 ${String(HEIGHT)}`;
  for (const [bin, count] of counts.entries()) {
    const y = (HEIGHT - Math.sqrt(count / peak) * (HEIGHT - 4)).toFixed(2);
    path += `L${(bin * step).toFixed(2)} ${y}L${((bin + 1) * step).toFixed(2)} ${y}`;
  }
  return `${path}L${String(WIDTH)} ${String(HEIGHT)}Z`;
}

/** Counts per component over each other; the numbers are in the table behind it. */
export function HistogramPlot({ histograms, className }: { readonly histograms: readonly Histogram[]; readonly className: string | undefined }) {
  const peak = Math.max(1, ...histograms.map(({ counts }) => counts.reduce((most, count) => Math.max(most, count), 0)));
  return (
    <>
      <svg className={className} viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true">
        {histograms.map((histogram) => <path key={histogram.component} d={pathOf(histogram, peak)} fill={channelHue(histogram.component)} fillOpacity={0.3} stroke={channelHue(histogram.component)} strokeWidth={0.6} vectorEffect="non-scaling-stroke" />)}
      </svg>
      <table className="visually-hidden">
        <caption>Histogram</caption>
        <thead><tr><th>component</th><th>smallest</th><th>largest</th><th>mean</th><th>samples</th></tr></thead>
        <tbody>{histograms.map(({ component, min, max, mean, counts }) => <tr key={component}><td>{component}</td><td>{min}</td><td>{max}</td><td>{mean.toFixed(2)}</td><td>{group(counts.reduce((sum, count) => sum + count, 0))}</td></tr>)}</tbody>
      </table>
    </>
  );
}
