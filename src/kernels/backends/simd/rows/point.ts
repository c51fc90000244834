import type { PointOutput } from '../../../pipeline/behaviour.ts';
import type { Step } from '../../../pipeline/step.ts';
import { wordGroups } from '../../../pipeline/words.ts';
import { i16x8, i32x4, v128 } from '../../../wasm/index.ts';
import { emitCast, emitClamp, emitRange, emitRound, emitToFloat } from '../lanes/arithmetic.ts';
import type { Emitter } from '../lanes/emitter.ts';
import type { Origin, TableFrom } from '../graph/dataflow.ts';
import { emitFormula } from '../lanes/formulaLanes.ts';
import { goesOn } from '../forms/formulaCore.ts';
import type { Graph } from '../graph/graph.ts';
import type { Lanes, Vector } from '../lanes/lanes.ts';
import { kindFor } from '../lanes/lanes.ts';
import { emitOpenRow, emitRow } from './rows.ts';
import type { Place } from '../graph/source.ts';

function emitBitDepth(e: Emitter, mode: 'replicate' | 'shift', from: number, to: number, lanes: Lanes): Lanes {
  if (to < from && lanes.kind !== 'i32') return e.map(lanes, lanes.kind === 'u8' ? 'i16' : lanes.kind, (_, index) => i16x8.shr_u(e.as(lanes, lanes.kind === 'i16' ? 'i16' : 'u16').parts[index] ?? e.int(0), from - to));
  const wide = e.as(lanes, 'i32');
  if (to < from) return e.map(wide, 'i32', (part) => i32x4.shr_u(part, from - to));
  if (mode === 'shift') return e.map(wide, 'i32', (part) => i32x4.shl(part, to - from));
  return e.map(wide, 'i32', (part) => v128.or(i32x4.shl(part, to - from), i32x4.shr_u(part, 2 * from - to)));
}

/** The bits of one component out of a word. */
function emitUnpack(graph: Graph, step: Extract<Step, { kind: 'unpack' }>, { index, name }: Origin, place: Place): Lanes {
  const { e } = graph;
  const group = wordGroups(step.format).find(({ components }) => components.some(({ component }) => component === name));
  const layout = group?.components.find(({ component }) => component === name);
  if (group === undefined || layout === undefined) throw new TypeError(`${step.format} has no ${name}.`);
  const words = graph.value({ index: index - 1, name: group.name }, place);
  const [shift, mask, isTop] = [layout.samples[0]?.shift ?? 0, 2 ** layout.bits - 1, (layout.samples[0]?.shift ?? 0) + layout.bits === layout.wordBytes * 8];
  if (layout.wordBytes === 4) {
    const fields = e.map(words, 'i32', (part) => { const low = shift === 0 ? part : i32x4.shr_u(part, shift); return isTop ? low : v128.and(low, e.int(mask)); });
    return layout.bits <= 16 ? e.as(fields, kindFor({ min: 0, max: mask }) === 'u16' ? 'u16' : 'i16') : fields;
  }
  const lanes = e.as(words, 'u16');
  return e.map(lanes, layout.bits < 16 ? 'i16' : 'u16', (part) => { const low = shift === 0 ? part : i16x8.shr_u(part, shift); return isTop ? low : v128.and(low, e.half(mask)); });
}

/** Components into the bits of words. */
function emitPack(graph: Graph, step: Extract<Step, { kind: 'pack' }>, { index, name }: Origin, place: Place): Lanes {
  const { e } = graph;
  const components = wordGroups(step.format).find((group) => group.name === name)?.components ?? [];
  const isWide = (components[0]?.wordBytes ?? 4) === 4;
  const fields = components.map(({ component, samples }) => ({ lanes: e.as(graph.value({ index: index - 1, name: component }, place), isWide ? 'i32' : 'u16'), shift: samples[0]?.shift ?? 0 }));
  const [first] = fields;
  if (first === undefined) throw new TypeError(`${step.format} has no ${name}.`);
  return e.map(first.lanes, isWide ? 'i32' : 'u16', (_, part) => fields.map(({ lanes, shift }): Vector => {
    const value = lanes.parts[part] ?? e.int(0);
    return shift === 0 ? value : (isWide ? i32x4 : i16x8).shl(value, shift);
  }).reduce((a, b) => v128.or(a, b)));
}

/** The channel a step changes, by the step's own arithmetic in 32-bit lanes. */
function emitWide(graph: Graph, step: Step, origin: Origin, place: Place): Lanes {
  const { e } = graph;
  const input = { index: origin.index - 1, name: origin.name };
  const lanes = (): Lanes => { const value = graph.value(input, place); return value.kind === 'f32' ? value : e.as(value, 'i32'); };
  switch (step.kind) {
    case 'range': return emitRange(e, step, lanes());
    case 'round': return emitRound(e, step.rounding, lanes());
    case 'clamp': return emitClamp(e, step, lanes());
    case 'cast': return emitCast(e, step, lanes());
    case 'bit-depth': { const row = step.channels.find(({ name }) => name === origin.name); return row === undefined ? lanes() : emitBitDepth(e, step.mode, row.from, row.to, graph.value(input, place)); }
    case 'rescale': case 'matrix': {
      const row = step.rows.find(({ to }) => to === origin.name);
      if (row === undefined) return lanes();
      const [first] = row.terms;
      if (step.float && first !== undefined) { const value = graph.value({ index: origin.index - 1, name: first.from }, place); return emitToFloat(e, row, value.kind === 'f32' ? value : e.as(value, 'i32')); }
      return emitRow({ graph, row, index: origin.index, place }, step);
    }
    default: throw new TypeError(`${step.kind} is not compiled.`);
  }
}

/** A formula on a colour row that is not clamped yet, where the clamp needs no code. */
function emitPastClamp(graph: Graph, { origin, table, formula }: TableFrom, place: Place): Lanes | undefined {
  const { e, flow } = graph;
  const step = flow.step(origin.index);
  const row = step?.kind === 'matrix' && !step.float ? step.rows.find(({ to }) => to === origin.name) : undefined;
  if (step?.kind !== 'matrix' || row === undefined || table.min !== 0 || table.values[0] !== 0 || table.values[table.values.length - 1] !== 255) return undefined;
  const open = emitOpenRow({ graph, row, index: origin.index, place }, step);
  if (open === undefined || !goesOn(formula, open.range)) return undefined;
  return e.as(emitFormula(e, { ...formula, clamp: undefined }, open.lanes), 'u8');
}

/** A channel that a point step computes: in 16-bit lanes where a formula of them is exact, in 32-bit lanes elsewhere. */
export function emitPoint(graph: Graph, step: Step, origin: Origin, output: PointOutput, place: Place): Lanes {
  if (step.kind === 'unpack') return emitUnpack(graph, step, origin, place);
  if (step.kind === 'pack') return emitPack(graph, step, origin, place);
  const before = output.type === 'unary' || output.type === 'nary' ? graph.flow.tableBefore(origin) : undefined;
  if (before !== undefined) return emitPastClamp(graph, before, place) ?? emitFormula(graph.e, before.formula, graph.value(before.origin, place));
  return emitWide(graph, step, origin, place);
}
