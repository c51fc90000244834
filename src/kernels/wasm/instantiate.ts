/** Whether there is WebAssembly where this runs; without it, everything has the same numbers from plain JavaScript. */
export const hasWebAssembly = (): boolean => typeof WebAssembly !== 'undefined';

/** A module's function as JavaScript sees it; i64 parameters are avoided, so all are numbers. */
export type NumericFunction = (...values: readonly number[]) => number;

const isNumericFunction = (value: unknown): value is NumericFunction => typeof value === 'function';

/** An exported function of an instance. @throws TypeError when there is none of that name */
export function exportedFunction(instance: WebAssembly.Instance, name: string): NumericFunction {
  const found: unknown = instance.exports[name];
  if (!isNumericFunction(found)) throw new TypeError(`The module exports no function called ${name}.`);
  return found;
}

/** Compiles at once; a module written here is a few kB, which takes less than a millisecond. */
export function instantiate(bytes: Uint8Array<ArrayBuffer>, imports: Record<string, Record<string, WebAssembly.Memory>> = {}): WebAssembly.Instance {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
}
