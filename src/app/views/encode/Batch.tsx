import { useRef } from 'react';
import { encoderRow } from '../../../workers/encode/client.ts';
import { cancelBatch, downloadBatch, runBatch } from '../../commands/batch.ts';
import type { BatchEntry } from '../../state/encoding.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';
import { group, similarity } from '../../ui/format.ts';
import css from './encode.module.css';

function Entries({ entries }: { readonly entries: readonly BatchEntry[] }) {
  return (
    <div className={css['results']} tabIndex={0} role="region" aria-label="Files of the batch">
      <table className={css['table']}>
        <thead><tr><th scope="col">file</th><th scope="col">B</th><th scope="col">SSIM</th></tr></thead>
        <tbody>
          {entries.map(({ name, outcome }, index) => (outcome.ok
            ? <tr key={index}><td className={css['words']}>{name}</td><td>{group(outcome.bytes)}</td><td>{similarity(outcome.ssim)}</td></tr>
            : <tr key={index}><td className={css['words']}>{name}</td><td className={css['words']} colSpan={2}>{outcome.error.what}</td></tr>))}
        </tbody>
      </table>
    </div>
  );
}

/** Many files with the settings of now, as a zip. */
export function Batch() {
  const batch = useLab(({ encoding }) => encoding.batch);
  const encoder = useLab(({ parameters }) => parameters.encode.encoder);
  const input = useRef<HTMLInputElement>(null);
  const entries = batch.state === 'none' ? [] : batch.so;
  const made = entries.filter(({ outcome }) => outcome.ok).length;
  return (
    <>
      <Note>{`Every file is encoded by ${encoderRow(encoder).title} with the options above.`}</Note>
      <input ref={input} id="batch-files" type="file" multiple hidden onChange={(event) => { void runBatch([...(event.target.files ?? [])]); event.target.value = ''; }} />
      <div className={controls['actions']}>
        <Button onClick={() => input.current?.click()} disabled={batch.state === 'running'}>Choose files…</Button>
        {batch.state === 'running' && <Button look="quiet" onClick={cancelBatch}>Cancel</Button>}
        {batch.state !== 'running' && made > 0 && <Button look="primary" onClick={() => void downloadBatch()}>{`Download ${String(made)} as zip`}</Button>}
      </div>
      {batch.state === 'running' && <><progress className={css['meter']} value={batch.done} max={batch.total} aria-label="Batch" /><Note>{`${String(batch.done)} of ${String(batch.total)}`}</Note></>}
      {batch.state === 'cancelled' && <Note>{`Cancelled after ${String(batch.done)} of ${String(batch.total)}; what was made is kept.`}</Note>}
      {entries.length > 0 && <Entries entries={entries} />}
    </>
  );
}
