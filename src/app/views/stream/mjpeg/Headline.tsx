import { CHAINS, browserOf } from '../../../../workers/mjpeg/client.ts';
import type { MjpegSnapshot, Timed } from '../../../../workers/mjpeg/client.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const fixed = (value: number | undefined, digits: number): string => (value === undefined ? '–' : value.toFixed(digits));

const pair = ({ width, height }: { readonly width: number; readonly height: number }): string => `${String(width)}×${String(height)}`;

/** What the verdict was measured on: the pictures, the frames, each time with its interval, the browser and the machine. */
export function measuredOn({ source, sourceSize, size, chains, kept, ratio, keptRatio, quality }: MjpegSnapshot, userAgent: string, threads: number): string | undefined {
  const [first] = chains;
  if (first === undefined || source === undefined || sourceSize === undefined || size === undefined) return undefined;
  const time = (title: string, { ms, errorMs }: Timed): string => `${title} ${ms.toFixed(2)} ± ${Number.isFinite(errorMs) ? errorMs.toFixed(2) : '?'} ms`;
  const times = [...chains.map((chain) => time(CHAINS[chain.id].title, chain)), ...(kept === undefined ? [] : [time('Naive with tables kept', kept)])];
  const ratios = [{ title: 'Naive over Fast', one: ratio }, { title: 'with tables kept', one: keptRatio }].flatMap(({ title, one }) => (one === undefined ? [] : [`${title} ${one.times.toFixed(1)} ± ${one.error.toFixed(1)}×`]));
  const { name, system } = browserOf(userAgent);
  return `Measured on pictures of ${pair(size)} made of ${pair(sourceSize)} ${source.spec.format}, quality ${String(quality)}, over the last ${String(first.measured)} of ${String(first.frames)} frames a chain: ${[...times, ...ratios].join(', ')} (± half a 95 % interval); ${name}${system === undefined ? '' : ` on ${system}`}, ${String(threads)} threads.`;
}

/** The figures that a person came for. */
export function Headline() {
  const snapshot = useBench((state) => state.snapshot);
  const chains = snapshot?.chains ?? [];
  const facts: readonly (readonly [title: string, value: string, says: string])[] = [
    ['Stream', `${fixed(snapshot?.fps, 1)} fps`, 'frames a second that were made and offered to the player, by the clock'],
    ['Bitrate', `${fixed(snapshot === undefined ? undefined : snapshot.bitsPerSecond / 1000, 0)} kbit/s`, 'of the parts, headers included'],
    ['Quality', fixed(snapshot?.quality, 0), 'of now: lower than asked where the ceiling wants it so'],
    ['Age', `${fixed(snapshot?.ageMs, 1)} ms`, 'from reading the newest frame to handing it to the player'],
    ['Queue', fixed(snapshot?.depth, 0), 'parts that wait for the player: one at most, the newest wins'],
    ['Left out', fixed(snapshot?.dropped.source, 0), 'frames that came too late to be made'],
    ['Replaced', fixed(snapshot?.dropped.player, 0), 'parts that a newer one replaced before the player asked'],
    ['Made', fixed(snapshot?.made, 0), 'frames'],
  ];
  return (
    <section aria-label="Figures" className={css['headline']}>
      <div className={css['bigs']}>
        {chains.map(({ id, fps, ms }) => (
          <div key={id} className={css['big']} title={CHAINS[id].says}>
            <span className={css['label']}>{CHAINS[id].title}</span>
            <span className={css['number']} data-volatile>{fps.toFixed(0)}</span>
            <span className={css['unit']}>fps possible · <span data-volatile>{ms.toFixed(2)} ms</span></span>
          </div>
        ))}
        {snapshot?.ratio !== undefined && (
          <div className={css['big']} title="Naive’s time of a frame over fast’s, frame by frame in turns">
            <span className={css['label']}>Ratio</span>
            <span className={css['number']} data-volatile data-ratio>{snapshot.ratio.times.toFixed(1)}×</span>
            <span className={css['unit']}>as it is · <span data-volatile>± {snapshot.ratio.error.toFixed(1)}</span></span>
          </div>
        )}
        {snapshot?.keptRatio !== undefined && snapshot.kept !== undefined && (
          <div className={css['big']} title="The same frames of naive without the tables that its library builds anew for each picture, over fast’s: what a library that keeps them would show">
            <span className={css['label']}>Ratio, tables kept</span>
            <span className={css['number']} data-volatile data-kept-ratio>{snapshot.keptRatio.times.toFixed(1)}×</span>
            <span className={css['unit']}>naive without tables · <span data-volatile>{snapshot.kept.ms.toFixed(2)} ms</span></span>
          </div>
        )}
      </div>
      <dl className={css['facts']}>{facts.map(([title, value, says]) => <div key={title} title={says}><dt>{title}</dt><dd data-volatile>{value}</dd></div>)}</dl>
      {snapshot?.bottleneck !== undefined && <p className={css['verdict']} role="note"><span data-volatile>{snapshot.bottleneck} {measuredOn(snapshot, navigator.userAgent, navigator.hardwareConcurrency)}</span></p>}
    </section>
  );
}
