import type { Clock } from '../clock.ts';
import type { EncodeJob, EncodedFrame, WindowEncoder } from '../encoders/encoder.ts';
import type { SessionFrame } from '../packet.ts';
import type { EncoderFacts } from '../route.ts';

/** A clock that goes when it is told to. */
export class FakeClock implements Clock {
  private time = 0;
  private due: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.time + ms, run };
    this.due.push(timer);
    return () => { this.due = this.due.filter((other) => other !== timer); };
  }

  advance(ms: number): void {
    this.time += ms;
    const now = this.due.filter(({ at }) => at <= this.time);
    this.due = this.due.filter(({ at }) => at > this.time);
    for (const { run } of now) run();
  }

  get timers(): number {
    return this.due.length;
  }
}

/** Notes what it is asked; refuses work once it is closed. */
export class FakeEncoder implements WindowEncoder {
  readonly facts: EncoderFacts;
  readonly jobs: EncodeJob[] = [];
  closed = 0;
  fails = false;
  leavesOut = false;
  /** Set: an answer waits for it. */
  gate: Promise<void> | undefined;

  constructor(facts: EncoderFacts) {
    this.facts = facts;
  }

  async encode(job: EncodeJob): Promise<EncodedFrame | undefined> {
    if (this.closed > 0) throw new TypeError('A closed encoder was asked.');
    this.jobs.push(job);
    await this.gate;
    if (this.fails) throw new TypeError('The device went away.');
    if (this.leavesOut) return undefined;
    return { bytes: Uint8Array.of(this.jobs.length), keyFrame: job.keyFrame, stream: undefined, width: this.facts.width, height: this.facts.height, options: { csc: this.facts.csc } };
  }

  close(): void {
    this.closed += 1;
  }
}

/** Raw BGRX frames of a window, one value everywhere. */
export function rawFrame(window: number, sequence: number, width = 4, height = 2, rowstride = width * 4): SessionFrame {
  return { window, sequence, encoding: 'rgb32', width, height, rowstride, payload: new Uint8Array(rowstride * height).fill(sequence) };
}
