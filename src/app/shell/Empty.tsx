import { PIXEL_FORMAT_IDS } from '../../kernels/index.ts';
import { SAMPLES } from '../../workers/samples/samples.ts';
import { openSample } from '../commands/files.ts';
import { activeSource } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { OpenButton } from './Sources.tsx';
import css from './shell.module.css';

/** What a stranger sees first: what this is, and ten things to try. */
export function Empty() {
  const source = useLab(activeSource);
  if (source !== undefined) {
    return (
      <div className={css['empty']}>
        <div className={css['zone']}>
          <h2>{source.error === undefined ? 'How is this file laid out?' : 'This is not a picture yet'}</h2>
          <p>{source.error?.what ?? 'Choose one of the guesses, or give the format and size in the panel.'}</p>
        </div>
      </div>
    );
  }
  return (
    <div className={css['empty']}>
      <div className={css['zone']}>
        <h2>Drop a picture or a raw dump</h2>
        <p>See every pixel’s value, convert it exactly to any of {PIXEL_FORMAT_IDS.length} pixel formats, and follow each step of how a value came about. Nothing leaves this machine.</p>
        <OpenButton look="primary" />
      </div>
      <ul className={css['cards']} aria-label="Samples">
        {SAMPLES.map(({ id, title, teaches }) => (
          <li key={id}><button type="button" onClick={() => void openSample(id)}><strong>{title}</strong><span>{teaches}</span></button></li>
        ))}
      </ul>
    </div>
  );
}
