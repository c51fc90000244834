import { formatLayout } from '../../../image/formatLayout.ts';
import type { ComponentLayout, PlaneFormat } from '../../../image/formatLayout.ts';
import { planeLayouts } from '../../../image/layout.ts';
import type { ImageSpec, PlaneLayout } from '../../../image/types.ts';
import { WORDS } from '../../../tables/fields.ts';
import type { WordType } from '../../../tables/fields.ts';
import type { LoadStep, PackStep, StoreStep, UnpackStep } from '../../step.ts';
import { wordGroups } from '../../words.ts';
import { shapeOf } from './frame.ts';
import type { Frame } from './frame.ts';

const n = (value: number): string => String(value);

/** NumPy's name of a word: `<u2`. */
function dtype(type: WordType): string {
  const { bytes, kind, bigEndian } = WORDS[type];
  return `"${bigEndian ? '>' : '<'}${{ unsigned: 'u', signed: 'i', float: 'f' }[kind]}${n(bytes)}"`;
}

interface PlaneCode {
  readonly name: string;
  readonly format: PlaneFormat;
  readonly layout: PlaneLayout;
  readonly groups: readonly { readonly name: string; readonly first: ComponentLayout }[];
  readonly dtype: string;
  readonly words: number;
}

function planesOf(spec: ImageSpec): readonly PlaneCode[] {
  const layouts = planeLayouts(spec);
  return formatLayout(spec.format).planes.flatMap((format, plane): PlaneCode[] => {
    const layout = layouts[plane];
    if (layout === undefined) return [];
    const groups = wordGroups(spec.format).flatMap(({ name, components: [first] }) => (first?.plane === plane ? [{ name, first }] : []));
    return [{ name: `p${n(plane)}`, format, layout, groups, dtype: dtype(format.row.type), words: layout.rowBytes / WORDS[format.row.type].bytes }];
  });
}

/** `[:, 1::4]`, where a block's samples of one component are evenly spaced; undefined otherwise. */
function slice({ samples }: ComponentLayout, words: number): string | undefined {
  const [first] = samples;
  const step = words / samples.length;
  if (first === undefined || !samples.every(({ word }, index) => word === first.word + index * step)) return undefined;
  return step === 1 && first.word === 0 ? '' : `[:, ${n(first.word)}::${n(step)}]`;
}

const wordList = ({ samples }: ComponentLayout): string => samples.map(({ word }) => n(word)).join(', ');

function loadGroup({ name, format, layout, words: inRow }: PlaneCode, group: { readonly name: string; readonly first: ComponentLayout }, frame: Frame): string {
  const { first } = group;
  const { words } = format.row;
  const picked = slice(first, words) ?? `.reshape(${n(layout.rows)}, -1, ${n(words)})[:, :, [${wordList(first)}]].reshape(${n(layout.rows)}, -1)`;
  const stored = (inRow / words) * first.samples.length;
  const { columns } = shapeOf(frame, first);
  const typed = `${name}${picked}${first.kind === 'float' ? '' : '.astype(np.int64)'}`;
  if (stored > columns) return `${group.name} = ${typed}[:, :${n(columns)}]`;
  return stored === columns ? `${group.name} = ${typed}` : `${group.name} = np.pad(${typed}, ((0, 0), (0, ${n(columns - stored)})), "edge")`;
}

export function loadLines(step: LoadStep, from: ImageSpec, frame: Frame): readonly string[] {
  return planesOf(from).flatMap((plane) => {
    const groups = plane.groups.filter(({ name }) => step.channels.includes(name));
    const { offset, stride, rows } = plane.layout;
    return groups.length === 0 ? [] : [`${plane.name} = words(data, ${plane.dtype}, offset=${n(offset)}, stride=${n(stride)}, rows=${n(rows)}, count=${n(plane.words)})`, ...groups.map((group) => loadGroup(plane, group, frame))];
  });
}

/** The bits below a sample: a number, or one for each column where they alternate. */
function shiftText({ samples, component }: ComponentLayout): string {
  const shifts = samples.map(({ shift }) => shift);
  const [first = 0] = shifts;
  return shifts.every((shift) => shift === first) ? n(first) : `np.resize([${shifts.join(', ')}], ${component}.shape[1])`;
}

export function unpackLines(step: UnpackStep): readonly string[] {
  const layouts = formatLayout(step.format).components.filter(({ component }) => step.components.includes(component));
  const groups = wordGroups(step.format);
  return layouts.map((layout) => {
    const group = groups.find(({ components }) => components.includes(layout))?.name ?? layout.component;
    const shift = shiftText({ ...layout, component: layout.component }).replace(`${layout.component}.shape`, `${group}.shape`);
    const moved = shift === '0' ? group : `(${group} >> ${shift})`;
    return `${layout.component} = ${moved} & 0x${(2 ** layout.bits - 1).toString(16).toUpperCase()}`;
  });
}

export function packLines(step: PackStep): readonly string[] {
  return wordGroups(step.format).map(({ name, components }) => {
    const parts = components.map((layout) => { const shift = shiftText(layout); return shift === '0' ? layout.component : `${layout.component} << ${shift}`; });
    return `${name} = ${parts.length === 1 ? parts.join('') : parts.map((part) => (part.includes(' ') ? `(${part})` : part)).join(' | ')}`;
  });
}

const plusFill = (value: number): string => (value === 0 ? '' : ` + 0x${value.toString(16).toUpperCase()}`);

/** Lines that bring a plane's words together. */
function gather({ name, format, layout, groups, words: inRow }: PlaneCode, frame: Frame): readonly string[] {
  const { words, fill } = format.row;
  const blocks = inRow / words;
  const whole = groups.length === 1 && words === 1 && groups[0]?.first.samples.length === 1;
  const [only] = groups;
  if (whole && only !== undefined) {
    const { columns } = shapeOf(frame, only.first);
    return [`${name} = ${only.name}${columns === blocks ? '' : `[:, :${n(blocks)}]`}${plusFill(fill[0] ?? 0)}`];
  }
  const isFloat = groups.some(({ first }) => first.kind === 'float');
  const even = groups.every(({ first }) => slice(first, words) !== undefined);
  const start = even ? `${name} = np.empty((${n(layout.rows)}, ${n(inRow)}), ${isFloat ? 'np.float32' : 'np.int64'})` : `${name} = np.zeros((${n(layout.rows)}, ${n(blocks)}, ${n(words)}), np.int64)`;
  const taken = new Set(groups.flatMap(({ first }) => first.samples.map(({ word }) => word)));
  const filled = even ? fill.flatMap((value, word) => (taken.has(word) ? [] : [`${name}[:, ${n(word)}::${n(words)}] = ${n(value)}`])) : [];
  const placed = groups.map((group) => {
    const { samples } = group.first;
    const need = blocks * samples.length;
    const cropped = `${group.name}${shapeOf(frame, group.first).columns === need ? '' : `[:, :${n(need)}]`}`;
    if (even) return `${name}${slice(group.first, words) ?? ''} = ${cropped}`;
    return `for k, w in enumerate([${wordList(group.first)}]): ${name}[:, :, w] += ${cropped}[:, k::${n(samples.length)}]`;
  });
  return [start, ...filled, ...placed, ...(even ? [] : [`${name} = ${name}.reshape(${n(layout.rows)}, -1)`])];
}

export function storeLines(_step: StoreStep, to: ImageSpec, frame: Frame): readonly string[] {
  const layouts = planeLayouts(to);
  const bytes = Math.max(...layouts.map(({ offset, stride, rows }) => offset + stride * rows));
  const planes = planesOf(to);
  return [
    `out = np.zeros(${n(bytes)}, np.uint8)`,
    ...planes.flatMap((plane) => [...gather(plane, frame), `put(out, ${plane.name}, ${plane.dtype}, offset=${n(plane.layout.offset)}, stride=${n(plane.layout.stride)})`]),
  ];
}
