import { formatLayout } from '../../../image/formatLayout.ts';
import type { Channel } from '../../signal.ts';
import type { Pipeline } from '../../step.ts';

/** Sizes that every line of a script agrees on. */
export interface Frame {
  readonly height: number;
  /** Pixels that are worked on: the width, or the whole blocks of a destination that stores several pixels in one. */
  readonly workingWidth: number;
}

export function frameOf({ to }: Pipeline): Frame {
  const { components, planes } = formatLayout(to.format);
  const blocks = components.flatMap(({ plane, samples }) => (samples.length > 1 ? [planes[plane]?.blockWidth ?? 1] : []));
  return { height: to.height, workingWidth: Math.max(to.width, ...blocks.map((width) => Math.ceil(to.width / width) * width)) };
}

/** Rows and columns of a channel's array. */
export function shapeOf({ height, workingWidth }: Frame, { sub }: Pick<Channel, 'sub'>): { readonly rows: number; readonly columns: number } {
  return { rows: Math.ceil(height / sub.y), columns: Math.ceil(workingWidth / sub.x) };
}
