import { useState } from 'react';
import { COMMANDS } from '../commands/registry.ts';
import { show } from '../commands/view.ts';
import { useLab } from '../state/store.ts';
import { Button } from '../ui/controls.tsx';
import controls from '../ui/controls.module.css';
import { Browser } from './Browser.tsx';
import { GoTo } from './GoTo.tsx';
import { Modal } from './Modal.tsx';
import css from './shell.module.css';

const sayKeys = (keys: string): string => keys.replace('$mod', navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl').replace('Shift+?', '?').replaceAll('Arrow', '').replaceAll('+', ' ');

function Help() {
  return (
    <Modal title="Keyboard" onClose={() => show(undefined)}>
      <p className={controls['note']}>Single letters count while the stage has the focus. Space shows the other of source and result while it is held.</p>
      <dl className={css['keys']}>
        {COMMANDS.filter(({ keys }) => keys !== undefined).map(({ id, title, keys = '' }) => [<dt key={`${id}-title`}>{title}</dt>, <dd key={id}><kbd>{sayKeys(keys)}</kbd></dd>])}
      </dl>
      <p className={controls['note']}><Button look="small" onClick={() => show('browser')}>This browser, and licences…</Button></p>
    </Modal>
  );
}

function Palette() {
  const [query, setQuery] = useState('');
  const words = query.toLowerCase().split(/\s+/);
  const found = COMMANDS.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
  const run = (command: (typeof COMMANDS)[number] | undefined): void => {
    show(undefined);
    command?.run();
  };
  return (
    <Modal title="Commands" onClose={() => show(undefined)}>
      <input autoFocus className={controls['input']} aria-label="Search commands" value={query} onChange={(event) => setQuery(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') run(found[0]); }} />
      <ul className={css['commands']}>
        {found.map((command, index) => <li key={command.id} data-first={index === 0}><button type="button" onClick={() => run(command)}><span>{command.title}</span><kbd className="mono">{command.keys === undefined ? '' : sayKeys(command.keys)}</kbd></button></li>)}
      </ul>
    </Modal>
  );
}

function Question() {
  const question = useLab((lab) => lab.question);
  if (question === undefined) return undefined;
  const close = (): void => useLab.setState({ question: undefined });
  return (
    <Modal title={question.title} onClose={close}>
      <p>{question.text}</p>
      <div className={controls['actions']}>
        <Button look="primary" onClick={() => { close(); question.run(); }}>{question.confirm}</Button>
        <Button onClick={close}>Leave it</Button>
      </div>
    </Modal>
  );
}

export function Overlays() {
  const overlay = useLab((lab) => lab.overlay);
  return (
    <>
      <Question />
      {overlay === 'help' && <Help />}
      {overlay === 'palette' && <Palette />}
      {overlay === 'goto' && <GoTo />}
      {overlay === 'browser' && <Browser />}
    </>
  );
}
