import type { PointOutput, RationalKernel } from '../../../pipeline/behaviour.ts';
import { channelIndex, channelNamed } from '../../../pipeline/signal.ts';
import type { Channel, Signal } from '../../../pipeline/signal.ts';
import { signalsOf } from '../../../pipeline/simplify.ts';
import type { Pipeline, Step } from '../../../pipeline/step.ts';
import { behaviour } from '../../../pipeline/steps/index.ts';
import type { Table } from '../forms/formula.ts';
import { solve } from '../forms/formula.ts';
import type { Formula } from '../forms/formulaCore.ts';
import { Memo } from '../forms/memo.ts';

/** What steps that change the spacing of chroma change. */
export const isChroma = (name: string): boolean => name === 'U' || name === 'V';

/** A channel as it leaves a step; −1 is before the first. */
export interface Origin {
  readonly index: number;
  readonly name: string;
}

/** A channel of few values, what a run of steps that look at it alone makes of each, and the arithmetic that does the same. */
export interface TableFrom extends Solved {
  readonly origin: Origin;
}

interface Solved {
  readonly table: Table;
  readonly formula: Formula;
}

/** What one step makes of a channel's values, and the fraction it is, where it is one. */
interface Link {
  readonly apply: (value: number) => number;
  readonly kernel: RationalKernel | undefined;
}

/** All that a fraction of one input depends on, names aside. */
const wayOf = ({ row, ...rest }: RationalKernel): string => JSON.stringify({ ...rest, ...row, to: '', terms: row.terms.map(({ weight, centre }) => [weight, centre]) });

/** Largest domain that is written out as a table. */
const MOST_VALUES = 2048;

/** What is known of a pipeline before any code is written: found once, however many functions are written from it. */
export class Dataflow {
  readonly pipeline: Pipeline;
  private readonly signals: readonly Signal[];
  private readonly outputs = new Map<number, readonly PointOutput[] | undefined>();
  private readonly shared = new Memo<Solved | undefined>();
  private readonly tables = new Map<string, TableFrom | undefined>();

  constructor(pipeline: Pipeline) {
    this.pipeline = pipeline;
    this.signals = signalsOf(pipeline);
  }

  step(index: number): Step | undefined {
    return this.pipeline.steps[index];
  }

  /** The values that leave a step. */
  after(index: number): Signal {
    return this.signals[index + 1] ?? { width: 0, height: 0, channels: [] };
  }

  channel({ index, name }: Origin): Channel {
    return channelNamed(this.after(index), name);
  }

  /** How a channel leaves a point step; undefined for loads, stores and steps that look at neighbours. */
  output({ index, name }: Origin): PointOutput | undefined {
    if (!this.outputs.has(index)) this.outputs.set(index, this.outputsOf(index));
    return this.outputs.get(index)?.[channelIndex(this.after(index), name)];
  }

  /** The input of a point step, by its place in the signal. */
  input(index: number, from: number): Origin {
    const name = this.after(index - 1).channels[from]?.name;
    if (name === undefined) throw new TypeError('A step asks for a channel that is not there.');
    return { index: index - 1, name };
  }

  /** Back through steps that only pass a channel on. */
  origin(origin: Origin): Origin {
    const output = this.output(origin);
    return output?.type === 'same' ? this.origin(this.input(origin.index, output.from)) : origin;
  }

  /** The earliest channel of few values from which the steps up to here each look at one channel alone; undefined where no formula gives what they give. */
  tableBefore(origin: Origin): TableFrom | undefined {
    const key = `${String(origin.index)} ${origin.name}`;
    if (!this.tables.has(key)) this.tables.set(key, this.makeTable(origin));
    return this.tables.get(key);
  }

  private outputsOf(index: number): readonly PointOutput[] | undefined {
    const step = this.step(index);
    if (step === undefined || step.kind === 'load' || step.kind === 'lookup' || step.kind === 'nearest-color') return undefined;
    const action = behaviour(step).action(this.after(index - 1), {});
    return action.type === 'point' ? action.outputs : undefined;
  }

  private makeTable(origin: Origin): TableFrom | undefined {
    const functions: Link[] = [];
    let at = origin;
    let best: { readonly origin: Origin; readonly steps: number } | undefined;
    for (;;) {
      const output = this.output(at);
      if (output?.type === 'unary' && !output.positional) functions.push({ apply: (value) => output.fn(value, 0, 0), kernel: undefined });
      else if (output?.type === 'nary' && output.from.length === 1 && !output.positional) functions.push({ apply: (value) => output.fn([value], 0, 0), kernel: output.rational });
      else if (output?.type !== 'same') break;
      at = this.input(at.index, output.type === 'nary' ? (output.from[0] ?? 0) : output.from);
      const { kind, min, max } = this.channel(at);
      if (kind === 'int' && max - min < MOST_VALUES) best = { origin: at, steps: functions.length };
    }
    if (best === undefined || this.channel(origin).kind !== 'int') return undefined;
    const { min, max } = this.channel(best.origin);
    const steps = functions.slice(0, best.steps).toReversed();
    const solved = this.solved(steps, { min, max });
    return solved === undefined ? undefined : { origin: best.origin, ...solved };
  }

  /** A table and its formula; channels that go the same way share them. */
  private solved(steps: readonly Link[], { min, max }: { readonly min: number; readonly max: number }): Solved | undefined {
    const find = (): Solved | undefined => {
      const table: Table = { min, values: Array.from({ length: max - min + 1 }, (_, index) => steps.reduce((value, { apply }) => apply(value), min + index)) };
      const formula = solve(table);
      return formula === undefined ? undefined : { table, formula };
    };
    const ways = steps.flatMap(({ kernel }) => (kernel === undefined ? [] : [wayOf(kernel)]));
    return ways.length < steps.length ? find() : this.shared.answer(`${String(min)}…${String(max)} ${ways.join()}`, find);
  }
}
