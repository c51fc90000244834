import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import type { ReactNode } from 'react';
import css from './shell.module.css';

/** Where the keys go once a dialog is closed: where they went before, else to the stage. */
function backTo(before: Element | null): HTMLElement | null {
  const isThere = before instanceof HTMLElement && before !== document.body && before.isConnected;
  return isThere ? before : document.querySelector<HTMLElement>('[data-stage]');
}

/** A dialog over everything; what it is closed with is the caller's. */
export function Modal({ title, onClose, children }: { readonly title: string; readonly onClose: () => void; readonly children: ReactNode }) {
  // Read while it is first drawn: a field inside takes the focus right after.
  const [before] = useState(() => document.activeElement);
  return (
    <Dialog.Root open onOpenChange={(open) => { if (!open) onClose(); }}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css['backdrop']} />
        <Dialog.Popup className={css['dialog']} finalFocus={() => backTo(before)}>
          <Dialog.Title render={<h2 />}>{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
