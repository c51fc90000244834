import type { FrameRow, StreamLogLine } from './protocol.ts';
import type { RouteRowId } from './routeTypes.ts';
import type { RowFacts } from './windowPump.ts';

const LONGEST_LIST = 48;
const LONGEST_LOG = 100;

/** What became of a source's frames, and what was said on the way; the newest first. */
export class Account {
  rows: readonly FrameRow[] = [];
  counts: Partial<Record<RouteRowId, number>> = {};
  lines: readonly StreamLogLine[] = [];
  private openedAt = performance.now();
  private nextKey = 1;

  /** Seconds are counted from here. */
  begin(): void {
    this.openedAt = performance.now();
  }

  /** Forgets everything; keys go on, so that none is given twice. */
  clear(): void {
    this.rows = [];
    this.counts = {};
    this.lines = [];
  }

  add(facts: RowFacts): FrameRow {
    const row: FrameRow = { key: this.nextKey++, ...facts };
    this.rows = [row, ...this.rows].slice(0, LONGEST_LIST);
    if (row.row !== undefined) this.counts = { ...this.counts, [row.row]: (this.counts[row.row] ?? 0) + 1 };
    return row;
  }

  log(window: number, text: string): void {
    this.lines = [{ key: this.nextKey++, at: (performance.now() - this.openedAt) / 1000, window, text }, ...this.lines].slice(0, LONGEST_LOG);
  }
}
