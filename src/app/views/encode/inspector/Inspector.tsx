import { useState } from 'react';
import { encoderRow } from '../../../../workers/encode/client.ts';
import { encoders } from '../../../lab.ts';
import { activeSource, encodedResult } from '../../../state/selectors.ts';
import { useLab } from '../../../state/store.ts';
import { ErrorNote, Segments } from '../../../ui/controls.tsx';
import { useReply } from '../../../ui/useReply.ts';
import encode from '../encode.module.css';
import { Block } from './Block.tsx';
import css from './inspector.module.css';
import type { Held } from './held.ts';
import { SegmentList } from './Segments.tsx';
import { Tables } from './Tables.tsx';

/** The JPEGs at hand: what was just encoded, and the file that was opened. */
function useHeld(): readonly Held[] {
  const result = useLab(encodedResult);
  const source = useLab(activeSource);
  const held: Held[] = [];
  if (result !== undefined && encoderRow(result.encoder).mime === 'image/jpeg') held.push({ key: result.file, title: encoderRow(result.encoder).title, file: result.file });
  if (source?.file.type === 'jpeg') held.push({ key: source.file.id, title: source.file.name, file: { opened: source.file.id } });
  return held;
}

function Look({ held }: { readonly held: Held }) {
  const reply = useReply(held.key, () => encoders.inspect(held.file));
  if (reply === undefined) return undefined;
  if (!reply.ok) return <div className={css['column']}><ErrorNote error={reply.error} /></div>;
  return (
    <>
      <div className={css['column']}><SegmentList facts={reply.value} /></div>
      <div className={css['column']}><Tables facts={reply.value} /></div>
      <div className={css['column']}><Block facts={reply.value} held={held} /></div>
    </>
  );
}

/** Markers, tables and coefficients of our JPEG, of another encoder’s, or of the opened file. */
export default function Inspector() {
  const held = useHeld();
  const [wanted, setWanted] = useState('');
  const chosen = held.find(({ title }) => title === wanted) ?? held[0];
  if (chosen === undefined) return <p className={encode['hint']}>Choose a JPEG encoder, or open a JPEG: its markers, tables and blocks are shown here.</p>;
  return (
    <>
      {held.length > 1 && <div className={encode['tools']}><Segments label="File" value={chosen.title} choices={held.map(({ title }) => ({ value: title, title }))} onChange={setWanted} /></div>}
      <div className={css['inspector']}><Look held={chosen} /></div>
    </>
  );
}
