/** One row of one channel. Integers below 2^31 travel as i32, all else as f64. */
export type Row = Int32Array | Float64Array;

/** Rows of one channel, made when they are asked for; y counts in the channel's own grid. */
export interface RowNode {
  readonly width: number;
  readonly isInteger: boolean;
  readonly min: number;
  readonly max: number;
  row(y: number): Row;
  /** Asks the node to remember at least this many rows. */
  keep(rows: number): void;
}

export function makeRow(isInteger: boolean, width: number): Row {
  return isInteger ? new Int32Array(width) : new Float64Array(width);
}

/** Whether a channel's values fit i32 rows. */
export const fitsInt32 = (channel: { readonly kind: 'int' | 'float'; readonly min: number; readonly max: number }): boolean =>
  channel.kind === 'int' && channel.min >= -(2 ** 31) && channel.max < 2 ** 31;

/** The last few rows of a node, by their number. */
export class RowCache {
  private rows: Row[];
  private keys: number[];
  private readonly isInteger: boolean;
  private readonly width: number;

  constructor(isInteger: boolean, width: number) {
    this.isInteger = isInteger;
    this.width = width;
    this.rows = [makeRow(isInteger, width)];
    this.keys = [-1];
  }

  keep(count: number): void {
    if (count <= this.rows.length) return;
    this.rows = Array.from({ length: count }, () => makeRow(this.isInteger, this.width));
    this.keys = this.rows.map(() => -1);
  }

  get(y: number, fill: (row: Row) => void): Row {
    const slot = y % this.rows.length;
    const row = this.rows[slot] ?? makeRow(this.isInteger, this.width);
    if (this.keys[slot] !== y) {
      fill(row);
      this.keys[slot] = y;
    }
    return row;
  }
}
