import { useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { pixelFormat } from '../../../kernels/index.ts';
import type { PixelFormatId } from '../../../kernels/index.ts';
import type { Finding, Settings, SettingsSearch, Unexplained } from '../../../kernels/search/settingsSearch.ts';
import type { ImageInfo, Reply } from '../../../workers/pixels/protocol.ts';
import { applySettings, searchSettings, showUnexplained, stopSearching } from '../../commands/comparing.ts';
import { settingsOf } from '../../state/selectors.ts';
import type { Pair } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, Section } from '../../ui/controls.tsx';
import { decibels, group } from '../../ui/format.ts';
import { useDelayed } from '../../ui/useDelayed.ts';
import css from './convert.module.css';
import { controlsInUse } from './inUse.ts';
import { allOf, changesOf, knownAs, placesText, restOf } from './settingsText.ts';

const CANCEL_AFTER_MS = 1000;

const nearness = ({ psnr, maxError, differing, samples }: Finding): string => (psnr === Infinity ? 'every sample is the same' : `${decibels(psnr)} dB · max ${String(Number(maxError.toPrecision(4)))} · ${((differing / samples) * 100).toFixed(differing * 100 < samples ? 2 : 0)} % differ`);

interface RowProps {
  readonly finding: Finding;
  readonly start: Finding;
  readonly image: ImageInfo;
  readonly now: Settings;
}

function Row({ finding: { settings }, finding, start, image, now }: RowProps) {
  const { colorSpec } = image.spec;
  const changes = changesOf(settings, start.settings, colorSpec);
  const isNow = changesOf(settings, now, colorSpec).length === 0;
  const says = changes.length === 0 ? 'as it was set' : changes.join(' · ');
  return (
    <li className={css['finding']}>
      <span>{says}</span>
      <span className={css['nearness']}>{nearness(finding)}</span>
      <Button look="small" aria-pressed={isNow} aria-label={`Use: ${says}`} onClick={() => applySettings(settings)}>{isNow ? 'in use' : 'use'}</Button>
    </li>
  );
}

/** The nearest settings in full, who has them by default, and what they do not explain. */
function Nearest({ finding, finding: { settings }, unexplained, image, to }: { readonly finding: Finding; readonly unexplained: readonly Unexplained[]; readonly image: ImageInfo; readonly to: PixelFormatId }) {
  const { width, height, colorSpec, palette } = image.spec;
  const inUse = useMemo(() => controlsInUse({ from: { format: settings.from, width, height, palette, colorSpec: { ...colorSpec, ...settings.fromColor } }, to: { format: to, width, height, palette, colorSpec: settings.toColor }, options: settings.options }), [settings, width, height, palette, colorSpec, to]);
  const known = pixelFormat(settings.from).family === 'yuv' && pixelFormat(to).family === 'rgb' ? knownAs(settings, colorSpec) : undefined;
  return (
    <>
      <Note>{`The nearest in full: ${allOf(settings, colorSpec, inUse).join(' · ')}.${known === undefined ? '' : ` Known: ${known}.`}`}</Note>
      <Note>{restOf(finding)}</Note>
      {unexplained.length > 0 && (
        <ul className={css['findings']} aria-label="Where it is left unexplained">
          {unexplained.map((rest) => (
            <li key={rest.component} className={css['finding']}>
              <span>{placesText(rest)}</span>
              <Button look="small" aria-label={`Show the first of ${rest.component}`} onClick={() => showUnexplained(settings, rest)}>show</Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Found({ found: { findings, unexplained, start, tried, rect }, image, to }: { readonly found: SettingsSearch; readonly image: ImageInfo; readonly to: PixelFormatId }) {
  const [nearest] = findings;
  const now = useLab(useShallow((lab) => settingsOf(lab, image)));
  const isPart = rect.width < image.spec.width || rect.height < image.spec.height;
  return (
    <>
      <ol className={css['findings']} aria-label="Settings by how near they come">
        {findings.map((finding) => <Row key={JSON.stringify(finding.settings)} finding={finding} start={start} image={image} now={now} />)}
      </ol>
      {nearest !== undefined && <Nearest finding={nearest} unexplained={unexplained} image={image} to={to} />}
      <Note>{`${group(tried)} conversions were tried${isPart ? `, on the middle ${String(rect.width)} × ${String(rect.height)} pixels` : ''}. Of settings that come equally near, only the first is listed.`}</Note>
    </>
  );
}

/** Asks which settings made the reference of this source: matrix, range, siting, filters, rounding, exchanged channels. */
export function FindSettings({ image, pair }: { readonly image: ImageInfo; readonly pair: Pair }) {
  const [asked, setAsked] = useState<{ readonly of: string; readonly reply: Reply<SettingsSearch> | undefined } | undefined>(undefined);
  // What was found stays while it is tried out: results come and go, source and reference do not.
  const key = `${image.id} ${pair.second.id} ${pair.first.spec.format}`;
  const shown = asked?.of === key ? asked : undefined;
  const isRunning = shown !== undefined && shown.reply === undefined;
  const mayStop = useDelayed(isRunning, CANCEL_AFTER_MS);
  const ask = async (): Promise<void> => {
    setAsked({ of: key, reply: undefined });
    const reply = await searchSettings(image);
    setAsked(reply === undefined || (!reply.ok && reply.error.code.startsWith('job/')) ? undefined : { of: key, reply });
  };
  return (
    <Section title="Which settings made the reference?">
      <div className={css['stack']}>
        {isRunning ? <Button disabled={!mayStop} onClick={stopSearching}>{mayStop ? 'Stop searching' : 'Searching…'}</Button> : <Button onClick={() => void ask()}>Find the settings</Button>}
        {shown === undefined && <Note>Tries matrices, ranges, sitings, filters and rounding, and ranks what comes nearest to the reference.</Note>}
        {shown?.reply?.ok === false && <ErrorNote error={shown.reply.error} />}
        {shown?.reply?.ok === true && <Found found={shown.reply.value} image={image} to={pair.first.spec.format} />}
      </div>
    </Section>
  );
}
