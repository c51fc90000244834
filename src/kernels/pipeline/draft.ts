import { behaviour } from './steps/index.ts';
import type { Channel, Signal } from './signal.ts';
import type { Step } from './step.ts';

/** A list of steps under construction, together with what is known of the values at its end. */
export class Draft {
  readonly steps: Step[] = [];
  signal: Signal;

  constructor(width: number, height: number) {
    this.signal = { width, height, channels: [] };
  }

  add(step: Step): this {
    this.steps.push(step);
    this.signal = behaviour(step).output(this.signal);
    return this;
  }

  has(name: string): boolean {
    return this.signal.channels.some((channel) => channel.name === name);
  }

  channel(name: string): Channel | undefined {
    return this.signal.channels.find((channel) => channel.name === name);
  }

  /** Those of the names that travel at this point. */
  only(names: readonly string[]): string[] {
    return names.filter((name) => this.has(name));
  }
}
