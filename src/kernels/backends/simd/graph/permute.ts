import { formatLayout } from '../../../image/formatLayout.ts';
import type { ComponentLayout, PlaneFormat } from '../../../image/formatLayout.ts';
import { wordGroups } from '../../../pipeline/words.ts';
import type { WordGroup } from '../../../pipeline/words.ts';
import type { Origin } from './dataflow.ts';
import type { Graph } from './graph.ts';
import { isQuad } from './source.ts';

/** The component of the source that a channel is, unchanged, and its plane; undefined where something was computed of it. */
function loaded(graph: Graph, origin: Origin): { readonly layout: ComponentLayout; readonly plane: PlaneFormat; readonly groups: readonly WordGroup[] } | undefined {
  const { index, name } = graph.flow.origin(origin);
  const step = graph.flow.step(index);
  if (step?.kind !== 'load') return undefined;
  const groups = wordGroups(step.format);
  const layout = groups.find((group) => group.name === name)?.components[0];
  const plane = layout === undefined ? undefined : formatLayout(step.format).planes[layout.plane];
  return layout === undefined || plane === undefined ? undefined : { layout, plane, groups };
}

/** The byte of a source pixel that a channel is, unchanged. */
export function byteOf(graph: Graph, origin: Origin): { readonly plane: number; readonly byte: number } | undefined {
  const { layout, plane } = loaded(graph, origin) ?? {};
  if (layout === undefined || plane === undefined || !isQuad(plane) || layout.bits !== 8) return undefined;
  return { plane: layout.plane, byte: layout.samples[0]?.word ?? 0 };
}

/** The names of channels that are bytes of the same four-byte pixels, by the byte's place; undefined where they are not. */
export function quadNames(graph: Graph, origins: readonly Origin[]): { readonly plane: number; readonly names: readonly (string | undefined)[] } | undefined {
  const names: (string | undefined)[] = [undefined, undefined, undefined, undefined];
  let plane: number | undefined;
  for (const origin of origins) {
    const at = byteOf(graph, origin);
    if (at === undefined || (plane !== undefined && at.plane !== plane)) return undefined;
    plane = at.plane;
    names[at.byte] = origin.name;
  }
  return plane === undefined ? undefined : { plane, names };
}

/** A plane that holds two bytes a sample, in turns, of which this channel is one, unchanged. */
function pairedPlane(graph: Graph, origin: Origin): BytePairs | undefined {
  const { layout, plane, groups = [] } = loaded(graph, origin) ?? {};
  if (layout === undefined || plane === undefined || plane.blockBytes !== 2 || plane.row.words !== 2 || layout.samples.length !== 1) return undefined;
  const nameAt = (byte: number): string | undefined => groups.find(({ components: [first] }) => first?.plane === layout.plane && first.samples[0]?.word === byte)?.name;
  return layout.kind === 'unsigned' ? { plane: layout.plane, even: nameAt(0), odd: nameAt(1) } : undefined;
}

/** A plane of two bytes a sample, and the channels they are. */
export interface BytePairs {
  readonly plane: number;
  readonly even: string | undefined;
  readonly odd: string | undefined;
}

/** The plane in which channels lie in turns as bytes, as semi-planar chroma does; undefined where they do not. */
export function bytePairs(graph: Graph, origins: readonly Origin[]): BytePairs | undefined {
  const [first, ...others] = origins.map((origin) => pairedPlane(graph, origin));
  return first !== undefined && others.every((other) => other?.plane === first.plane) ? first : undefined;
}
