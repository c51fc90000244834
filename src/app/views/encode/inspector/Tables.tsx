import { useState } from 'react';
import { huffmanCodes } from '../../../../kernels/codecs/jpeg/huffman.ts';
import type { JpegFacts } from '../../../../workers/encode/client.ts';
import { Note, SelectField } from '../../../ui/controls.tsx';
import { Grid } from './Grid.tsx';
import css from './inspector.module.css';

type HuffmanTable = JpegFacts['huffmanTables'][number];

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** Symbols by the length of their code; the first code of each length. */
function Codes({ table }: { readonly table: HuffmanTable }) {
  const { codes } = huffmanCodes(table);
  const starts = table.counts.map((_, index) => table.counts.slice(0, index).reduce((sum, count) => sum + count, 0));
  return (
    <div className={css['codes']}>
      {table.counts.map((count, index) => {
        if (count === 0) return undefined;
        const symbols = table.symbols.slice(starts[index], starts[index] + count);
        const first = codes[symbols[0]].toString(2).padStart(index + 1, '0');
        return <div key={index}><span title={`${String(index + 1)} bits, from ${first}`}>{index + 1}</span><span title={`First code ${first}`}>{symbols.map(hex).join(' ')}</span></div>;
      })}
    </div>
  );
}

const nameOf = ({ kind, id }: HuffmanTable): string => `${kind.toUpperCase()} ${String(id)}`;

/** Quantisation steps row by row, Huffman codes by their length. */
export function Tables({ facts }: { readonly facts: JpegFacts }) {
  const { quantTables, huffmanTables } = facts;
  const [shown, setShown] = useState('Q 0');
  const choices = [...quantTables.map(({ id }) => ({ value: `Q ${String(id)}`, title: `quantisation ${String(id)}` })), ...huffmanTables.map((table) => ({ value: nameOf(table), title: `Huffman ${nameOf(table)}` }))];
  const quant = quantTables.find(({ id }) => `Q ${String(id)}` === shown);
  const huffman = huffmanTables.find((table) => nameOf(table) === shown);
  return (
    <>
      <SelectField label="Table" value={shown} choices={choices} onChange={setShown} />
      {quant !== undefined && <Grid label={`Quantisation table ${String(quant.id)}, row by row`} values={quant.steps} />}
      {huffman !== undefined && <><Note>{`${String(huffman.symbols.length)} symbols, by the bits of their code. ${huffman.kind === 'ac' ? 'High digit: zeros before; low digit: bits that follow.' : 'The symbol is the count of bits that follow.'}`}</Note><Codes table={huffman} /></>}
    </>
  );
}
