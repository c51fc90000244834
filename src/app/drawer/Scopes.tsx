import { client } from '../lab.ts';
import { shownImages } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { Channel, Note } from '../ui/controls.tsx';
import { HistogramPlot } from '../ui/HistogramPlot.tsx';
import { useReply } from '../ui/useReply.ts';
import css from './drawer.module.css';

/** One histogram a component, of what the stage shows. */
export default function Scopes() {
  const image = useLab((lab) => shownImages(lab).main);
  const reply = useReply(image?.id ?? '', image === undefined ? undefined : () => client.histogram(image.id, undefined, 1024, 'scopes'));
  if (reply?.ok !== true) return undefined;
  return (
    <div className={css['scopes']}>
      {reply.value.map((histogram) => (
        <div key={histogram.component}>
          <Note><Channel name={histogram.component} /> {`${String(Number(histogram.min.toPrecision(6)))} … ${String(Number(histogram.max.toPrecision(6)))}, mean ${histogram.mean.toPrecision(5)}, ${String(histogram.counts.length)} bins`}</Note>
          <HistogramPlot histograms={[histogram]} className={css['scope']} />
        </div>
      ))}
    </div>
  );
}
