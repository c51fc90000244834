/** Milliseconds over which rates are averaged. */
const SPAN_MS = 2000;

/** Frames and bytes a second, and the mean latency, of the last two seconds. */
export class Rates {
  private entries: { readonly at: number; readonly bytes: number; readonly latencyMs: number }[] = [];

  add(at: number, bytes: number, latencyMs: number): void {
    this.entries.push({ at, bytes, latencyMs });
    this.forget(at);
  }

  read(now: number): { readonly fps: number; readonly bytesPerSecond: number; readonly latencyMs: number } {
    this.forget(now);
    const [first] = this.entries;
    if (first === undefined) return { fps: 0, bytesPerSecond: 0, latencyMs: 0 };
    const seconds = Math.max(now - first.at, 1) / 1000;
    const sum = (of: (entry: { readonly bytes: number; readonly latencyMs: number }) => number): number => this.entries.reduce((total, entry) => total + of(entry), 0);
    // The first frame only starts the span.
    const isSpan = this.entries.length > 1;
    return {
      fps: isSpan ? (this.entries.length - 1) / seconds : 0,
      bytesPerSecond: isSpan ? (sum(({ bytes }) => bytes) - first.bytes) / seconds : 0,
      latencyMs: sum(({ latencyMs }) => latencyMs) / this.entries.length,
    };
  }

  private forget(now: number): void {
    this.entries = this.entries.filter(({ at }) => now - at <= SPAN_MS);
  }
}
