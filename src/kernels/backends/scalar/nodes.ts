import type { ComponentLayout } from '../../image/formatLayout.ts';
import type { Image } from '../../image/types.ts';
import type { Axis, RationalKernel } from '../../pipeline/behaviour.ts';
import { siteSample } from '../../pipeline/evaluate.ts';
import { runRational } from '../../pipeline/rational.ts';
import { roundNumber } from '../../pipeline/rounding.ts';
import type { Channel } from '../../pipeline/signal.ts';
import { readRow } from './memory.ts';
import type { Row, RowNode } from './rows.ts';
import { RowCache, fitsInt32, makeRow } from './rows.ts';

/** What every node shares: its channel's facts and the rows it remembers. */
abstract class CachedNode implements RowNode {
  readonly isInteger: boolean;
  readonly min: number;
  readonly max: number;
  readonly width: number;
  private readonly cache: RowCache;

  constructor(channel: Channel, width: number) {
    this.isInteger = fitsInt32(channel);
    this.min = channel.min;
    this.max = channel.max;
    this.width = width;
    this.cache = new RowCache(this.isInteger, width);
  }

  row(y: number): Row {
    const key = this.keyOf(y);
    return this.cache.get(key, (row) => { this.fill(row, key); });
  }

  keep(rows: number): void {
    this.cache.keep(rows);
  }

  /** Rows that are equal by definition share a key. */
  protected keyOf(y: number): number {
    return y;
  }

  protected abstract fill(row: Row, y: number): void;
}

export class LoadNode extends CachedNode {
  private readonly image: Image;
  private readonly layout: ComponentLayout;

  constructor(channel: Channel, width: number, image: Image, layout: ComponentLayout) {
    super(channel, width);
    this.image = image;
    this.layout = layout;
  }

  protected override fill(row: Row, y: number): void {
    readRow(this.image, this.layout, y, row);
  }
}

export class ConstantNode extends CachedNode {
  private readonly value: number;

  constructor(channel: Channel, width: number, value: number) {
    super(channel, width);
    this.value = value;
  }

  protected override keyOf(): number {
    return 0;
  }

  protected override fill(row: Row): void {
    row.fill(this.value);
  }
}

type Unary = (value: number, x: number, y: number) => number;

/** A table costs one evaluation per possible value: worth it for 8 bits always, for 16 in large images. */
const isWorthTable = (node: RowNode, pixels: number): boolean => node.isInteger && node.max - node.min < Math.max(256, Math.min(65_536, pixels / 4));

/** One channel through one or several functions; a table where the values are few. */
export class MapNode extends CachedNode {
  readonly source: RowNode;
  readonly fn: Unary;
  readonly positional: boolean;
  private readonly table: Row | undefined;

  constructor(channel: Channel, source: RowNode, fn: Unary, positional: boolean, pixels: number) {
    super(channel, source.width);
    this.source = source;
    this.fn = fn;
    this.positional = positional;
    this.table = positional || !isWorthTable(source, pixels) ? undefined : this.tabulate();
  }

  private tabulate(): Row {
    const table = makeRow(this.isInteger, this.source.max - this.source.min + 1);
    for (let index = 0; index < table.length; index += 1) table[index] = this.fn(this.source.min + index, 0, 0);
    return table;
  }

  protected override fill(row: Row, y: number): void {
    const from = this.source.row(y);
    const { table, fn } = this;
    if (table === undefined) {
      for (let x = 0; x < row.length; x += 1) row[x] = fn(from[x] ?? 0, x, y);
      return;
    }
    const { min } = this.source;
    for (let x = 0; x < row.length; x += 1) row[x] = table[(from[x] ?? 0) - min] ?? 0;
  }
}

/** Several channels through a function of them all. */
export class GroupNode extends CachedNode {
  private readonly sources: readonly RowNode[];
  private readonly fn: (values: readonly number[], x: number, y: number) => number;

  constructor(channel: Channel, width: number, sources: readonly RowNode[], fn: (values: readonly number[], x: number, y: number) => number) {
    super(channel, width);
    this.sources = sources;
    this.fn = fn;
  }

  protected override fill(row: Row, y: number): void {
    const rows = this.sources.map((source) => source.row(y));
    const values = rows.map(() => 0);
    for (let x = 0; x < row.length; x += 1) {
      for (let index = 0; index < rows.length; index += 1) values[index] = rows[index]?.[x] ?? 0;
      row[x] = this.fn(values, x, y);
    }
  }
}

/** Whether `numerator × (1 / denominator)` truncates to the exact quotient: a quarter of a unit outweighs the error of two roundings. */
export const isQuick = ({ row, rounding, max, fits }: RationalKernel): boolean => fits && rounding !== 'half-even' && (max + 1) * row.denominator < 2 ** 49 && row.terms.length <= 3;

/** A weighted sum over a denominator, rounded and clamped to 0 … max, in binary64 without a division. */
export class RationalNode extends CachedNode {
  private readonly sources: readonly RowNode[];
  private readonly kernel: RationalKernel;

  constructor(channel: Channel, width: number, sources: readonly RowNode[], kernel: RationalKernel) {
    super(channel, width);
    this.sources = sources;
    this.kernel = kernel;
  }

  protected override fill(out: Row, y: number): void {
    const { row, rounding, max } = this.kernel;
    const [a, b = a, c = a] = this.sources.map((source) => source.row(y));
    if (a === undefined || b === undefined || c === undefined) return;
    const [wa = 0, wb = 0, wc = 0] = row.terms.map(({ weight }) => weight);
    const half = rounding === 'truncate' ? 0 : row.denominator / 2;
    const base = row.terms.reduce((sum, { weight, centre }) => sum - weight * centre, row.add) + half + 0.25;
    const inverse = 1 / row.denominator;
    for (let x = 0; x < out.length; x += 1) {
      const quotient = (base + wa * (a[x] ?? 0) + wb * (b[x] ?? 0) + wc * (c[x] ?? 0)) * inverse;
      out[x] = quotient < 0 ? 0 : quotient > max ? max : Math.floor(quotient);
    }
  }
}

/** The plain way for rows that the quick one cannot take. */
export function rationalNode(channel: Channel, width: number, sources: readonly RowNode[], kernel: RationalKernel): RowNode {
  return isQuick(kernel) ? new RationalNode(channel, width, sources, kernel) : new GroupNode(channel, width, sources, runRational(kernel));
}

/** Weighted sums of neighbours: columns by precomputed taps, rows as they come. */
export class SiteNode extends CachedNode {
  private readonly source: RowNode;
  private readonly axes: { readonly x: Axis; readonly y: Axis };
  private readonly starts: Int32Array;
  private readonly columns: Int32Array;
  private readonly weights: Float64Array;
  private readonly sums: Float64Array;
  private readonly isPick: boolean;
  private readonly isFloat: boolean;

  constructor(channel: Channel, width: number, source: RowNode, axes: { readonly x: Axis; readonly y: Axis }) {
    super(channel, width);
    this.source = source;
    this.axes = axes;
    this.isFloat = channel.kind === 'float';
    const taps = Array.from({ length: width }, (_, x) => axes.x.taps(x));
    this.columns = Int32Array.from(taps.flatMap((list) => list.map(({ at }) => at)));
    this.weights = Float64Array.from(taps.flatMap((list) => list.map(({ weight }) => weight)));
    this.starts = new Int32Array(width + 1);
    for (const [x, list] of taps.entries()) this.starts[x + 1] = (this.starts[x] ?? 0) + list.length;
    this.sums = new Float64Array(source.width);
    this.isPick = axes.x.denominator === 1 && axes.y.denominator === 1;
    source.keep(16);
  }

  protected override keyOf(y: number): number {
    return y;
  }

  protected override fill(out: Row, y: number): void {
    if (this.isPick) this.pick(out, y);
    else this.weigh(out, y);
  }

  private pick(out: Row, y: number): void {
    const from = this.source.row(this.axes.y.taps(y)[0]?.at ?? 0);
    const { columns } = this;
    for (let x = 0; x < out.length; x += 1) out[x] = from[columns[x] ?? 0] ?? 0;
  }

  private weigh(out: Row, y: number): void {
    const { sums, starts, columns, weights } = this;
    sums.fill(0);
    for (const { at, weight } of this.axes.y.taps(y)) {
      const from = this.source.row(at);
      for (let x = 0; x < sums.length; x += 1) sums[x] = (sums[x] ?? 0) + weight * (from[x] ?? 0);
    }
    const denominator = this.axes.x.denominator * this.axes.y.denominator;
    for (let x = 0; x < out.length; x += 1) {
      let sum = 0;
      for (let tap = starts[x] ?? 0; tap < (starts[x + 1] ?? 0); tap += 1) sum += (weights[tap] ?? 0) * (sums[columns[tap] ?? 0] ?? 0);
      out[x] = this.isFloat ? Math.fround(sum / denominator) : roundNumber(sum / denominator, 'half-away');
    }
  }
}

/** As `SiteNode`, sample by sample, where sums need more than 53 bits. */
export class ExactSiteNode extends CachedNode {
  private readonly channel: Channel;
  private readonly source: RowNode;
  private readonly axes: { readonly x: Axis; readonly y: Axis };

  constructor(channel: Channel, width: number, source: RowNode, axes: { readonly x: Axis; readonly y: Axis }) {
    super(channel, width);
    this.channel = channel;
    this.source = source;
    this.axes = axes;
    source.keep(16);
  }

  protected override fill(out: Row, y: number): void {
    for (let x = 0; x < out.length; x += 1) out[x] = siteSample(this.channel, this.axes, (column, row) => this.source.row(row)[column] ?? 0, x, y);
  }
}
