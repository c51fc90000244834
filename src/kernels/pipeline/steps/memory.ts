import { formatLayout } from '../../image/formatLayout.ts';
import type { ComponentLayout } from '../../image/formatLayout.ts';
import type { Behaviour, PointOutput } from '../behaviour.ts';
import { formatValue } from '../behaviour.ts';
import type { Channel, Signal } from '../signal.ts';
import { channelIndex, unsigned } from '../signal.ts';
import type { LoadStep, PackStep, StoreStep, UnpackStep } from '../step.ts';
import type { WordGroup } from '../words.ts';
import { wordGroups } from '../words.ts';

function wordChannel({ name, components }: WordGroup): Channel {
  const [layout] = components;
  if (layout === undefined) throw new TypeError(`Group ${name} has no component.`);
  const bits = layout.wordBytes * 8;
  if (layout.kind === 'float') return { name, sub: layout.sub, kind: 'float', min: -Infinity, max: Infinity, bits: 32 };
  if (layout.kind === 'signed') return { name, sub: layout.sub, kind: 'int', min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1, bits };
  return unsigned(name, bits, layout.sub);
}

const groupsNamed = (step: LoadStep): readonly WordGroup[] => wordGroups(step.format).filter(({ name }) => step.channels.includes(name));

export function load(step: LoadStep): Behaviour {
  return {
    title: 'load',
    params: `${step.format}: ${step.channels.join(' ')}`,
    output: (input) => ({ ...input, channels: groupsNamed(step).map(wordChannel) }),
    isIdentity: () => false,
    needs: () => new Set(),
    action: () => ({ type: 'load' }),
  };
}

export function store(step: StoreStep): Behaviour {
  const names = wordGroups(step.format).map(({ name }) => name);
  return {
    title: 'store',
    params: `${step.format}: ${names.join(' ')}`,
    output: (input) => input,
    isIdentity: () => false,
    needs: () => new Set(names),
    action: () => ({ type: 'store' }),
  };
}

/** The bits below a sample, which may alternate with x (v210, monob). */
function shiftAt(layout: ComponentLayout): (x: number) => number {
  const shifts = layout.samples.map(({ shift }) => shift);
  const [first = 0] = shifts;
  if (shifts.every((shift) => shift === first)) return () => first;
  return (x) => shifts[x % shifts.length] ?? 0;
}

const alternates = (layout: ComponentLayout): boolean => new Set(layout.samples.map(({ shift }) => shift)).size > 1;

function sayBits(layout: ComponentLayout): string {
  if (alternates(layout)) return `${layout.component}: ${String(layout.bits)} bits at ${layout.samples.map(({ shift }) => String(shift)).join(', ')} by column`;
  const shift = layout.samples[0]?.shift ?? 0;
  return `${layout.component}: bits ${String(shift + layout.bits - 1)}…${String(shift)}`;
}

function unpackOne(layout: ComponentLayout, from: number): PointOutput {
  const [mask, shift] = [2 ** layout.bits - 1, shiftAt(layout)];
  const fixed = shift(0);
  return {
    type: 'unary',
    from,
    // Unsigned shifts hold for all 32 bits of a word.
    fn: alternates(layout) ? (word, x) => (word >>> shift(x)) & mask : (word) => (word >>> fixed) & mask,
    positional: alternates(layout),
    say: (word, result) => `0x${word.toString(16).toUpperCase().padStart(layout.wordBytes * 2, '0')}, ${sayBits(layout)} = ${formatValue(result)}`,
  };
}

/** Bit fields out of words. */
export function unpack(step: UnpackStep): Behaviour {
  const groups = wordGroups(step.format);
  const layouts = formatLayout(step.format).components.filter(({ component }) => step.components.includes(component));
  const groupOf = (layout: ComponentLayout): string => groups.find(({ components }) => components.includes(layout))?.name ?? '';
  return {
    title: 'unpack',
    params: layouts.map(sayBits).join('; '),
    output: (input) => ({ ...input, channels: layouts.map((layout) => unsigned(layout.component, layout.bits, layout.sub)) }),
    isIdentity: () => false,
    needs: (live) => new Set(layouts.filter(({ component }) => live.has(component)).map(groupOf)),
    action: (input) => ({ type: 'point', outputs: layouts.map((layout) => unpackOne(layout, channelIndex(input, groupOf(layout)))) }),
  };
}

function packGroup({ components }: WordGroup, input: Signal): PointOutput {
  const parts = components.map((layout) => ({ shift: shiftAt(layout) }));
  return {
    type: 'nary',
    from: components.map(({ component }) => channelIndex(input, component)),
    fn: (values, x) => parts.reduce((word, { shift }, index) => word + (values[index] ?? 0) * 2 ** shift(x), 0),
    positional: components.some(alternates),
    say: (values, result) => `${components.map((layout, index) => `${layout.component} ${formatValue(values[index] ?? 0)}`).join(', ')} → 0x${result.toString(16).toUpperCase()}`,
  };
}

/** Components into the bits of words; where words are shared across x, `store` puts the parts together. */
export function pack(step: PackStep): Behaviour {
  const groups = wordGroups(step.format);
  return {
    title: 'pack',
    params: groups.flatMap(({ components }) => components.map(sayBits)).join('; '),
    output: (input) => ({ ...input, channels: groups.map(wordChannel) }),
    isIdentity: () => false,
    needs: () => new Set(groups.flatMap(({ components }) => components.map(({ component }) => component))),
    action: (input) => ({ type: 'point', outputs: groups.map((group) => packGroup(group, input)) }),
  };
}
