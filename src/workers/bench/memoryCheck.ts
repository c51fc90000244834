import { LabError, allocImage, compile, freeImage, planConversion } from '../../kernels/index.ts';
import { memoryFacts } from '../../kernels/image/arena.ts';
import type { MemoryFacts } from '../../kernels/image/arena.ts';
import type { MemoryCheck } from './protocol.ts';
import { nextTurn } from '../line/pacing.ts';

const FROM = { format: 'nv12', width: 1280, height: 720 } as const;
const TO = { format: 'rgba', width: 1280, height: 720 } as const;
const BETWEEN_TURNS = 20;

/** Converts again and again, each time into a new image that is given back afterwards: the memory must not grow. The first conversion comes before the first look. */
export async function checkKernelMemory(conversions = 1000): Promise<MemoryCheck> {
  const source = allocImage(FROM);
  const facts = (): MemoryFacts => {
    const found = memoryFacts(source.planes);
    if (found === undefined) throw new LabError({ code: 'bench/no-memory', what: 'The browser gave no memory for the kernels: plain buffers are used instead.', remedy: 'Close other pages, and start again.' });
    return found;
  };
  const kernel = compile(planConversion(FROM, TO), 'simd');
  const once = (): void => {
    const target = allocImage(TO, source);
    kernel.run(source, target);
    freeImage(target);
  };
  try {
    once();
    const before = facts();
    const start = performance.now();
    for (let done = 0; done < conversions; done += 1) {
      once();
      if (done % BETWEEN_TURNS === 0) await nextTurn();
    }
    return { conversions, what: `${FROM.format} → ${TO.format}, ${String(TO.width)}×${String(TO.height)}`, ms: performance.now() - start, before, after: facts() };
  } finally {
    freeImage(source);
  }
}
