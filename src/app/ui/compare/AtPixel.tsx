import { placeIn, readingOf, shownImages } from '../../state/selectors.ts';
import type { Pair } from '../../state/selectors.ts';
import { client } from '../../lab.ts';
import { useLab } from '../../state/store.ts';
import { Channel } from '../controls.tsx';
import { notateSample } from '../../state/format.ts';
import { useReply } from '../useReply.ts';
import css from './compare.module.css';

const signed = (difference: number): string => (difference === 0 ? '0' : `${difference > 0 ? '+' : '−'}${String(Number(Math.abs(difference).toPrecision(4)))}`);

/** The picked pixel in both pictures, in the first's own numbers. */
export function AtPixel({ pair }: { readonly pair: Pair }) {
  const pixel = useLab(({ view }) => view.pixel);
  const notation = useLab(({ view }) => view.notation);
  const shown = useLab((lab) => shownImages(lab).main);
  const at = pixel === undefined || shown === undefined ? undefined : placeIn(pixel, shown.spec, pair.first.spec);
  const reading = readingOf(pair);
  const key = at === undefined ? '' : `${pair.first.id} ${pair.second.id} ${JSON.stringify(reading)} ${String(at.x)} ${String(at.y)}`;
  const reply = useReply(key, at === undefined ? undefined : () => client.pairSamples(pair.first.id, pair.second.id, reading, at.x, at.y));
  if (at === undefined || reply?.ok !== true) return undefined;
  const { first, second } = reply.value;
  return (
    <table className={css['numbers']} aria-label="The picked pixel in both">
      <thead><tr><th scope="col">{`at ${String(at.x)}, ${String(at.y)}`}</th><th scope="col">{pair.firstTitle}</th><th scope="col">{pair.secondTitle}</th><th scope="col">by</th></tr></thead>
      <tbody>
        {first.map((sample, index) => {
          const other = second[index];
          return <tr key={sample.component}><td><Channel name={sample.component} /></td><td>{notateSample(sample, notation)}</td><td>{other === undefined ? '' : notateSample(other, notation)}</td><td>{other === undefined ? '' : signed(sample.value - other.value)}</td></tr>;
        })}
      </tbody>
    </table>
  );
}
