import type { Subsampling } from '../tables/chroma.ts';
import { CHROMA } from '../tables/chroma.ts';
import type { Component, PlaneRow } from '../tables/fields.ts';
import { WORDS } from '../tables/fields.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { PIXEL_FORMAT_IDS, pixelFormat } from '../tables/pixelFormats.ts';

/** Where the samples of one component lie, derived from a format's row. */
export interface ComponentLayout {
  readonly component: Component;
  readonly plane: number;
  readonly sub: Subsampling;
  readonly kind: 'unsigned' | 'signed' | 'float';
  readonly bits: number;
  readonly wordBytes: number;
  readonly bigEndian: boolean;
  /** One entry per sample of this component inside a block, in the order of x. */
  readonly samples: readonly { readonly word: number; readonly shift: number }[];
}

/** Full scale of a component: 2^bits − 1; floats count 1.0. */
export const peakOf = ({ kind, bits }: Pick<ComponentLayout, 'kind' | 'bits'>): number => (kind === 'float' ? 1 : 2 ** bits - 1);

export interface PlaneFormat {
  readonly blockBytes: number;
  /** Pixels (luma columns) that a block spans. */
  readonly blockWidth: number;
  /** Luma rows that one row of this plane spans. */
  readonly subY: number;
  readonly row: PlaneRow;
}

export interface FormatLayout {
  readonly components: readonly ComponentLayout[];
  readonly planes: readonly PlaneFormat[];
  readonly chroma: Subsampling;
  /** Pixels at which a rectangle may be cut without touching a block or a chroma sample. */
  readonly grid: Subsampling;
}

const FULL: Subsampling = { x: 1, y: 1 };

function componentLayouts(plane: PlaneRow, planeIndex: number, chroma: Subsampling): ComponentLayout[] {
  const word = WORDS[plane.type];
  const names = [...new Set(plane.fields.map((field) => field.component))];
  return names.map((component) => {
    const fields = plane.fields.filter((field) => field.component === component);
    const sub = component === 'U' || component === 'V' ? chroma : FULL;
    return { component, plane: planeIndex, sub, kind: word.kind, bits: fields[0]?.bits ?? 0, wordBytes: word.bytes, bigEndian: word.bigEndian, samples: fields };
  });
}

function build(id: PixelFormatId): FormatLayout {
  const row = pixelFormat(id);
  const chroma = CHROMA[row.chroma];
  const perPlane = row.planes.map((plane, index) => componentLayouts(plane, index, chroma));
  const planes = row.planes.map((plane, index): PlaneFormat => {
    const [first] = perPlane[index] ?? [];
    if (first === undefined) throw new TypeError(`${id}: plane ${String(index)} has no component.`);
    return { blockBytes: plane.words * WORDS[plane.type].bytes, blockWidth: first.samples.length * first.sub.x, subY: first.sub.y, row: plane };
  });
  const grid = { x: Math.max(chroma.x, ...planes.map((plane) => plane.blockWidth)), y: chroma.y };
  return { components: perPlane.flat(), planes, chroma, grid };
}

const LAYOUTS = new Map(PIXEL_FORMAT_IDS.map((id) => [id, build(id)]));

/** Facts derived once from a format's row: per component and per plane. */
export function formatLayout(id: PixelFormatId): FormatLayout {
  const layout = LAYOUTS.get(id);
  if (layout === undefined) throw new TypeError(`No layout for ${id}.`);
  return layout;
}

/** The component's layout, or undefined where the format has no such component. */
export function componentLayout(id: PixelFormatId, component: Component): ComponentLayout | undefined {
  return formatLayout(id).components.find((candidate) => candidate.component === component);
}
