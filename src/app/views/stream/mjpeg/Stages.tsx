import { CHAINS, STAGES } from '../../../../workers/mjpeg/client.ts';
import type { ChainView, StageCost, StageId } from '../../../../workers/mjpeg/client.ts';
import { group } from '../../../ui/format.ts';
import css from './mjpeg.module.css';
import { useBench } from './state.ts';

const STAGE_IDS: readonly StageId[] = ['read', 'crop', 'decimate', 'alpha', 'colour', 'fused', 'tables', 'jpeg', 'multipart'];

const STAGE_COLUMNS = ['ms', 'share', 'B copied', 'new · B'] as const;

const Cell = ({ children }: { readonly children: string }) => <td><span data-volatile>{children}</span></td>;

function Cost({ cost, all }: { readonly cost: StageCost | undefined; readonly all: number }) {
  if (cost === undefined) return <><td className={css['none']}>–</td><td /><td /><td /></>;
  return <><Cell>{cost.ms.toFixed(3)}</Cell><Cell>{all > 0 ? `${((cost.ms / all) * 100).toFixed(0)} %` : '–'}</Cell><Cell>{group(Math.round(cost.copiedBytes))}</Cell><Cell>{cost.allocations === 0 ? '0' : `${cost.allocations.toFixed(cost.allocations % 1 === 0 ? 0 : 2)} · ${group(Math.round(cost.allocatedBytes))}`}</Cell></>;
}

const sums = (stages: readonly StageCost[]): StageCost => stages.reduce<StageCost>((sum, cost) => ({ stage: 'jpeg', ms: sum.ms + cost.ms, copiedBytes: sum.copiedBytes + cost.copiedBytes, allocations: sum.allocations + cost.allocations, allocatedBytes: sum.allocatedBytes + cost.allocatedBytes }), { stage: 'jpeg', ms: 0, copiedBytes: 0, allocations: 0, allocatedBytes: 0 });

/** What each change brought, against the chain before it. */
function Gains({ chains }: { readonly chains: readonly ChainView[] }) {
  if (chains.length < 3) return undefined;
  return (
    <ol className={css['gains']} aria-label="What each step brings">
      {chains.map(({ id, ms }, index) => {
        const before = chains[index - 1];
        return <li key={id}><strong>{CHAINS[id].title}</strong> <span className={css['mono']} data-volatile>{ms.toFixed(2)} ms{before === undefined || ms === 0 ? '' : ` · ${(before.ms / ms).toFixed(2)}×`}</span> <span className={css['note']}>{CHAINS[id].says}</span></li>;
      })}
    </ol>
  );
}

/** Every stage of every chain, side by side. */
export function Stages() {
  const chains = useBench(({ snapshot }) => snapshot?.chains) ?? [];
  if (chains.length === 0) return undefined;
  const used = STAGE_IDS.filter((stage) => chains.some(({ stages }) => stages.some((cost) => cost.stage === stage)));
  return (
    <section className={css['card']} aria-label="Stages">
      <h2>Stages, a frame</h2>
      <p className={css['note']}>Over the middle half of the last frames by their time; shares are of all stages together. Waiting for the next frame is in none.</p>
      <div className={css['wide']} tabIndex={0} role="region" aria-label="Table of stages">
        <table className={`${css['table'] ?? ''} ${css['stages'] ?? ''}`}>
          <colgroup><col />{chains.flatMap(({ id }) => STAGE_COLUMNS.map((title) => <col key={`${id}${title}`} />))}</colgroup>
          <thead>
            <tr><td />{chains.map(({ id }) => <th key={id} scope="colgroup" colSpan={4} title={CHAINS[id].says}>{CHAINS[id].title}</th>)}</tr>
            <tr><th scope="col">Stage</th>{chains.map(({ id }) => STAGE_COLUMNS.map((title) => <th key={`${id}${title}`} scope="col">{title}</th>))}</tr>
          </thead>
          <tbody>
            {used.map((stage) => (
              <tr key={stage}>
                <th scope="row" title={STAGES[stage].says}><i className={css['swatch']} data-stage={stage} />{STAGES[stage].title}</th>
                {chains.map(({ id, ms, stages }) => <Cost key={id} cost={stages.find((cost) => cost.stage === stage)} all={ms} />)}
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row">Together</th>{chains.map(({ id, ms, stages }) => <Cost key={id} cost={sums(stages)} all={ms} />)}</tr></tfoot>
        </table>
      </div>
      <Gains chains={chains} />
    </section>
  );
}
