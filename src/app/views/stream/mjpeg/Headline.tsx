import { CHAINS } from '../../../../workers/mjpegClient.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const fixed = (value: number | undefined, digits: number): string => (value === undefined ? '–' : value.toFixed(digits));

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
            <span className={css['number']} data-volatile data-ratio>{snapshot.ratio.toFixed(1)}×</span>
            <span className={css['unit']} title="Part of naive’s time: tables that the library makes anew for each picture, measured on pictures of 8×8 among the frames">the library’s tables: <span data-volatile>{fixed(snapshot.tablesMs, 1)} ms</span></span>
          </div>
        )}
      </div>
      <dl className={css['facts']}>{facts.map(([title, value, says]) => <div key={title} title={says}><dt>{title}</dt><dd data-volatile>{value}</dd></div>)}</dl>
      {snapshot?.bottleneck !== undefined && <p className={css['verdict']} role="note"><span data-volatile>{snapshot.bottleneck}</span></p>}
    </section>
  );
}
