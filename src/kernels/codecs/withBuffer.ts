/** jpeg-js hands its bytes to Node's `Buffer.from`, which browsers lack; typed arrays have the same function. */
export function withBuffer<T>(work: () => T): T {
  if ('Buffer' in globalThis) return work();
  Object.assign(globalThis, { Buffer: Uint8Array });
  try {
    return work();
  } finally {
    Reflect.deleteProperty(globalThis, 'Buffer');
  }
}
