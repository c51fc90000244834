import type { Rounding } from '../../../pipeline/rounding.ts';
import type { RationalRow } from '../../../pipeline/step.ts';
import { i16x8 } from '../../../wasm/index.ts';
import { emitCarried } from './splitDivision.ts';
import { doubled } from '../graph/chroma.ts';
import type { Origin } from '../graph/dataflow.ts';
import { fractionOf, quotientBounds } from '../forms/fraction.ts';
import type { Range } from '../forms/fraction.ts';
import { emitFraction } from './quotients.ts';
import type { Graph } from '../graph/graph.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { addBytes, held, separate } from './lumaSum.ts';
import type { Place } from '../graph/source.ts';
import { emitWeighted } from './splitFixedPoint.ts';

const isSmallLuma = ({ min, max }: Range): boolean => min >= 0 && max <= 0x3fff;

/** A row of a colour matrix before its clamp, in 16-bit lanes, and how far it can go; undefined where 32-bit lanes must do it. */
export function emitUnclampedRow(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): { readonly lanes: Lanes; readonly range: Range } | undefined {
  const { e } = graph;
  const fraction = fractionOf(row, rounding);
  if (row.bits > 15 || fraction === undefined) return undefined;
  const inputs = row.terms.map(({ from }): Origin => ({ index: index - 1, name: from }));
  const range = quotientBounds(fraction, inputs.map((origin): Range => graph.flow.channel(origin)));
  const apart = separate(graph, row, rounding, index, place);
  const single = apart === undefined || !isSmallLuma(graph.flow.channel(apart.main)) ? undefined : held(graph, apart, apart.key, apart.others);
  if (apart !== undefined && single !== undefined) {
    const others = apart.doubles ? doubled(e, single) : single;
    return { lanes: e.map(e.as(graph.value(apart.main, place), 'i16'), 'i16', (part, at) => i16x8.add(part, others.parts[at] ?? e.int(0))), range };
  }
  const weighted = emitWeighted(graph, row, rounding, index, place);
  if (weighted !== undefined) return { lanes: weighted, range: { min: Math.max(range.min, -256), max: Math.min(range.max, 255) } };
  const lanes = emitCarried(graph, row, rounding, index, place, range) ?? emitFraction(graph, fraction, inputs, place);
  return lanes === undefined ? undefined : { lanes, range };
}

/** A row of a colour matrix, rounded and clamped, in narrow lanes; undefined where 32-bit lanes must do it. */
export function emitMatrixRow(graph: Graph, row: RationalRow, rounding: Rounding, index: number, place: Place): Lanes | undefined {
  const { e } = graph;
  const apart = row.bits === 8 ? separate(graph, row, rounding, index, place) : undefined;
  const { min, max } = apart === undefined ? { min: -1, max: 0 } : graph.flow.channel(apart.main);
  const bytes = apart === undefined || min < 0 || max > 255 ? undefined : addBytes(graph, apart, place);
  if (bytes !== undefined) return bytes;
  const open = emitUnclampedRow(graph, row, rounding, index, place);
  if (open === undefined || row.bits === 8) return open === undefined ? undefined : e.as(open.lanes, 'u8');
  return e.map(open.lanes, 'i16', (part) => i16x8.min_s(i16x8.max_s(part, e.half(0)), e.half(2 ** row.bits - 1)));
}
