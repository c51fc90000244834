import { useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { Button, Segments, SelectField } from '../../ui/controls.tsx';
import type { Drawn } from '../../ui/usePlot.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChartPlot } from './ChartPlot.tsx';
import { Facts, factsOf } from './Facts.tsx';
import { ResultsTable } from './ResultsTable.tsx';
import css from './bench.module.css';
import { chartOf } from './charts.ts';
import type { Chart } from './charts.ts';
import { savePicture } from './commands.ts';
import { caseTitle, casesOf, sizesOf } from './names.ts';
import { pictureOf } from './picture.ts';
import { BENCH_TABS, look, useBenchmark } from './state.ts';
import type { Looking, NamedReport } from './state.ts';

const SPEEDS = [{ value: 'MP/s', title: 'MP/s' }, { value: 'GB/s', title: 'GB/s' }] as const;
const TABLE_UNITS = [{ value: 'ms', title: 'ms' }, { value: 'MP/s', title: 'MP/s' }, { value: 'GB/s', title: 'GB/s' }, { value: '× copy', title: '× copy' }] as const;

/** What is looked at, as far as the report has it. */
function lookingAt({ report }: NamedReport, looking: Looking): Looking {
  const sizes = sizesOf(report);
  const cases = casesOf(report);
  const largest = sizes.includes('1920×1080') ? '1920×1080' : sizes[sizes.length - 1];
  return { ...looking, size: sizes.includes(looking.size) ? looking.size : (largest ?? ''), case: cases.includes(looking.case) ? looking.case : (cases[0] ?? '') };
}

function Tools({ shown, looking, chart, drawn }: { readonly shown: NamedReport; readonly looking: Looking; readonly chart: Chart | undefined; readonly drawn: Drawn }) {
  const { tab } = looking;
  const picture = (): void => {
    const canvas = drawn.current?.ctx.canvas;
    if (canvas !== undefined && chart !== undefined) void savePicture((report) => pictureOf(canvas, chart, factsOf(report)));
  };
  return (
    <div className={css['tools']}>
      {tab !== 'throughput' && tab !== 'table' && <SelectField label="Case" value={looking.case} choices={casesOf(shown.report).map((value) => ({ value, title: caseTitle(value) }))} onChange={(id) => look({ case: id })} />}
      {tab !== 'sizes' && tab !== 'table' && <SelectField label="Size" value={looking.size} choices={sizesOf(shown.report).map((value) => ({ value, title: value }))} onChange={(size) => look({ size })} />}
      <span className={css['spread']} />
      {tab === 'table' ? <Segments label="Unit" value={looking.tableUnit} choices={TABLE_UNITS} onChange={(tableUnit) => look({ tableUnit })} /> : tab !== 'runs' && <Segments label="Unit" value={looking.unit} choices={SPEEDS} onChange={(unit) => look({ unit })} />}
      {chart !== undefined && chart.series.length > 0 && <Button look="small" onClick={picture}>PNG</Button>}
    </div>
  );
}

function Legend({ chart }: { readonly chart: Chart }) {
  return (
    <ul className={css['legend']} aria-label="Engines">
      {chart.ceilings.length > 0 && <li><svg viewBox="-7 -7 14 14" aria-hidden="true"><path d="M-7 -1h14v2h-14z" fill="var(--text-2)" /></svg>{chart.ceilingTitle === 'median' ? 'median of the batches' : 'memory copy of as many bytes'}</li>}
      {chart.series.some(({ marks }) => marks.some(({ isFar }) => isFar)) && <li><svg viewBox="-7 -7 14 14" aria-hidden="true"><circle r="3.5" fill="none" stroke="var(--text-2)" strokeWidth="1.2" /></svg>far from the others</li>}
      {chart.series.map(({ engine, title, look: { hue, shape } }) => <li key={engine}><svg viewBox="-7 -7 14 14" aria-hidden="true"><path d={shape} fill={`var(${hue})`} /></svg>{title}</li>)}
    </ul>
  );
}

const EMPTY: Readonly<Record<Looking['tab'], string>> = {
  throughput: 'Nothing was measured at this size.', sizes: 'Nothing was measured of this case.', table: '',
  threads: 'No row of simd, in one thread or in several, was measured of this case at this size. Conversions have them, with the engines “simd” and “simd, several threads”.',
  runs: 'The report has no single batches of this case and size.',
};

/** A report, by the chosen chart. */
export function Shown({ shown }: { readonly shown: NamedReport }) {
  const drawn = useRef<uPlot | undefined>(undefined);
  const wanted = useBenchmark((state) => state.looking);
  const looking = useMemo(() => lookingAt(shown, wanted), [shown, wanted]);
  const chart = useMemo(() => chartOf(shown.report, looking), [shown, looking]);
  const { tab } = looking;
  return (
    <>
      <div className={css['tabs']}><Tabs label="Charts" tabs={BENCH_TABS} chosen={tab} onChoose={(id) => look({ tab: id })} panel="bench-chart" /></div>
      <div id="bench-chart" className={css['body']} role="tabpanel" aria-labelledby={`bench-chart-${tab}`}>
        <Tools shown={shown} looking={looking} chart={chart} drawn={drawn} />
        {chart === undefined ? <ResultsTable report={shown.report} /> : chart.series.length === 0 ? <p className={css['hint']}>{EMPTY[tab]}</p> : (
          <>
            <Legend chart={chart} />
            <ChartPlot chart={chart} drawn={drawn} />
          </>
        )}
        <Facts report={shown.report} />
      </div>
    </>
  );
}
