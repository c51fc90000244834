import type { PointOutput } from '../../../pipeline/behaviour.ts';
import type { ChromaStep, Step } from '../../../pipeline/step.ts';
import type { Pairs } from '../lanes/dots.ts';
import type { Emitter } from '../lanes/emitter.ts';
import { isChroma } from './dataflow.ts';
import type { Dataflow, Origin } from './dataflow.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { kindFor } from '../lanes/lanes.ts';
import type { Place, Source } from './source.ts';

/** How the steps that compute are written. */
export interface Writers {
  readonly chroma: (graph: Graph, step: ChromaStep, input: Origin, place: Place) => Lanes;
  readonly point: (graph: Graph, step: Step, origin: Origin, output: PointOutput, place: Place) => Lanes;
}

/** How a value is written that all rows of one chroma row need alike. */
export type Recipe = (graph: Graph) => Lanes | undefined;

/** Values that were written before, a chroma row at a time, and can be read back; undefined for those that were not. */
export type Reader = (key: string) => Lanes | undefined;

/** The values of one round: each is written once, when something asks for it. */
export class Graph {
  readonly e: Emitter;
  readonly source: Source;
  readonly flow: Dataflow;
  /** Pixels of a round. */
  readonly pixels: number;
  private readonly writers: Writers;
  private readonly known = new Map<string, Lanes>();
  private readonly others = new Map<string, Lanes | undefined>();
  private readonly pairs = new Map<string, readonly Pairs[]>();
  private readonly read: Reader;
  /** What `kept` was asked for and could be written, in the order of the asking. */
  readonly recipes = new Map<string, { readonly make: Recipe; readonly lanes: Lanes }>();

  constructor(e: Emitter, flow: Dataflow, source: Source, pixels: number, writers: Writers, read: Reader = () => undefined) {
    this.writers = writers;
    this.read = read;
    this.e = e;
    this.source = source;
    this.flow = flow;
    this.pixels = pixels;
  }

  /** Samples of a channel in a round. */
  count(origin: Origin, { even }: Place): number {
    return this.pixels / this.flow.channel(origin).sub.x / (even ? 2 : 1);
  }

  value(origin: Origin, place: Place): Lanes {
    const { index, name } = origin;
    const key = `${String(index)} ${name} ${String(place.row)} ${String(place.even)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const made = this.make(origin, place);
    this.known.set(key, made);
    return made;
  }

  /** What several channels or rows need alike, written once. */
  shared(key: string, make: () => Lanes | undefined): Lanes | undefined {
    if (!this.others.has(key)) this.others.set(key, make());
    return this.others.get(key);
  }

  /** As `shared`, for what the rows of one chroma row need alike: read back where it was written for all of them. */
  kept(key: string, make: Recipe): Lanes | undefined {
    return this.shared(key, () => {
      const lanes = this.read(key) ?? make(this);
      if (lanes !== undefined) this.recipes.set(key, { make, lanes });
      return lanes;
    });
  }

  sharedPairs(key: string, make: () => readonly Pairs[]): readonly Pairs[] {
    const made = this.pairs.get(key) ?? make();
    this.pairs.set(key, made);
    return made;
  }

  /** Channels, and what several rows share, held in 32-bit lanes at every pixel of a row. */
  wideChannels(): number {
    return [...this.known.values(), ...this.others.values()].filter((lanes) => lanes !== undefined && (lanes.kind === 'i32' || lanes.kind === 'f32') && lanes.count === this.pixels).length;
  }

  private make(origin: Origin, place: Place): Lanes {
    const { index, name } = origin;
    const step = this.flow.step(index);
    if (step === undefined) throw new TypeError(`No step gives ${name}.`);
    if (step.kind === 'load') return this.source.lanes(name, place);
    if (step.kind === 'upsample' || step.kind === 'downsample') return isChroma(name) ? this.writers.chroma(this, step, { index: index - 1, name }, place) : this.value({ index: index - 1, name }, place);
    const output = this.flow.output(origin);
    if (output === undefined) throw new TypeError(`${step.kind} is not compiled.`);
    if (output.type === 'same') return this.value(this.flow.input(index, output.from), place);
    if (output.type === 'constant') return this.constant(origin, output.value, place);
    return this.writers.point(this, step, origin, output, place);
  }

  private constant(origin: Origin, value: number, place: Place): Lanes {
    const { kind } = this.flow.channel(origin);
    const lane = kind === 'float' ? 'f32' : kindFor({ min: value, max: value });
    const count = this.count(origin, place);
    return this.e.lanes(lane, count, Array.from({ length: 4 }, () => this.e.fill(lane, value)));
  }
}
