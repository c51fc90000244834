/** A part of an encoder's work. */
export interface Stage {
  readonly title: string;
  readonly ms: number;
  /** Bytes copied as they are from one buffer to another. */
  readonly copiedBytes: number;
}

/** Collects the stages of one encoding, in the order in which they first happened. */
export class Stages {
  private readonly sums = new Map<string, { ms: number; copiedBytes: number }>();

  measure<T>(title: string, work: () => T): T {
    const started = performance.now();
    const result = work();
    this.add(title, performance.now() - started, 0);
    return result;
  }

  async wait<T>(title: string, work: () => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work();
    this.add(title, performance.now() - started, 0);
    return result;
  }

  add(title: string, ms: number, copiedBytes: number): void {
    const sum = this.sums.get(title) ?? { ms: 0, copiedBytes: 0 };
    this.sums.set(title, { ms: sum.ms + ms, copiedBytes: sum.copiedBytes + copiedBytes });
  }

  list(): readonly Stage[] {
    return Array.from(this.sums, ([title, sum]) => ({ title, ...sum }));
  }
}
