import type { RationalRow } from '../../../pipeline/step.ts';
import type { Graph } from '../graph/graph.ts';
import type { Place } from '../graph/source.ts';

/** A row of a step, and which of its samples are wanted. */
export interface RowPlace {
  readonly graph: Graph;
  readonly row: RationalRow;
  /** Of the step. */
  readonly index: number;
  readonly place: Place;
}
