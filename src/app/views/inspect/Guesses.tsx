import type { ImageSpec } from '../../../kernels/index.ts';
import { alignedStrides } from '../../../kernels/image/layout.ts';
import { setGeometry } from '../../commands/files.ts';
import type { Source } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Note, Section } from '../../ui/controls.tsx';
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

/** “What is this dump?”: ranked readings with their evidence; a click applies one. */
export function Guesses({ source }: { readonly source: Source }) {
  const geometry = useLab(({ parameters }) => parameters.geometry[source.key]);
  return (
    <Section title="What may it be?">
      {source.guesses?.length === 0 && <Unexplained source={source} />}
      <ul className={css['list']}>
        {source.guesses?.map((guess) => {
          const { format, width, height, strides } = guess.spec;
          const isApplied = geometry?.spec.format === format && geometry.spec.width === width && geometry.spec.height === height && geometry.headerOffset === guess.headerOffset && rowsOf(geometry.spec) === rowsOf(guess.spec);
          return (
            <li key={`${format} ${String(width)} ${String(height)} ${String(strides?.[0] ?? 0)} ${String(guess.headerOffset)}`}>
              <button type="button" className={css['guess']} aria-pressed={isApplied} onClick={() => void setGeometry(source.key, { spec: guess.spec, headerOffset: guess.headerOffset, padShort: false })}>
                <span className={css['score']}>{`${String(Math.round(guess.score * 100))} %`}</span>
                <span className="mono">{`${format} ${String(width)}×${String(height)}`}</span>
                <small>{guess.reasons.join('; ')}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
