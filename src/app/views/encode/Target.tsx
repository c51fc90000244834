import { useId, useState } from 'react';
import { encoderRow } from '../../../workers/encode/client.ts';
import { cancelSearch, pickByTarget, setTarget } from '../../commands/rates.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, NumberField, SegmentsField } from '../../ui/controls.tsx';
import controls from '../../ui/controls.module.css';
import { group, similarity } from '../../ui/format.ts';

const MEASURES = [{ value: 'bytes', title: 'size' }, { value: 'ssim', title: 'SSIM' }] as const;

const checkSsim = (value: number): string | undefined => (value > 0 && value <= 1 ? undefined : 'An SSIM is above 0 and at most 1.');
const checkBytes = (value: number): string | undefined => (Number.isInteger(value) && value > 0 ? undefined : 'A whole number of bytes.');

const asked = ({ measure, value }: ReturnType<typeof useLab.getState>['encoding']['target']): string => (measure === 'bytes' ? `at most ${group(value)} B` : `an SSIM of at least ${String(value)}`);

/** The setting that reaches a size, or a likeness: found by trying. */
export function Target() {
  const { target, search, found } = useLab(({ encoding }) => encoding);
  const encoder = useLab(({ parameters }) => parameters.encode.encoder);
  const option = encoderRow(encoder).sweep?.option ?? '';
  const id = useId();
  // The search goes by the last number that was right, not by what stands in the field.
  const [isRight, setRight] = useState(true);
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
      {search.state === 'done' && found !== undefined && <Note>{`${String(search.so.length)} tried; ${found.option} ${String(found.point.options[found.option])} fits ${asked(found.target)}: ${group(found.point.facts.bytes)} B, SSIM ${similarity(found.point.facts.ssim)}. It is set.`}</Note>}
    </>
  );
}
