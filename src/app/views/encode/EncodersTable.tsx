import { ENCODER_ROWS } from '../../../workers/encode/client.ts';
import type { EncoderRow, EncodeResult } from '../../../workers/encode/client.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { cancelEncoding, chooseEncoder, downloadEncoded, encodeAll } from '../../commands/encoding.ts';
import type { Attempt } from '../../state/encoding.ts';
import { resultOf } from '../../state/encoding.ts';
import { activeImage } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Channel } from '../../ui/controls.tsx';
import { decibels, group, milliseconds, similarity } from '../../ui/format.ts';
import css from './encode.module.css';
import { bitsPerPixel, largestError, megapixelsPerSecond, pixelsOf } from './figures.ts';

function Numbers({ result, image }: { readonly result: EncodeResult; readonly image: ImageInfo }) {
  const { bytes, timing, components, ssim } = result.facts;
  return (
    <>
      <td>{group(bytes)}</td>
      <td>{bitsPerPixel(bytes, pixelsOf(image))}</td>
      <td data-volatile>{milliseconds(timing.medianMs)}</td>
      <td data-volatile>{megapixelsPerSecond(timing, pixelsOf(image))}</td>
      <td>{components.map(({ component, psnr }) => <span key={component} className={css['psnr']}><Channel name={component} />{decibels(psnr)}</span>)}</td>
      <td>{similarity(ssim)}</td>
      <td>{largestError(result.facts)}</td>
      <td><Button look="small" aria-label={`Download what ${result.encoder} made`} onClick={() => downloadEncoded(result)}>save</Button></td>
    </>
  );
}

/** Only what is not the default. */
function settingsOf(result: EncodeResult | undefined): string {
  const settings = Object.entries(result?.options ?? {}).map(([id, value]) => `${id} ${String(value)}`);
  return settings.length === 0 ? '' : ` (${settings.join(', ')})`;
}

const NUMBERS = 8;

function Row({ row, attempt, absence, image }: { readonly row: EncoderRow & { readonly id: (typeof ENCODER_ROWS)[number]['id'] }; readonly attempt: Attempt | undefined; readonly absence: string | undefined; readonly image: ImageInfo }) {
  const isChosen = useLab(({ parameters }) => parameters.encode.encoder === row.id);
  const result = resultOf(attempt);
  const words = absence ?? (attempt?.state === 'failed' ? attempt.error.what : attempt?.state === 'running' ? 'encoding…' : row.says);
  return (
    <tr data-chosen={isChosen}>
      <td><button type="button" className={css['pick']} title={`${row.says}${settingsOf(result)}`} aria-pressed={isChosen} onClick={() => chooseEncoder(row.id)}>{row.title}</button></td>
      {result === undefined || attempt?.state === 'failed' ? <td className={css['words']} colSpan={NUMBERS}>{absence === undefined ? words : `Absent: ${words}`}</td> : <Numbers result={result} image={image} />}
    </tr>
  );
}

/** Every encoder on this very picture, side by side; one that is not here says why. */
export default function EncodersTable() {
  const image = useLab(activeImage);
  const { attempts, absences, all } = useLab(({ encoding }) => encoding);
  if (image === undefined) return undefined;
  return (
    <>
      <div className={css['tools']}>
        <Button look="primary" onClick={() => void encodeAll()} disabled={all.state === 'running'}>Run all encoders</Button>
        {all.state === 'running' && <><progress className={css['meter']} value={all.done} max={all.total} aria-label="Encoders" /><Button look="quiet" onClick={cancelEncoding}>Cancel</Button></>}
        <span className={css['says']}>Median of several runs, conversion included; against the source in its own components.</span>
      </div>
      <table className={`${css['table'] ?? ''} ${css['wide'] ?? ''}`}>
        <caption className="visually-hidden">Encoders side by side</caption>
        <thead><tr><th scope="col">encoder</th><th scope="col">bytes</th><th scope="col">bits/px</th><th scope="col">ms</th><th scope="col">MP/s</th><th scope="col">PSNR, dB</th><th scope="col" title="Of luma">SSIM</th><th scope="col">max error</th><th scope="col"><span className="visually-hidden">file</span></th></tr></thead>
        <tbody>{ENCODER_ROWS.map((row) => <Row key={row.id} row={row} attempt={attempts[row.id]} absence={absences?.[row.id]} image={image} />)}</tbody>
      </table>
    </>
  );
}
