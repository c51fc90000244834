import { formatLayout } from '../../image/formatLayout.ts';
import { channelNamed } from '../../pipeline/signal.ts';
import type { Signal } from '../../pipeline/signal.ts';
import { signalsOf } from '../../pipeline/simplify.ts';
import type { Pipeline, RationalRow, Step } from '../../pipeline/step.ts';
import { wordGroups } from '../../pipeline/words.ts';
import type { Local } from '../../wasm/index.ts';
import { i32, i32x4, i8x16, v128 } from '../../wasm/index.ts';
import type { FunctionBuilder } from '../../wasm/index.ts';
import { emitCast, emitClamp, emitRange, emitRational, emitRound, emitToFloat } from './arithmetic.ts';
import { Emitter } from './emitter.ts';
import type { Lanes, Vector } from './emitter.ts';
import { PIXELS, everySecond, loadLanes, storePlane } from './memory.ts';

type Get = (name: string) => Lanes;

/** Each of four samples twice. */
const LOW_TWICE = [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7];

function emitDepth(e: Emitter, mode: 'replicate' | 'shift', from: number, to: number, lanes: Lanes): Lanes {
  if (to === from) return lanes;
  if (to < from) return e.map(lanes, 'i32', (part) => i32x4.shr_u(part, from - to));
  if (mode === 'shift') return e.map(lanes, 'i32', (part) => i32x4.shl(part, to - from));
  return e.map(lanes, 'i32', (part) => v128.or(i32x4.shl(part, to - from), i32x4.shr_u(part, 2 * from - to)));
}

function emitChroma(e: Emitter, step: Extract<Step, { kind: 'upsample' | 'downsample' }>, lanes: Lanes): Lanes {
  if (step.from.x === step.to.x) return lanes;
  const [a, b] = lanes.parts;
  if (a === undefined) return lanes;
  if (step.kind === 'upsample') return { kind: lanes.kind, parts: [0, 8].map((first) => e.f.let(i8x16.shuffle(a, a, LOW_TWICE.map((byte) => byte + first)))) };
  return { kind: lanes.kind, parts: b === undefined ? [] : [e.f.let(everySecond(a, b, false))] };
}

function emitRow(e: Emitter, step: Extract<Step, { kind: 'rescale' | 'matrix' }>, row: RationalRow, get: Get, input: Signal): Lanes {
  const inputs = row.terms.map(({ from }) => get(from));
  const [first] = inputs;
  return step.float && first !== undefined ? emitToFloat(e, row, first) : emitRational(e, row, step.rounding, inputs, row.terms.map(({ from }) => channelNamed(input, from)));
}

/** One channel that leaves a step, from those that enter it: a line a kind. */
function emitStep(e: Emitter, step: Step, name: string, get: Get, input: Signal): Lanes {
  switch (step.kind) {
    case 'unpack': return emitUnpack(e, step, name, get);
    case 'pack': return emitPack(e, step, name, get);
    case 'gray2rgb': return get(name === 'A' ? 'A' : 'Y');
    case 'fill': {
      const row = step.channels.find((channel) => channel.name === name);
      if (row === undefined) return get(name);
      const count = PIXELS / row.sub.x / 4;
      return { kind: row.float ? 'f32' : 'i32', parts: Array.from({ length: count }, () => e.f.let(row.float ? e.float(row.value) : e.int(row.value))) };
    }
    case 'range': return step.channels.includes(name) ? emitRange(e, step, get(name)) : get(name);
    case 'round': return step.channels.includes(name) ? emitRound(e, step.rounding, get(name)) : get(name);
    case 'clamp': return step.channels.includes(name) ? emitClamp(e, step, get(name)) : get(name);
    case 'cast': return step.channels.includes(name) ? emitCast(e, step, get(name)) : get(name);
    case 'rescale': case 'matrix': { const row = step.rows.find(({ to }) => to === name); return row === undefined ? get(name) : emitRow(e, step, row, get, input); }
    case 'bit-depth': { const row = step.channels.find((channel) => channel.name === name); return row === undefined ? get(name) : emitDepth(e, step.mode, row.from, row.to, get(name)); }
    case 'upsample': case 'downsample': return name === 'U' || name === 'V' ? emitChroma(e, step, get(name)) : get(name);
    default: return get(name);
  }
}

function emitUnpack(e: Emitter, step: Extract<Step, { kind: 'unpack' }>, name: string, get: Get): Lanes {
  const group = wordGroups(step.format).find(({ components }) => components.some(({ component }) => component === name));
  const layout = group?.components.find(({ component }) => component === name);
  if (group === undefined || layout === undefined) return get(name);
  return e.map(get(group.name), 'i32', (part) => v128.and(i32x4.shr_u(part, layout.samples[0]?.shift ?? 0), e.int(2 ** layout.bits - 1)));
}

function emitPack(e: Emitter, step: Extract<Step, { kind: 'pack' }>, name: string, get: Get): Lanes {
  const group = wordGroups(step.format).find((candidate) => candidate.name === name);
  const fields = (group?.components ?? []).map((layout) => ({ lanes: get(layout.component), shift: layout.samples[0]?.shift ?? 0 }));
  const parts = (fields[0]?.lanes.parts ?? []).map((_, part) => {
    let word: Vector = e.int(0);
    for (const { lanes, shift } of fields) {
      const value = lanes.parts[part];
      if (value !== undefined) word = v128.or(word, shift === 0 ? value : i32x4.shl(value, shift));
    }
    return e.f.let(word);
  });
  return { kind: 'i32', parts };
}

/** The body of one round: eight pixels from the source's planes into those destination planes that this row has. */
function emitRound8(e: Emitter, pipeline: Pipeline, sources: readonly Local<'i32'>[], targets: readonly (Local<'i32'> | undefined)[]): void {
  const { from, to, steps } = pipeline;
  const signals = signalsOf(pipeline);
  const known = new Map<string, Lanes>();
  const value = (index: number, name: string): Lanes => {
    const key = `${String(index)} ${name}`;
    const made = known.get(key) ?? compute(index, name);
    known.set(key, made);
    return made;
  };
  const compute = (index: number, name: string): Lanes => {
    const step = steps[index];
    const input = signals[index];
    if (step === undefined || input === undefined) throw new TypeError(`No step gives ${name}.`);
    if (step.kind !== 'load') return emitStep(e, step, name, (needed) => value(index - 1, needed), input);
    const layout = wordGroups(from.format).find((group) => group.name === name)?.components[0];
    const [plane, pointer] = [formatLayout(from.format).planes[layout?.plane ?? 0], sources[layout?.plane ?? 0]];
    if (layout === undefined || plane === undefined || pointer === undefined) throw new TypeError(`${from.format} has no ${name}.`);
    return loadLanes(e, layout, plane, pointer);
  };
  const last = signals.length - 2;
  for (const [index, plane] of formatLayout(to.format).planes.entries()) {
    const pointer = targets[index];
    if (pointer === undefined) continue;
    const groups = wordGroups(to.format).flatMap(({ name, components: [layout] }) => (layout?.plane === index ? [{ layout, lanes: value(last, name) }] : []));
    storePlane(e, plane, groups, pointer);
  }
}

/**
 * A function (source pointers…, destination pointers…, rounds) that makes one row.
 * @param hasPlane which planes of the destination this row has
 */
export function emitRowFunction(f: FunctionBuilder, pipeline: Pipeline, hasPlane: (plane: number) => boolean, constants: Map<string, Vector>): void {
  const { from, to } = pipeline;
  const [readPlanes, writtenPlanes] = [formatLayout(from.format).planes, formatLayout(to.format).planes];
  const sources = readPlanes.map(() => f.param('i32'));
  const targets = writtenPlanes.map(() => f.param('i32'));
  const rounds = f.param('i32');
  const held = new Map([...constants].map(([key, vector]): [string, Vector] => [key, f.let(vector)]));
  f.loop((again) => {
    const e = new Emitter(f, held);
    emitRound8(e, pipeline, sources, targets.map((target, plane) => (hasPlane(plane) ? target : undefined)));
    for (const [key, vector] of held) if (!constants.has(key)) constants.set(key, vector);
    const advance = (pointer: Local<'i32'>, plane: { readonly blockBytes: number; readonly blockWidth: number } | undefined): void => {
      if (plane !== undefined) f.set(pointer, i32.add(pointer, (PIXELS / plane.blockWidth) * plane.blockBytes));
    };
    sources.forEach((pointer, index) => advance(pointer, readPlanes[index]));
    targets.forEach((pointer, index) => advance(pointer, writtenPlanes[index]));
    f.set(rounds, i32.sub(rounds, 1));
    f.branchIf(again, rounds);
  });
}
