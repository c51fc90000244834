import { i16x8, i32x4 } from '../../../wasm/index.ts';
import type { Emitter } from './emitter.ts';
import type { Core, Formula } from '../forms/formulaCore.ts';
import type { Lanes, Vector } from './lanes.ts';
import { zip } from './shuffles.ts';

/** A product in 32 bits: x beside a constant, both of them weighted and summed at once. */
function emitDot(e: Emitter, { multiplier, one, add, shift }: Extract<Core, { form: 'dot' }>, lanes: Lanes): Lanes {
  const pairs = lanes.parts.flatMap((part) => [zip(part, e.half(one), 2, false), zip(part, e.half(one), 2, true)]);
  return e.as(e.lanes('i32', lanes.count, pairs.map((pair) => { const sum = i32x4.dot_i16x8_s(pair, e.pair(multiplier, add)); return shift === 0 ? sum : i32x4.shr_s(sum, shift); })), 'i16');
}

function emitCore(e: Emitter, core: Core, lanes: Lanes): Lanes {
  const shifted = (part: Vector, add: number, shift: number, fall: typeof i16x8.shr_u): Vector => {
    const sum = add === 0 ? part : i16x8.add(part, e.half(add));
    return shift === 0 ? sum : fall(sum, shift);
  };
  switch (core.form) {
    case 'add': return e.map(lanes, 'i16', (part) => i16x8.add(part, e.half(core.add)));
    case 'product': return e.map(lanes, 'i16', (part) => shifted(i16x8.mul(part, e.half(core.multiplier)), core.add, core.shift, i16x8.shr_u));
    case 'q15': return e.map(lanes, 'i16', (part) => {
      const u = core.centre === 0 ? part : i16x8.sub(part, e.half(core.centre));
      return shifted(i16x8.q15mulr_sat_s(core.raise === 0 ? u : i16x8.shl(u, core.raise), e.half(core.multiplier)), core.add, core.shift, i16x8.shr_s);
    });
    case 'centred': return e.map(lanes, 'i16', (part) => {
      const u = core.centre === 0 ? part : e.hold(i16x8.sub(part, e.half(core.centre)));
      const sum = i16x8.add(u, i16x8.q15mulr_sat_s(u, e.half(core.multiplier)));
      return core.add === 0 ? sum : i16x8.add(sum, e.half(core.add));
    });
    case 'dot': return emitDot(e, core, lanes);
  }
}

/** A formula in 16-bit lanes. */
export function emitFormula(e: Emitter, { core, clamp }: Formula, input: Lanes): Lanes {
  if (core.form === 'add' && core.add === 0 && clamp === undefined) return input;
  const lanes = emitCore(e, core, e.as(input, 'i16'));
  return clamp === undefined ? lanes : e.map(lanes, 'i16', (part) => i16x8.min_s(i16x8.max_s(part, e.half(clamp.min)), e.half(clamp.max)));
}
