import { useId, useState } from 'react';
import { encoderRow } from '../../../workers/encodeClient.ts';
import { cancelSearch, pickByTarget, setTarget } from '../../commands/rates.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, NumberField, SegmentsField } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';
import { group, similarity } from '../../ui/format.ts';

const MEASURES = [{ value: 'bytes', title: 'size' }, { value: 'ssim', title: 'SSIM' }] as const;

const checkSsim = (value: number): string | undefined => (value > 0 && value <= 1 ? undefined : 'An SSIM is above 0 and at most 1.');
const checkBytes = (value: number): string | undefined => (Number.isInteger(value) && value > 0 ? undefined : 'A whole number of bytes.');

/** The setting that reaches a size, or a likeness: found by trying. */
export function Target() {
  const { target, search } = useLab(({ encoding }) => encoding);
  const encoder = useLab(({ parameters }) => parameters.encode.encoder);
  const option = encoderRow(encoder).sweep?.option ?? '';
  const id = useId();
  // The search goes by the last number that was right, not by what stands in the field.
  const [isRight, setRight] = useState(true);
  const last = search.state === 'done' ? search.so[search.so.length - 1] : undefined;
  return (
    <>
      <SegmentsField title="By" label="Target" value={target.measure} choices={MEASURES} onChange={(measure) => { setRight(true); setTarget({ measure, value: measure === 'bytes' ? 50_000 : 0.97 }); }} />
      <NumberField key={target.measure} label={target.measure === 'bytes' ? 'At most, B' : 'At least'} value={target.value} step={target.measure === 'bytes' ? 1000 : 0.01} check={target.measure === 'bytes' ? checkBytes : checkSsim} onChange={(value) => setTarget({ value })} onValid={setRight} />
      <div className={controls['actions']}>
        <Button disabled={!isRight} aria-describedby={isRight ? undefined : id} onClick={() => void pickByTarget()}>{`Find the ${option === 'bitsPerPixel' ? 'rate' : option}`}</Button>
        {search.state === 'running' && <Button look="quiet" onClick={cancelSearch}>Cancel</Button>}
      </div>
      {!isRight && <div id={id}><Note>{`Type a ${target.measure === 'bytes' ? 'number of bytes' : 'likeness'} that can be looked for first.`}</Note></div>}
      {search.state === 'running' && <Note>{`${String(search.done)} of about ${String(search.total)} tried`}</Note>}
      {search.state === 'failed' && <ErrorNote error={search.error} />}
      {last !== undefined && <Note>{`${String(search.state === 'done' ? search.so.length : 0)} tried; the last was ${option} ${String(last.options[option])}: ${group(last.facts.bytes)} B, SSIM ${similarity(last.facts.ssim)}. The one that fits is set.`}</Note>}
    </>
  );
}
