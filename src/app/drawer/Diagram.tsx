import { Fragment } from 'react';
import type { TraceRow } from '../../kernels/index.ts';
import { Arrowed } from '../ui/Arrowed.tsx';
import { channelHue } from '../ui/controls.tsx';
import css from './drawer.module.css';

interface Block {
  readonly kind: string;
  readonly title: string;
  readonly params: string;
}

const short = (value: number): string => (Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6))));

/** The pipeline as blocks; on each wire the picked pixel's values. */
export function Diagram({ blocks, rows, active, onHover }: { readonly blocks: readonly Block[]; readonly rows: readonly TraceRow[] | undefined; readonly active: number | undefined; readonly onHover: (index: number | undefined) => void }) {
  return (
    <div className={css['diagram']} role="img" tabIndex={0} aria-label={`Pipeline: ${blocks.map(({ title }) => title).join(', then ')}`}>
      {blocks.map(({ kind, title, params }, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <div className={css['wire']}>
              {(rows?.[index - 1]?.after ?? []).map(({ name, value }) => <span key={name} style={{ color: channelHue(name) }}>{`${name} ${short(value)}`}</span>)}
            </div>
          )}
          <div className={css['block']} data-edge={kind === 'load' || kind === 'store'} data-active={index === active} onPointerEnter={() => onHover(index)} onPointerLeave={() => onHover(undefined)}>
            <span className={css['blockTitle']}>{title}</span>
            <span className={css['blockParams']} title={params}><Arrowed text={params} /></span>
          </div>
        </Fragment>
      ))}
    </div>
  );
}
