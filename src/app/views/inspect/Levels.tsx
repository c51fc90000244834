import { client } from '../../lab.ts';
import type { ImageInfo } from '../../../workers/protocol.ts';
import { toggleSolo } from '../../commands/view.ts';
import { setView, useLab } from '../../state/store.ts';
import { Button, Channel, NumberField, Section } from '../../ui/controls.tsx';
import { HistogramPlot } from '../../ui/HistogramPlot.tsx';
import { useReply } from '../../ui/useReply.ts';
import controls from '../../ui/controls.module.css';
import css from './inspect.module.css';

/** Black and white points over the histogram: for looking only, never for the numbers. */
export function Levels({ image }: { readonly image: ImageInfo }) {
  const { black, white, solo } = useLab(({ view }) => view);
  const reply = useReply(image.id, () => client.histogram(image.id, undefined, 256));
  const all = reply?.ok === true ? reply.value : [];
  const shown = solo === undefined ? all.filter(({ component }) => component !== 'A') : all.filter(({ component }) => component === solo);
  const isSet = black !== undefined || white !== undefined;
  return (
    <Section title="Levels" aside={isSet ? <Button look="small" onClick={() => setView({ black: undefined, white: undefined })}>Reset</Button> : undefined}>
      <HistogramPlot histograms={shown} className={css['histogram']} />
      <dl className={css['values']}>
        {all.map(({ component, min, max, mean }) => [
          <dt key={`${component} letter`}><Button look="small" aria-pressed={solo === component} aria-label={`Show only ${component}`} onClick={() => toggleSolo(component)}><Channel name={component} /></Button></dt>,
          <dd key={component} className="mono">{`${String(Number(min.toPrecision(6)))} … ${String(Number(max.toPrecision(6)))}`}</dd>,
          <dd key={`${component} mean`} className={css['where']}>{`mean ${mean.toPrecision(5)}`}</dd>,
        ])}
      </dl>
      <NumberField label="Black point" value={black ?? 0} onChange={(value) => setView({ black: value })} />
      <NumberField label="White point" value={white ?? 255} onChange={(value) => setView({ white: value })} />
      <p className={controls['note']}>Points change the picture on the stage, not the values.</p>
    </Section>
  );
}
