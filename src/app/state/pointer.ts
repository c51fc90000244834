import { create } from 'zustand';

/** What the pointer is over: it changes with every move, so it lives beside the document. */
export const pointer = create<{ readonly at: { readonly x: number; readonly y: number } | undefined; readonly zoom: number }>()(() => ({ at: undefined, zoom: 1 }));
