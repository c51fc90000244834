import { Pause, Play, X } from 'lucide-react';
import { Button } from '../../../ui/controls.tsx';
import { group } from '../../../state/format.ts';
import { closeFile, showFrame, toggleFile } from './commands.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const LONGEST = 500;

/** The frames of an opened file, to look at and to play. */
export function FileFrames() {
  const file = useBench((state) => state.file);
  if (file === undefined) return undefined;
  const damaged = file.frames.filter(({ isWhole }) => !isWhole).length;
  return (
    <section className={css['card']} aria-label="Frames of the file">
      <h2>
        <span>{file.name} · {file.frames.length} frames{damaged > 0 ? `, ${String(damaged)} cut short` : ''}</span>
        <span className={css['row']}>
          <Button look="small" onClick={toggleFile}>{file.isPlaying ? <Pause size={12} /> : <Play size={12} />}{file.isPlaying ? 'Pause' : 'Play'}</Button>
          <Button look="small" aria-label="Close the file" onClick={closeFile}><X size={12} /></Button>
        </span>
      </h2>
      <input type="range" aria-label="Frame" min={0} max={file.frames.length - 1} value={file.at} onChange={(event) => void showFrame(Number(event.target.value))} />
      <div className={css['scroller']} role="region" aria-label="List of frames" tabIndex={0}>
        <table className={css['table']}>
          <thead><tr><th scope="col">Frame</th><th scope="col">Offset</th><th scope="col">Bytes</th><th scope="col" className={css['text']}>Headers</th><th scope="col" className={css['text']}>Remarks</th></tr></thead>
          <tbody>
            {file.frames.slice(0, LONGEST).map(({ offset, byteLength, headers, remarks }, index) => (
              <tr key={offset} data-current={index === file.at}>
                <th scope="row"><button type="button" className={css['link']} onClick={() => void showFrame(index)}>{index + 1}</button></th>
                <td>{group(offset)}</td><td>{group(byteLength)}</td>
                <td className={css['text']}>{Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join(' · ') || 'none'}</td>
                <td className={css['text']}>{remarks.join(' ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {file.frames.length > LONGEST && <p className={css['note']}>The first {LONGEST} of {file.frames.length} are listed; the slider reaches all.</p>}
    </section>
  );
}
