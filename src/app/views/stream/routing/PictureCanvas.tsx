import { useEffect, useRef } from 'react';
import type { CanvasRole } from '../../../../workers/stream/client.ts';
import { attach } from './commands.ts';
import css from './routing.module.css';

/** A canvas that the worker draws on: the pixels never come here. */
export function PictureCanvas({ window, role, label }: { readonly window: number; readonly role: CanvasRole; readonly label: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A canvas can be handed over once only; a mount has one of its own.
    const canvas = document.createElement('canvas');
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', label);
    host.current?.append(canvas);
    void attach(window, role, canvas.transferControlToOffscreen());
    return () => canvas.remove();
  }, [window, role, label]);
  return <figure className={css['picture']}><div ref={host} className={css['canvas']} /><figcaption>{role === 'sent' ? 'source' : 'decoded'}</figcaption></figure>;
}
