import type { EncodeFacts, EncodeResult, Stage } from '../../../workers/encode/client.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { cancelEncoding, downloadEncoded } from '../../commands/encoding.ts';
import { encodedResult } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Channel, ErrorNote, Note, Section } from '../../ui/controls.tsx';
import { OnStage } from '../../ui/compare/OnStage.tsx';
import { decibels, group, milliseconds, similarity } from '../../ui/format.ts';
import { useDelayed } from '../../ui/useDelayed.ts';
import css from './encode.module.css';
import { bitsPerPixel, largestError, megapixelsPerSecond, pixelsOf } from './figures.ts';

/** Where the time goes. Bytes that were only copied are counted beside it. */
function StageTimes({ stages }: { readonly stages: readonly Stage[] }) {
  const total = stages.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <ul className={css['stages']} aria-label="Stages" data-volatile>
      {stages.map(({ title, ms }) => (
        <li key={title} style={{ display: 'contents' }}>
          <span>{title}</span>
          <span className={css['track']}><span className={css['bar']} style={{ width: `${String((ms / total) * 100)}%` }} /></span>
          <span className={css['stageMs']}>{`${ms.toFixed(2)} ms`}</span>
        </li>
      ))}
    </ul>
  );
}

function Facts({ facts, image }: { readonly facts: EncodeFacts; readonly image: ImageInfo }) {
  const { bytes, timing, components, ssim, stages } = facts;
  const copying = stages.filter(({ copiedBytes }) => copiedBytes > 0);
  return (
    <dl className={css['facts']}>
      <dt>Size</dt><dd>{`${group(bytes)} B`}</dd>
      <dt>Bits a pixel</dt><dd>{`${bitsPerPixel(bytes, pixelsOf(image))} · ${((bytes / image.bytes) * 100).toFixed(1)} % of the source`}</dd>
      <dt>PSNR, dB</dt><dd>{components.map(({ component, psnr }) => <span key={component} className={css['psnr']}><Channel name={component} />{decibels(psnr)}</span>)}</dd>
      <dt title="Structural similarity of luma">SSIM</dt><dd>{similarity(ssim)}</dd>
      <dt>Largest error</dt><dd>{largestError(facts)}</dd>
      <dt>Time</dt><dd data-volatile>{`${milliseconds(timing.medianMs)} ms · ${megapixelsPerSecond(timing, pixelsOf(image))} MP/s`}</dd>
      <dt>Runs</dt><dd data-volatile>{`${String(timing.runs)}, ${timing.leastMs.toFixed(1)} … ${timing.mostMs.toFixed(1)} ms`}</dd>
      {copying.length > 0 && <><dt title="Bytes copied as they are from one buffer to another">Copied</dt>{copying.map(({ title, copiedBytes }) => <dd key={title}>{`${group(copiedBytes)} B in ${title}`}</dd>)}</>}
    </dl>
  );
}

function Result({ result, image }: { readonly result: EncodeResult; readonly image: ImageInfo }) {
  return (
    <>
      <Facts facts={result.facts} image={image} />
      <StageTimes stages={result.facts.stages} />
      {result.facts.notes.map((note) => <Note key={note}>{note}</Note>)}
      <OnStage />
      <Button onClick={() => downloadEncoded(result)}>Download</Button>
    </>
  );
}

/** What the chosen encoder made; the last result stays while a newer one is made or fails. */
export function Outcome({ image }: { readonly image: ImageInfo }) {
  const result = useLab(encodedResult);
  const attempt = useLab(({ encoding, parameters }) => encoding.attempts[parameters.encode.encoder]);
  const isRunning = attempt?.state === 'running';
  const isLong = useDelayed(isRunning, 1000);
  const aside = isLong ? <Button look="small" onClick={cancelEncoding}>Cancel</Button> : isRunning ? <span role="status">encoding…</span> : undefined;
  return (
    <Section title="Result" aside={aside}>
      {attempt?.state === 'failed' && <ErrorNote error={attempt.error} />}
      {result === undefined ? attempt?.state !== 'failed' && <Note>Nothing yet.</Note> : <Result result={result} image={image} />}
    </Section>
  );
}
