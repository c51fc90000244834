import { Button, ErrorNote, Note } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import css from './bench.module.css';
import { checkMemory } from './commands.ts';
import { useBenchmark } from './state.ts';

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Whether the memory of the kernels grows with use. */
export function KernelMemory() {
  const memory = useBenchmark((state) => state.memory);
  const isMeasuring = useBenchmark(({ run }) => run.state === 'running');
  return (
    <Fold title="Kernel memory">
      <Note>A thousand conversions, each into a new image that is given back: the memory must not grow.</Note>
      <Button look="small" disabled={memory.state === 'running' || isMeasuring} onClick={() => void checkMemory()}>{memory.state === 'running' ? 'Converting…' : 'Convert a thousand times'}</Button>
      {isMeasuring && <Note>Not while something is measured: each would disturb the other.</Note>}
      {memory.state === 'failed' && <ErrorNote error={memory.error} />}
      {memory.state === 'done' && (
        <table className={css['compact']} aria-label="Kernel memory">
          <thead><tr><td /><th scope="col">before</th><th scope="col">after</th></tr></thead>
          <tbody>
            <tr><th scope="row">Ever written</th><td>{mebibytes(memory.found.before.touchedBytes)}</td><td>{mebibytes(memory.found.after.touchedBytes)}</td></tr>
            <tr><th scope="row">Held by images</th><td>{mebibytes(memory.found.before.takenBytes)}</td><td>{mebibytes(memory.found.after.takenBytes)}</td></tr>
            <tr><th scope="row">Address space</th><td>{mebibytes(memory.found.before.reservedBytes)}</td><td>{mebibytes(memory.found.after.reservedBytes)}</td></tr>
          </tbody>
        </table>
      )}
      {memory.state === 'done' && <Note>{memory.found.conversions} × {memory.found.what} in <span data-volatile>{(memory.found.ms / 1000).toFixed(1)} s</span>: {memory.found.after.touchedBytes === memory.found.before.touchedBytes ? 'nothing grew.' : `${mebibytes(memory.found.after.touchedBytes - memory.found.before.touchedBytes)} more than before.`}</Note>}
    </Fold>
  );
}
