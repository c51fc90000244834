import { Button, ErrorNote, Note } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import css from './bench.module.css';
import { checkCompilation } from './commands.ts';
import { caseTitle } from './names.ts';
import { useBenchmark } from './state.ts';

/** What the first conversion of a kind costs before it starts. */
export function Compilation() {
  const compilation = useBenchmark((state) => state.compilation);
  const isMeasuring = useBenchmark(({ run }) => run.state === 'running');
  return (
    <Fold title="Compilation">
      <Note>A conversion’s module is written from its steps and compiled when it is first needed. Here each is made anew, without the cache.</Note>
      <Button look="small" disabled={compilation.state === 'running' || isMeasuring} onClick={() => void checkCompilation()}>{compilation.state === 'running' ? 'Compiling…' : 'Write and compile'}</Button>
      {isMeasuring && <Note>Not while something is measured: each would disturb the other.</Note>}
      {compilation.state === 'failed' && <ErrorNote error={compilation.error} />}
      {compilation.state === 'done' && (
        <table className={css['compact']} aria-label="Compilation">
          <thead><tr><th scope="col">Module</th><th scope="col">bytes</th><th scope="col">first, ms</th><th scope="col">again, ms</th></tr></thead>
          <tbody>
            {compilation.found.map(({ case: id, moduleBytes, firstMs, medianMs }) => <tr key={id}><th scope="row">{caseTitle(id)}</th><td>{moduleBytes}</td><td data-volatile>{firstMs.toFixed(2)}</td><td data-volatile>{medianMs.toFixed(2)}</td></tr>)}
          </tbody>
        </table>
      )}
    </Fold>
  );
}
