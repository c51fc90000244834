import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { resumeFigures, stopFigures } from '../../commands/conversion.ts';
import type { Figures } from '../../state/document.ts';
import { activeImage, isWithReference } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { AgainstReference } from '../../ui/compare/AgainstReference.tsx';
import { Metrics } from '../../ui/compare/Metrics.tsx';
import { OnStage } from '../../ui/compare/OnStage.tsx';
import { ReferenceField } from '../../ui/compare/ReferenceField.tsx';
import { usePair } from '../../ui/compare/usePair.ts';
import { Button, Note, Section } from '../../ui/controls.tsx';
import { milliseconds } from '../../ui/format.ts';
import { useDelayed } from '../../ui/useDelayed.ts';
import { FindSettings } from './FindSettings.tsx';

/** Milliseconds of measuring after which it can be stopped. */
const STOP_AFTER_MS = 500;

/** What becomes of figures that are not all there. */
function Measuring({ figures }: { readonly figures: Figures }) {
  const mayStop = useDelayed(figures.state === 'running', STOP_AFTER_MS);
  if (figures.state === 'failed') return <Note>{`No figures. ${figures.error.what}`}</Note>;
  if (figures.state === 'stopped') return <p><Button look="small" onClick={resumeFigures}>Go on measuring</Button></p>;
  return mayStop ? <p><Button look="small" onClick={stopFigures}>Stop measuring</Button></p> : undefined;
}

/** How far the result is from the source: it is brought back to the source's format first. */
function ThereAndBack({ source }: { readonly source: ImageInfo | undefined }) {
  const result = useLab((lab) => lab.result);
  const made = result.state === 'done' ? result.converted.image.spec : undefined;
  const isResized = source !== undefined && made !== undefined && (source.spec.width !== made.width || source.spec.height !== made.height);
  const figures = result.state === 'done' ? result.figures : undefined;
  const rows = figures === undefined || figures.state === 'failed' ? undefined : figures.rows;
  return (
    <>
      <OnStage />
      {isResized && <Note>{`Compared at the source’s ${String(source.spec.width)} × ${String(source.spec.height)}: the result’s pixels are repeated (nearest) on the way back.`}</Note>}
      {rows !== undefined && <Metrics rows={rows} isWhole={figures?.state === 'done'} title="there and back" caption="Source against result, brought back to the source’s format" />}
      {figures !== undefined && <Measuring figures={figures} />}
      {rows?.every(({ psnr }) => psnr === Infinity) === true && <Note>Nothing was lost: the way back gives every value.</Note>}
    </>
  );
}

/** What the stage shows of source and result, and how far they are apart; or the result and what another program made. */
export function Compare() {
  const result = useLab((lab) => lab.result);
  const source = useLab(activeImage);
  const pair = usePair();
  const held = pair !== undefined && isWithReference(pair) ? pair : undefined;
  return (
    <>
      <Section title="Compare" aside={result.state === 'done' ? <span className="mono" data-volatile>{`${result.converted.backend}${result.converted.threads > 1 ? ` ×${String(result.converted.threads)}` : ''} ${milliseconds(result.converted.ms)} ms`}</span> : undefined}>
        {result.state === 'done' && result.converted.fallback !== undefined && <Note>{`Not by SIMD: ${result.converted.fallback}.`}</Note>}
        <ReferenceField none="the source, there and back" />
        {held === undefined ? <ThereAndBack source={source} /> : <AgainstReference pair={held} />}
      </Section>
      {held !== undefined && source !== undefined && <FindSettings image={source} pair={held} />}
    </>
  );
}
