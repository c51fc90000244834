import { ModuleBuilder } from '../../../wasm/index.ts';
import { ZIGZAG } from '../quantTables.ts';
import { addCount, addEncode } from './entropy.ts';
import { addFlush, addStuff } from './stuff.ts';
import { AT } from './memoryMap.ts';
import { addTransform } from './transform.ts';
import { zigzagMasks } from './zigzagMask.ts';

const LARGEST_MEMORY_PAGES = 65_536;

/** The encoder's hot part as a WebAssembly module; its memory is imported as `env.memory`. */
export function buildJpegModule(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.importMemory('env', 'memory', { initial: 1, maximum: LARGEST_MEMORY_PAGES });
  module.data(AT.zigzag, new Uint8Array(zigzagMasks().buffer));
  module.data(AT.order, ZIGZAG.map((natural) => natural * 2));
  for (const step of [1, 2, 4] as const) addTransform(module, step);
  addCount(module);
  addEncode(module);
  addStuff(module);
  addFlush(module);
  return module.toBytes();
}
