import { FolderOpen, X } from 'lucide-react';
import { SAMPLES } from '../../workers/samples/samples.ts';
import { openFiles, openSample, openWay, removeSource, selectSource, selectView } from '../commands/files.ts';
import type { Source } from '../state/document.ts';
import { useLab } from '../state/store.ts';
import { Button } from '../ui/controls.tsx';
import { Fold } from '../ui/Fold.tsx';
import css from './shell.module.css';

const describe = (source: Source): string => {
  const image = source.views.find(({ id }) => id === source.active);
  if (image === undefined) return source.error === undefined ? source.file.type : 'no picture yet';
  const { format, width, height } = image.spec;
  return `${format} ${String(width)}×${String(height)}`;
};

/** Other ways to see the same file. */
function Ways({ source }: { readonly source: Source }) {
  const unmade = source.file.ways ?? [];
  if (source.views.length + unmade.length < 2) return undefined;
  return (
    <div className={css['ways']} role="group" aria-label="Ways to see this file">
      {source.views.map((view) => (
        <Button key={view.id} look="small" aria-pressed={view.id === source.active} onClick={() => selectView(source.key, view.id)}>
          {view.name.split(' · ')[1] ?? view.spec.format}
        </Button>
      ))}
      {unmade.map((way) => <Button key={way.id} look="small" aria-pressed={false} title={way.says} onClick={() => void openWay(source.key, way)}>{way.title}</Button>)}
    </div>
  );
}

/** Said beside a picture whose numbers are not the file’s own. */
const FIDELITY = { browser: 'values via browser', scaled: 'numbers scaled', damaged: 'damaged' } as const;

function Row({ source, active, isReference }: { readonly source: Source; readonly active: boolean; readonly isReference: boolean }) {
  const image = source.views.find(({ id }) => id === source.active);
  const fidelity = image?.provenance.kind === 'decoded' ? image.provenance.fidelity : 'exact';
  return (
    <li className={css['source']} data-active={active}>
      <button type="button" onClick={() => selectSource(source.key)} aria-current={active} title={source.file.name}>
        <span className={css['name']}>{source.file.name}</span>
        <span className={css['facts']}>{describe(source)}</span>
        {isReference && <span className={css['facts']}>reference</span>}
        {fidelity !== 'exact' && <span className={`${css['facts'] ?? ''} ${fidelity === 'damaged' ? (css['bad'] ?? '') : ''}`}>{FIDELITY[fidelity]}</span>}
        {source.error !== undefined && <span className={`${css['facts'] ?? ''} ${css['bad'] ?? ''}`}>needs attention</span>}
      </button>
      <span className={css['remove']}><Button look="icon" aria-label={`Close ${source.file.name}`} onClick={() => removeSource(source.key)}><X size={14} /></Button></span>
      {active && <Ways source={source} />}
    </li>
  );
}

export function OpenButton({ look = 'plain' }: { readonly look?: 'plain' | 'primary' | 'icon' }) {
  const open = (): void => document.querySelector<HTMLInputElement>('#open-files')?.click();
  return <Button look={look} onClick={open} aria-label={look === 'icon' ? 'Open files' : undefined}><FolderOpen size={15} />{look === 'icon' ? undefined : 'Open files…'}</Button>;
}

export function Sources() {
  const sources = useLab((lab) => lab.sources);
  const activeKey = useLab((lab) => lab.activeKey);
  const referenceKey = useLab((lab) => lab.referenceKey);
  return (
    <nav className={css['sources']} aria-label="Sources">
      <div className={css['sourcesHead']}><span>Sources</span><OpenButton look="icon" /></div>
      <input id="open-files" type="file" multiple hidden onChange={(event) => { void openFiles([...(event.target.files ?? [])]); event.target.value = ''; }} />
      <ul className={css['list']}>
        {sources.map((source) => <Row key={source.key} source={source} active={source.key === activeKey} isReference={source.key === referenceKey && source.key !== activeKey} />)}
      </ul>
      {sources.length > 0 && (
        <div className={css['samples']}>
          <Fold title="Samples">
            <ul>{SAMPLES.map(({ id, title, teaches }) => <li key={id}><button type="button" title={teaches} onClick={() => void openSample(id)}>{title}</button></li>)}</ul>
          </Fold>
        </div>
      )}
    </nav>
  );
}
