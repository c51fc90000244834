import { MARKER, isRestart } from '../format/codes.ts';
import type { JpegFault } from '../format/segments.ts';

/** Entropy-coded bytes up to a marker. */
export interface Interval {
  readonly from: number;
  readonly to: number;
  /** Second byte of the marker behind them; undefined where the scan ends. */
  readonly marker: number | undefined;
  /** Byte where the next interval's data begin. */
  readonly next: number;
}

/** The runs of data of a scan between its restart markers (and codes that no scan should have), in one pass. */
export function findIntervals(bytes: Uint8Array, from: number, to: number): readonly Interval[] {
  const intervals: Interval[] = [];
  let start = from;
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at < to;) {
    let behind = at + 1;
    while (behind < to && bytes[behind] === 0xff) behind += 1;
    if (behind >= to) break;
    if (bytes[behind] !== 0) {
      intervals.push({ from: start, to: at, marker: bytes[behind], next: behind + 1 });
      start = behind + 1;
    }
    at = bytes.indexOf(0xff, behind + 1);
  }
  intervals.push({ from: start, to, marker: undefined, next: to });
  return intervals;
}

/** Finds each interval's bytes where markers are as they should be, and where they are not. */
export class IntervalCursor {
  readonly #intervals: readonly Interval[];
  #at = 0;

  constructor(intervals: readonly Interval[]) {
    this.#intervals = intervals;
  }

  /** The data given last, or those before them where a marker was missing. */
  get current(): Interval {
    return this.#intervals[this.#at];
  }

  /** Whether no data are left behind those given last. */
  get isLast(): boolean {
    return this.#at + 1 >= this.#intervals.length;
  }

  /**
   * The data of the next interval; undefined when its marker is missing, so that it stays empty.
   * @param index of the interval, the first being 0; it begins behind RST(index − 1)
   * @param report told when another marker was there
   * @source libjpeg jdmarker.c, jpeg_resync_to_restart
   */
  next(index: number, report: (what: string) => void): Interval | undefined {
    const expected = (index - 1) & 7;
    let { marker } = this.#intervals[this.#at];
    if (marker === MARKER.RST0 + expected) {
      this.#at += 1;
      return this.#intervals[this.#at];
    }
    report(`RST${String(expected)} was expected at byte ${String(this.#intervals[this.#at].to)}; there is ${marker === undefined ? 'the end of the scan' : isRestart(marker) ? `RST${String(marker - MARKER.RST0)}` : `0xFF${marker.toString(16).toUpperCase()}`}`);
    for (;;) {
      if (marker === undefined) return undefined;
      const ahead = isRestart(marker) ? (marker - MARKER.RST0 - expected) & 7 : -1;
      if (ahead === 1 || ahead === 2) return undefined;
      this.#at += 1;
      // One of the two before, or no restart marker at all: its data belong to nobody.
      if (ahead !== 6 && ahead !== 7 && ahead !== -1) return this.#intervals[this.#at];
      ({ marker } = this.#intervals[this.#at]);
    }
  }
}

const MOST_FAULTS = 100;

/** Collects faults, the first hundred in words. */
export class FaultList {
  readonly #faults: JpegFault[];
  #more = 0;

  constructor(first: readonly JpegFault[]) {
    this.#faults = first.slice(0, MOST_FAULTS);
    this.#more = first.length - this.#faults.length;
  }

  add(kind: JpegFault['kind'], what: string): void {
    if (this.#faults.length < MOST_FAULTS) this.#faults.push({ kind, what });
    else this.#more += 1;
  }

  get all(): readonly JpegFault[] {
    return this.#more === 0 ? this.#faults : [...this.#faults, { kind: 'data', what: `${String(this.#more)} more of the kind are not listed.` }];
  }
}
