import { useState } from 'react';
import { describeSteps } from '../../kernels/index.ts';
import type { TraceRow } from '../../kernels/index.ts';
import { client } from '../lab.ts';
import { activeColor, activeImage, conversionOf } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { Arrowed } from '../ui/Arrowed.tsx';
import { Channel, ErrorNote } from '../ui/controls.tsx';
import { usePlace } from '../ui/usePlace.ts';
import { usePlan } from '../ui/usePlan.ts';
import { useReply } from '../ui/useReply.ts';
import { Diagram } from './Diagram.tsx';
import css from './drawer.module.css';

function useTrace(): readonly TraceRow[] | undefined {
  const image = useLab(activeImage);
  const pixel = usePlace('result');
  const parameters = useLab((lab) => lab.parameters);
  const sources = useLab((lab) => lab.sources);
  const fromColor = useLab(activeColor);
  const { to, options, size, toColor } = parameters;
  const key = `${image?.id ?? ''} ${JSON.stringify([pixel, to, options, size, fromColor, toColor])}`;
  const ask = image === undefined || pixel === undefined ? undefined : () => client.trace(image.id, pixel.x, pixel.y, conversionOf({ parameters, sources }, image));
  const reply = useReply(key, ask);
  return reply?.ok === true ? reply.value : undefined;
}

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, '0');

/** Where the samples of a load or a store lie. */
function Memory({ row }: { readonly row: TraceRow }) {
  return (row.memory ?? []).map(({ component, value, plane, byte, wordBytes, bits, shift, kind, bigEndian }) => (
    <div key={component}>
      <Channel name={component} />
      <span>{`${String(Number(value.toPrecision(9)))}${kind === 'unsigned' ? ` (0x${hex(value, Math.ceil(bits / 4))})` : ''} at plane ${String(plane)}, byte ${String(byte)}${wordBytes > 1 ? `…${String(byte + wordBytes - 1)} ${bigEndian ? 'big' : 'little'}-endian` : ''}${bits < wordBytes * 8 ? `, bits ${String(shift + bits - 1)}…${String(shift)}` : ''}`}</span>
    </div>
  ));
}

function StepRow({ row, index, active, onHover }: { readonly row: TraceRow; readonly index: number; readonly active: boolean; readonly onHover: (index: number | undefined) => void }) {
  return (
    <tr data-active={active} data-testid={`step-${row.kind}`} onPointerEnter={() => onHover(index)} onPointerLeave={() => onHover(undefined)}>
      <th scope="row">{row.title}<span className={css['stepParams']}><Arrowed text={row.params} /></span></th>
      <td className={css['formula']}>
        <Memory row={row} />
        {row.formulas.map(({ name, text }) => <div key={name}><Channel name={name} /><span><Arrowed text={text} /></span></div>)}
        {row.memory === undefined && row.formulas.length === 0 && <span>{row.after.map(({ name }) => name).join(' ')}</span>}
      </td>
      <td className={css['formula']}>{row.after.map(({ name, value }) => <div key={name}><Channel name={name} /><span>{Number(value.toPrecision(9))}</span></div>)}</td>
    </tr>
  );
}

/** How the picked pixel of the result came about: step by step, from stored bytes to stored bytes. */
export default function Derivation() {
  const plan = usePlan();
  const rows = useTrace();
  const pixel = usePlace('result');
  const [hovered, setHovered] = useState<number | undefined>(undefined);
  if (plan === undefined) return undefined;
  if ('error' in plan) return <div className={css['hint']}><ErrorNote error={plan.error} /></div>;
  return (
    <>
      <Diagram blocks={describeSteps(plan.pipeline)} rows={rows} active={hovered} onHover={setHovered} />
      {pixel === undefined && <p className={css['hint']}>Click a pixel: every step’s values and formulas appear here.</p>}
      {rows !== undefined && pixel !== undefined && (
        <table className={css['steps']}>
          <caption className="visually-hidden">{`Derivation of pixel ${String(pixel.x)}, ${String(pixel.y)}`}</caption>
          <thead><tr><th scope="col">{`Pixel ${String(pixel.x)}, ${String(pixel.y)}`}</th><th scope="col">How</th><th scope="col">Values after</th></tr></thead>
          <tbody>{rows.map((row, index) => <StepRow key={index} row={row} index={index} active={index === hovered} onHover={setHovered} />)}</tbody>
        </table>
      )}
    </>
  );
}
