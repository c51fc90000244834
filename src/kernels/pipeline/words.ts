import { formatLayout } from '../image/formatLayout.ts';
import type { ComponentLayout } from '../image/formatLayout.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';

/** Components that share the same words of memory; they are loaded and stored together. */
export interface WordGroup {
  /** The components' letters: `RGB` for a 565 word, `Y` for a plane of luma. */
  readonly name: string;
  readonly components: readonly ComponentLayout[];
}

const wordsOf = (layout: ComponentLayout): string => `${String(layout.plane)}:${layout.samples.map(({ word }) => word).join(' ')}`;

function build(format: PixelFormatId): readonly WordGroup[] {
  const groups = new Map<string, ComponentLayout[]>();
  for (const layout of formatLayout(format).components) {
    const key = wordsOf(layout);
    groups.set(key, [...(groups.get(key) ?? []), layout]);
  }
  return [...groups.values()].map((components) => ({ name: components.map(({ component }) => component).join(''), components }));
}

const GROUPS = new Map<PixelFormatId, readonly WordGroup[]>();

/** The groups of a format, in the order of memory. */
export function wordGroups(format: PixelFormatId): readonly WordGroup[] {
  const groups = GROUPS.get(format) ?? build(format);
  GROUPS.set(format, groups);
  return groups;
}

/** Whether every sample fills its word, so that nothing is left to unpack. */
export function isPlain(format: PixelFormatId): boolean {
  return formatLayout(format).components.every((layout) => layout.bits === layout.wordBytes * 8);
}

