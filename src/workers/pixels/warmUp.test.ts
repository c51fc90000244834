import { expect, test } from 'vitest';
import { planConversion, simdReason } from '../../kernels/index.ts';
import { TYPICAL, warmUp } from './warmUp.ts';

const SIZE = { width: 16, height: 16 } as const;

test.each(TYPICAL)('%s → %s is compiled, so that it warms up what compiles', (from, to) => {
  expect(simdReason(planConversion({ format: from, ...SIZE }, { format: to, ...SIZE }))).toBeUndefined();
});

test('others get a turn before every module', async () => {
  let turns = 0;
  await warmUp(() => { turns += 1; return Promise.resolve(); });
  expect(turns).toBe(TYPICAL.length);
});
