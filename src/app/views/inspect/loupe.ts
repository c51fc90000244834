import type { Rect } from '../../../kernels/index.ts';
import type { ComponentLayout } from '../../../kernels/image/formatLayout.ts';
import type { Region, Tile } from '../../../workers/pixels/protocol.ts';

/** Pixels on either side of the one in the middle. */
export const REACH = 4;

/** What is around one pixel: stored numbers to read, and colours to look at. */
export interface Surroundings {
  readonly x: number;
  readonly y: number;
  readonly region: Region;
  readonly tile: Tile;
}

export interface Cell {
  readonly x: number;
  readonly y: number;
  /** Undefined beyond the picture's edge. */
  readonly value: number | undefined;
  /** Which of black and white can be read on its colour. */
  readonly ink: 'dark' | 'light';
}

/** The part of the 9 × 9 pixels around a place that is inside the picture. */
export function rectAround(x: number, y: number, { width, height }: { readonly width: number; readonly height: number }): Rect {
  const [left, top] = [Math.max(0, x - REACH), Math.max(0, y - REACH)];
  return { x: left, y: top, width: Math.min(width, x + REACH + 1) - left, height: Math.min(height, y + REACH + 1) - top };
}

/** The component whose numbers are shown: the one that is alone on the stage, else luma, else the first colour. */
export function shownComponent(components: readonly ComponentLayout[], solo: string | undefined): ComponentLayout | undefined {
  const named = (name: string | undefined): ComponentLayout | undefined => components.find(({ component }) => component === name);
  return named(solo) ?? named('Y') ?? named('R') ?? components[0];
}

/** Gray of the ground that shows through what is transparent. */
const GROUND = 119;
/** Relative luminance at which black and white can be read equally well. @source WCAG 2.2, contrast ratio */
const MIDDLE = 0.179;

/** @param at first byte of a pixel of R,G,B,A */
function inkOn(rgba: Uint8ClampedArray, at: number): Cell['ink'] {
  const opaque = (rgba[at + 3] ?? 0) / 255;
  const linear = (part: number): number => (((rgba[at + part] ?? 0) * opaque + GROUND * (1 - opaque)) / 255) ** 2.2;
  return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2) > MIDDLE ? 'dark' : 'light';
}

/** Nine rows of nine, the pixel itself in the middle. */
export function cellsAround({ x, y, region: { rect, components, values }, tile }: Surroundings, component: string): readonly (readonly Cell[])[] {
  const index = components.indexOf(component);
  const steps = Array.from({ length: 2 * REACH + 1 }, (_, step) => step - REACH);
  return steps.map((down) => steps.map((across): Cell => {
    const [column, row] = [x + across - rect.x, y + down - rect.y];
    const isInside = column >= 0 && row >= 0 && column < rect.width && row < rect.height;
    const at = row * rect.width + column;
    return { x: x + across, y: y + down, value: isInside && index >= 0 ? values[at * components.length + index] : undefined, ink: inkOn(tile.rgba, at * 4) };
  }));
}
