import { useId, useState } from 'react';
import { goTo, show } from '../commands/view.ts';
import { shownImages } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { Button, Note } from '../ui/controls.tsx';
import controls from '../ui/controls.module.css';
import { Modal } from './Modal.tsx';
import { placeFrom } from './place.ts';

/** Asks for a pixel, and says what is wrong with one that the picture does not have. */
export function GoTo() {
  const id = useId();
  const spec = useLab((lab) => shownImages(lab).main?.spec);
  const [text, setText] = useState('');
  // Half a place is not wrong yet: faults are told from the first attempt on.
  const [isTried, setTried] = useState(false);
  const place = spec === undefined ? undefined : placeFrom(text, spec);
  const fault = isTried ? place?.fault : undefined;
  const go = (): void => {
    setTried(true);
    if (place === undefined || place.fault !== undefined) return;
    show(undefined);
    goTo(place.x, place.y);
  };
  return (
    <Modal title="Go to pixel" onClose={() => show(undefined)}>
      {place === undefined ? <Note>There is no picture to go to: open one first.</Note> : (
        <>
          <input autoFocus className={`${controls['input'] ?? ''} mono`} aria-label="x, y" aria-invalid={fault !== undefined} aria-describedby={fault === undefined ? undefined : id} placeholder="312, 88" value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter') go(); }} />
          {fault !== undefined && <span id={id} className={controls['fault']} role="alert">{fault}</span>}
          <div className={controls['actions']}><Button look="primary" onClick={go}>Go</Button></div>
        </>
      )}
    </Modal>
  );
}
