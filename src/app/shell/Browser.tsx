import { missingParts, PARTS } from '../parts.ts';
import { show } from '../commands/view.ts';
import controls from '../ui/controls.module.css';
import { Modal } from './Modal.tsx';
import css from './shell.module.css';

/** What this browser lacks of what Swizzle uses, and what that costs; then what is there. */
export function Browser() {
  const missing = missingParts();
  const there = PARTS.filter((part) => !missing.includes(part));
  return (
    <Modal title="This browser" onClose={() => show(undefined)}>
      {missing.length === 0 ? <p>It has every part that Swizzle uses.</p> : <p>{missing.length === 1 ? 'One part is' : `${String(missing.length)} parts are`} missing. Everything else works, and with the same numbers.</p>}
      {missing.length > 0 && <dl className={css['parts']}>{missing.map(({ id, title, without }) => [<dt key={`${id}-title`}>{title}</dt>, <dd key={id}>{without}</dd>])}</dl>}
      {there.length > 0 && <p className={controls['note']}>There: {there.map(({ title }) => title).join(', ')}.</p>}
      <p className={controls['note']}>Swizzle is MIT-licensed. <a href="./licences.txt" target="_blank" rel="noreferrer">Licences of what it is built with</a></p>
    </Modal>
  );
}
