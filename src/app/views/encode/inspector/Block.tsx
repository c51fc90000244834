import { useState } from 'react';
import type { JpegFacts } from '../../../../workers/encode/client.ts';
import { encoders } from '../../../lab.ts';
import { useLab } from '../../../state/store.ts';
import { ErrorNote, Note, Segments } from '../../../ui/controls.tsx';
import { useReply } from '../../../ui/useReply.ts';
import { Grid } from './Grid.tsx';
import css from './inspector.module.css';
import type { Held } from './held.ts';

const NAMES = ['Y', 'Cb', 'Cr', 'K'] as const;
const SHOWN = [{ value: 'levels', title: 'levels' }, { value: 'coefficients', title: '× steps' }] as const;

/** The 8×8 block under the picked pixel, as the file has it. */
export function Block({ facts, held }: { readonly facts: JpegFacts; readonly held: Held }) {
  const pixel = useLab(({ view }) => view.pixel);
  const [component, setComponent] = useState('0');
  const [shown, setShown] = useState<'levels' | 'coefficients'>('levels');
  const count = facts.frame?.components.length ?? 0;
  const index = Math.min(Number(component), count - 1);
  const reply = useReply(`${held.key} ${component} ${String(pixel?.x)} ${String(pixel?.y)}`, pixel === undefined ? undefined : () => encoders.block(held.file, { component: index, x: pixel.x, y: pixel.y }));
  const choices = Array.from({ length: count }, (_, at) => ({ value: String(at), title: count === 1 ? 'Y' : NAMES[at] }));
  return (
    <>
      <div className={css['head']}><h2>Block</h2><Segments label="Component" value={String(index)} choices={choices} onChange={setComponent} /><Segments label="Numbers" value={shown} choices={SHOWN} onChange={setShown} /></div>
      {pixel === undefined && <Note>Click a pixel of the picture: its 8×8 block appears here.</Note>}
      {reply?.ok === false && <ErrorNote error={reply.error} />}
      {reply?.ok === true && (
        <>
          <Grid label={`Block ${String(reply.value.column)}, ${String(reply.value.row)}: ${shown}`} values={reply.value[shown]} />
          <Note>{`Block ${String(reply.value.column)}, ${String(reply.value.row)} · ${String((reply.value.to.byte - reply.value.from.byte) * 8 + reply.value.to.bit - reply.value.from.bit)} bits from byte ${String(reply.value.from.byte)} · DC coded as ${String(reply.value.dcDifference).replace('-', '−')}`}</Note>
        </>
      )}
    </>
  );
}
