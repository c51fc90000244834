import { AUTO_PERCENT, leadingComponent, ownLevels } from '../../kernels/pipeline/levels.ts';
import type { LevelsReason } from '../../kernels/pipeline/levels.ts';
import { pixelFormat } from '../../kernels/index.ts';
import type { ImageInfo } from '../../workers/pixels/protocol.ts';
import { autoLevel, resetLevels, setLevels } from '../commands/levels.ts';
import { toggleSolo } from '../commands/view.ts';
import { client } from '../lab.ts';
import { levelsFor, sourceColor } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { Button, Channel, Note, NumberField, Section } from './controls.tsx';
import { HistogramPlot } from './HistogramPlot.tsx';
import css from './Levels.module.css';
import { useReply } from './useReply.ts';

const REASONS: Readonly<Record<LevelsReason, string>> = {
  'full scale': 'full scale',
  'limited range': 'limited range',
  'occurring': 'the smallest and largest value here, for signed, 32-bit and float grays have no full scale',
};

const short = (value: number): string => String(Number(value.toPrecision(7))).replace('-', '−');

/** Black and white over the histogram: for looking only, never for the numbers. */
export function Levels({ image }: { readonly image: ImageInfo }) {
  const { format, colorSpec } = image.spec;
  const view = useLab(({ view: now }) => now);
  const color = useLab((lab) => sourceColor(lab, image));
  const reply = useReply(image.id, () => client.histogram(image.id, undefined, 256));
  const all = reply?.ok === true ? reply.value : [];
  const solo = all.some(({ component }) => component === view.solo) ? view.solo : undefined;
  const shown = solo === undefined ? all.filter(({ component }) => component !== 'A') : all.filter(({ component }) => component === solo);
  const leading = leadingComponent(format, solo);
  const occurring = all.find(({ component }) => component === leading?.component);
  // A palette's colours have 8 bits, whatever its indices have.
  const isPalette = pixelFormat(format).family === 'palette' && solo === undefined;
  const own = leading === undefined || isPalette ? { black: 0, white: 255, reason: 'full scale' as const } : ownLevels(leading, { ...colorSpec, ...color }, solo !== undefined, occurring ?? { min: 0, max: 0 });
  const chosen = levelsFor(view, format);
  const { black, white } = { black: chosen.black ?? own.black, white: chosen.white ?? own.white };
  const isSet = chosen.black !== undefined || chosen.white !== undefined;
  const of = isPalette ? 'the palette’s colours' : solo === undefined && pixelFormat(format).family === 'rgb' ? 'R, G and B' : (leading?.component ?? '');
  return (
    <Section title="Levels" aside={<span className={css['actions']}>{!isPalette && <Button look="small" title={`${String(AUTO_PERCENT)} … ${String(100 - AUTO_PERCENT)} % of what occurs`} onClick={() => void autoLevel(image)}>Auto</Button>}{isSet && <Button look="small" onClick={resetLevels}>Reset</Button>}</span>}>
      <HistogramPlot histograms={shown} className={css['histogram']} />
      <dl className={css['values']}>
        {all.map(({ component, min, max, mean }) => [
          <dt key={`${component} letter`}><Button look="small" aria-pressed={solo === component} aria-label={`Show only ${component}`} onClick={() => toggleSolo(component)}><Channel name={component} /></Button></dt>,
          <dd key={component} className="mono">{`${String(Number(min.toPrecision(6)))} … ${String(Number(max.toPrecision(6)))}`}</dd>,
          <dd key={`${component} mean`} className={css['where']}>{`mean ${mean.toPrecision(5)}`}</dd>,
        ])}
      </dl>
      <NumberField label="Black point" value={black} onChange={(value) => setLevels(image, { black: value })} />
      <NumberField label="White point" value={white} onChange={(value) => setLevels(image, { white: value })} />
      {reply?.ok === true && <Note>{`On the stage ${short(black)} of ${of} is black and ${short(white)} white: ${isSet ? 'as set' : REASONS[own.reason]}. The values stay as they are.`}</Note>}
    </Section>
  );
}
