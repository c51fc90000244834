import { Fragment } from 'react';
import { VIDEO_CODECS } from '../../../../workers/stream/client.ts';
import type { FrameRow } from '../../../../workers/stream/client.ts';
import { openRow } from './commands.ts';
import { bytes, hex, ms, psnr } from './figures.ts';
import { RowBadge } from './RowBadge.tsx';
import css from './routing.module.css';
import { useRouting } from './state.ts';

const isVideo = ({ encoding }: FrameRow): boolean => VIDEO_CODECS.some((codec) => codec === encoding);

const outcome = (row: FrameRow): string => (row.state === 'sent' ? `${row.encoding ?? ''}${row.keyFrame && isVideo(row) ? ', key' : ''}` : row.state);

/** Every row of the table that had a say, and what the frame was at both ends. */
function Reasons({ row }: { readonly row: FrameRow }) {
  return (
    <tr className={css['reasons']}>
      <td colSpan={8}>
        <ol>{row.reasons.map(({ row: id, says }, index) => <li key={`${String(id)}-${String(index)}`}><RowBadge row={id} /> {says}</li>)}</ol>
        {row.why !== undefined && <p className={css['bad']}>{row.why}</p>}
        <p className={css['mono']}>
          stride {row.rowstride === 0 ? 'none: a stream has no rows' : bytes(row.rowstride)}
          {row.checksum !== undefined && ` · checksum ${hex(row.checksum.sent)} → ${hex(row.checksum.received)}`}
          {row.number !== undefined && ` · the picture says it is frame ${String(row.number)}`}
        </p>
        <p className={css['timing']} data-volatile>routed in {ms(row.routeMs)}, decoded in {ms(row.decodeMs)}</p>
      </td>
    </tr>
  );
}

function Row({ row, isOpen }: { readonly row: FrameRow; readonly isOpen: boolean }) {
  return (
    <tr data-state={row.state}>
      <td><button type="button" className={css['opener']} aria-expanded={isOpen} aria-label={`Why frame ${String(row.frame)} of window ${String(row.window)} was sent so`} onClick={() => openRow(isOpen ? undefined : row.key)}>{isOpen ? '−' : '+'}</button></td>
      <td>{row.window}</td>
      <td>{row.frame}</td>
      <td className={css['badges']}>{[...new Set(row.reasons.map(({ row: id }) => id))].map((id) => <RowBadge key={id} row={id} />)}</td>
      <td className={css['text']}>{row.reasons.find(({ row: id }) => id === row.row)?.says}</td>
      <td>{row.claimed} → {outcome(row)}</td>
      <td>{bytes(row.bytesOut)}</td>
      <td>{psnr(row.psnr)}</td>
    </tr>
  );
}

/** The last frames, each with the decision that it met. */
export function FrameList() {
  const rows = useRouting(({ snapshot }) => snapshot?.rows) ?? [];
  const open = useRouting((state) => state.openRow);
  if (rows.length === 0) return <p className={css['none']}>No frame was routed yet: open a source, then play or step.</p>;
  return (
    <table className={css['table']}>
      <thead><tr><th><span className="visually-hidden">Details</span></th><th>win</th><th>frame</th><th>rows</th><th className={css['text']}>why it was sent so</th><th>claimed → sent</th><th>bytes</th><th>PSNR</th></tr></thead>
      <tbody>{rows.map((row) => <Fragment key={row.key}><Row row={row} isOpen={row.key === open} />{row.key === open && <Reasons row={row} />}</Fragment>)}</tbody>
    </table>
  );
}

/** What became of the encoders, the newest first. */
export function EncoderLog() {
  const lines = useRouting(({ snapshot }) => snapshot?.log) ?? [];
  if (lines.length === 0) return <p className={css['none']}>No encoder was made yet.</p>;
  return (
    <ol className={css['log']}>
      {lines.map(({ key, at, window, text }) => <li key={key}><span data-volatile className={css['at']}>{at.toFixed(2)} s</span> <span className={css['mono']}>{window === 0 ? 'source' : `window ${String(window)}`}</span> {text}</li>)}
    </ol>
  );
}
