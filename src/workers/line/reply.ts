import type { LabErrorInfo } from '../../kernels/index.ts';

/** Comlink turns a thrown error into a plain `Error`: errors cross as values. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: LabErrorInfo };
