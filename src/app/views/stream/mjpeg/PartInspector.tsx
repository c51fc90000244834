import type { PartView } from '../../../../workers/mjpeg/client.ts';
import { group } from '../../../ui/format.ts';
import css from './mjpeg.module.css';

const ROW_BYTES = 16;
const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');
const letter = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·');

function hexRows(bytes: Uint8Array): readonly string[] {
  return Array.from({ length: Math.ceil(bytes.length / ROW_BYTES) }, (_, row) => {
    const line = Array.from(bytes.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES));
    return `${hex(row * ROW_BYTES, 4)}  ${line.map((byte) => hex(byte, 2)).join(' ').padEnd(ROW_BYTES * 3)} ${line.map(letter).join('')}`;
  });
}

/** One part of the stream: header, markers, bytes. */
export function PartInspector({ part }: { readonly part: PartView }) {
  return (
    <section className={css['card']} aria-label="A part of the stream">
      <h2>A part <span className={css['note']}><span className={css['mono']} data-volatile>{group(part.byteLength)} B</span></span></h2>
      <pre className={css['code']} data-volatile>{part.header.replaceAll('\r\n', '\\r\\n\n')}</pre>
      <table className={css['table']}>
        <thead><tr><th scope="col">Marker</th><th scope="col">Offset</th><th scope="col">Bytes</th><th scope="col" className={css['text']}>What it is</th></tr></thead>
        <tbody>{part.segments.map(({ name, offset, byteLength, says }) => <tr key={offset}><th scope="row">{name}</th><td data-volatile>{group(offset)}</td><td data-volatile>{group(byteLength)}</td><td className={css['text']}>{says}</td></tr>)}</tbody>
      </table>
      <pre className={css['hex']} tabIndex={0} aria-label="Bytes in hexadecimal" data-volatile>{hexRows(part.bytes).join('\n')}</pre>
    </section>
  );
}
