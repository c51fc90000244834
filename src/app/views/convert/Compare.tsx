import { setComparing } from '../../commands/view.ts';
import type { Comparing } from '../../state/document.ts';
import { activeImage } from '../../state/selectors.ts';
import { setView, useLab } from '../../state/store.ts';
import { Channel, Note, NumberField, Section, Segments } from '../../ui/controls.tsx';
import type { Choice } from '../../ui/controls.tsx';
import { decibels, group, milliseconds } from '../../ui/format.ts';
import css from './convert.module.css';

const MODES: readonly Choice<Comparing>[] = [{ value: 'result', title: 'result' }, { value: 'source', title: 'source' }, { value: 'swipe', title: 'swipe' }, { value: 'difference', title: 'diff' }, { value: 'heat', title: 'heat' }];

/** What the stage shows of source and result, and how far they are apart: the result is brought back to the source's format first. */
export function Compare() {
  const { comparing, gain } = useLab(({ view }) => view);
  const result = useLab((lab) => lab.result);
  const source = useLab(activeImage)?.spec;
  const made = result.state === 'done' ? result.converted.image.spec : undefined;
  const isResized = source !== undefined && made !== undefined && (source.width !== made.width || source.height !== made.height);
  const rows = result.state === 'done' ? result.comparison : undefined;
  return (
    <Section title="Compare" aside={result.state === 'done' ? <span className="mono" data-volatile>{`${result.converted.backend}${result.converted.threads > 1 ? ` ×${String(result.converted.threads)}` : ''} ${milliseconds(result.converted.ms)} ms`}</span> : undefined}>
      {result.state === 'done' && result.converted.fallback !== undefined && <Note>{`Not by SIMD: ${result.converted.fallback}.`}</Note>}
      <Segments label="On the stage" value={comparing} choices={MODES} onChange={setComparing} />
      {(comparing === 'difference' || comparing === 'heat') && <NumberField label="Gain" value={gain} min={1} onChange={(value) => setView({ gain: value })} />}
      {isResized && <Note>{`Compared at the source’s ${String(source.width)} × ${String(source.height)}: the result’s pixels are repeated (nearest) on the way back.`}</Note>}
      {rows !== undefined && (
        <table className={css['metrics']}>
          <caption className="visually-hidden">Source against result, brought back to the source’s format</caption>
          <thead><tr><th scope="col">there and back</th><th scope="col">PSNR dB</th><th scope="col">SSIM</th><th scope="col">max</th><th scope="col">differ</th></tr></thead>
          <tbody>
            {rows.map(({ component, psnr, ssim, maxError, differing }) => (
              <tr key={component}><td><Channel name={component} /></td><td>{decibels(psnr)}</td><td>{ssim === undefined ? 'n/a' : ssim === 1 ? '1' : ssim.toFixed(4)}</td><td>{Number(maxError.toPrecision(4))}</td><td>{group(differing)}</td></tr>
            ))}
          </tbody>
        </table>
      )}
      {rows?.every(({ psnr }) => psnr === Infinity) === true && <Note>Nothing was lost: the way back gives every value.</Note>}
    </Section>
  );
}
