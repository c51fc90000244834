import { formatLayout } from '../../image/formatLayout.ts';
import { wordGroups } from '../../pipeline/words.ts';
import type { Origin } from './facts.ts';
import type { Graph } from './graph.ts';
import { isQuad } from './source.ts';

/** The byte of a source pixel that a channel is, unchanged. */
export function byteOf(graph: Graph, origin: Origin): { readonly plane: number; readonly byte: number } | undefined {
  const { index, name } = graph.facts.origin(origin);
  const step = graph.facts.step(index);
  if (step?.kind !== 'load') return undefined;
  const layout = wordGroups(step.format).find((group) => group.name === name)?.components[0];
  const plane = layout === undefined ? undefined : formatLayout(step.format).planes[layout.plane];
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
