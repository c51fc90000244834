import { useState } from 'react';
import type { ImageSpec } from '../../../kernels/index.ts';
import { alignedStrides } from '../../../kernels/image/layout.ts';
import { setGeometry } from '../../commands/files.ts';
import type { GuessRow, RawGeometry } from '../../../workers/pixels/protocol.ts';
import type { Source } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Section } from '../../ui/controls.tsx';
import { group } from '../../ui/format.ts';
import css from './inspect.module.css';

const rowsOf = (spec: ImageSpec): string => (spec.strides ?? alignedStrides(spec)).join();

/** What it says where the length of a dump has no explanation. */
function Unexplained({ source }: { readonly source: Source }) {
  const spec = useLab(({ parameters }) => parameters.geometry[source.key]?.spec);
  const side = Math.floor(Math.sqrt(source.file.bytes));
  const isSquare = spec?.format === 'gray' && spec.width === side && spec.height === side;
  return <Note>{`No layout explains ${group(source.file.bytes)} B${isSquare ? '; shown as a square of gray.' : '.'}`}</Note>;
}

const keyOf = ({ spec: { format, width, height, strides, offsets }, headerOffset }: GuessRow): string => [format, width, height, strides?.[0] ?? 0, offsets?.[1] ?? 0, headerOffset].join(' ');

function isApplied({ spec, headerOffset }: GuessRow, geometry: RawGeometry | undefined): boolean {
  if (geometry === undefined) return false;
  const { spec: now } = geometry;
  return now.format === spec.format && now.width === spec.width && now.height === spec.height && geometry.headerOffset === headerOffset && rowsOf(now) === rowsOf(spec) && (now.offsets ?? []).join() === (spec.offsets ?? []).join();
}

/** As many as are looked at without being asked for. */
const FEW = 4;

/** “What is this dump?”: ranked readings with their evidence; a click applies one. */
export function Guesses({ source: { key, guesses = [] }, source }: { readonly source: Source }) {
  const geometry = useLab(({ parameters }) => parameters.geometry[key]);
  const [wantsAll, setWantsAll] = useState(false);
  // What is in use is always seen.
  const few = wantsAll ? guesses.length : Math.max(FEW, guesses.findIndex((guess) => isApplied(guess, geometry)) + 1);
  return (
    <Section title="What may it be?">
      {source.guesses?.length === 0 && <Unexplained source={source} />}
      <ul className={css['list']}>
        {guesses.slice(0, few).map((guess) => (
          <li key={keyOf(guess)}>
            <button type="button" className={css['guess']} aria-pressed={isApplied(guess, geometry)} onClick={() => void setGeometry(key, { spec: guess.spec, headerOffset: guess.headerOffset, padShort: false })}>
              <span className={css['score']}>{`${String(Math.round(guess.score * 100))} %`}</span>
              <span className="mono">{`${guess.spec.format} ${String(guess.spec.width)}×${String(guess.spec.height)}`}</span>
              <small>{guess.reasons.join('; ')}</small>
            </button>
          </li>
        ))}
      </ul>
      {guesses.length > few && <Button look="small" onClick={() => setWantsAll(true)}>{`${String(guesses.length - few)} more`}</Button>}
    </Section>
  );
}
