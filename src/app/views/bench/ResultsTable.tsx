import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import css from './bench.module.css';
import { changeOf, exactnessOf, valueOf } from './figures.ts';
import { caseTitle, casesOf, engineTitle, enginesOf, sizeOf, sizesOf } from './names.ts';
import { useBenchmark } from './state.ts';
import type { Unit } from './state.ts';

function Cell({ row, unit, baseline }: { readonly row: BenchRow | undefined; readonly unit: Unit; readonly baseline: BenchReport | undefined }) {
  if (row === undefined) return <td className={css['none']}>–</td>;
  const exact = exactnessOf(row);
  const change = changeOf(row, baseline);
  const notes = [unit === '× copy' || row.ratioToCopy === null || row.engine === 'copy' ? undefined : `${row.ratioToCopy.toFixed(2)}× copy`, row.outliers === 0 ? undefined : `${String(row.outliers)} ${row.outliers === 1 ? 'outlier' : 'outliers'}`, row.wasHidden === true ? 'hidden' : undefined].filter((note) => note !== undefined);
  const says = [`${String(row.samples.length)} batches`, row.outliers === 0 ? undefined : `${String(row.outliers)} of them far from the others`, row.wasHidden === true ? 'the page was hidden meanwhile' : undefined].filter((note) => note !== undefined).join(', ');
  return (
    <td title={says}>
      <span className={css['value']}>{valueOf(row, unit)}</span>
      <span className={css['notes']}>
        {exact !== undefined && <span data-exact={row.file === undefined ? exact === 'exact' : undefined}>{exact}</span>}
        {notes.length > 0 && <span>{notes.join(' · ')}</span>}
        {change !== undefined && <span data-verdict={change.verdict}>{change.text}</span>}
      </span>
    </td>
  );
}

/** One line a case and size, one column an engine, as published tables of kernels are laid out. */
export function ResultsTable({ report }: { readonly report: BenchReport }) {
  const unit = useBenchmark(({ looking }) => looking.tableUnit);
  const baseline = useBenchmark((state) => state.baseline?.report);
  const engines = enginesOf(report);
  const lines = casesOf(report).flatMap((id) => sizesOf({ rows: report.rows.filter((row) => row.case === id) }).map((size) => ({ id, size })));
  return (
    <div className={css['tableScroller']} role="region" aria-label="Results" tabIndex={0}>
      <table className={css['table']}>
        <caption className="visually-hidden">{`Times of ${String(report.rows.length)} rows in ${unit}`}</caption>
        <thead><tr><th scope="col">Case</th><th scope="col" className={css['size']}>Size</th>{engines.map((engine) => <th key={engine} scope="col">{engineTitle(engine)}</th>)}</tr></thead>
        <tbody>
          {lines.map(({ id, size }, index) => (
            <tr key={`${id} ${size}`} data-first={lines[index - 1]?.id !== id}>
              <th scope="row">{lines[index - 1]?.id === id ? <span className="visually-hidden">{caseTitle(id)}</span> : caseTitle(id)}</th>
              <td className={css['size']}>{size}</td>
              {engines.map((engine) => <Cell key={engine} unit={unit} baseline={baseline} row={report.rows.find((row) => row.case === id && row.engine === engine && sizeOf(row) === size)} />)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
