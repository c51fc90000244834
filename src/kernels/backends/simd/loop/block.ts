import { formatLayout } from '../../../image/formatLayout.ts';
import type { PlaneFormat } from '../../../image/formatLayout.ts';
import type { Pipeline } from '../../../pipeline/step.ts';
import { FunctionBuilder, i32, v128 } from '../../../wasm/index.ts';
import type { Expr, Local } from '../../../wasm/index.ts';
import { emitChroma } from '../graph/chroma.ts';
import { Emitter } from '../lanes/emitter.ts';
import type { Dataflow } from '../graph/dataflow.ts';
import { Graph } from '../graph/graph.ts';
import type { Reader, Recipe } from '../graph/graph.ts';
import type { LaneKind, Lanes } from '../lanes/lanes.ts';
import { vectorsOf } from '../lanes/lanes.ts';
import { emitPoint } from '../rows/point.ts';
import { Sink } from '../graph/sink.ts';
import { Source } from '../graph/source.ts';

/** A plane as the functions take it: where it starts and its bytes a row. */
export interface PlanePointer {
  readonly format: PlaneFormat;
  readonly at: Local<'i32'>;
  readonly stride: Local<'i32'>;
}

/** What one run along the picture makes. */
export interface Block {
  /** Luma rows that are read: 1, or 2 where chroma is averaged over two. */
  readonly rows: number;
  /** Pixels of a round. */
  readonly pixels: number;
  /** The destination's planes: all, those of full height, or those of less. */
  readonly planes: 'all' | 'luma' | 'chroma';
  /** Whether the last column is averaged with itself where it has no neighbour. */
  readonly repeats: boolean;
}

interface KeptValue {
  readonly make: Recipe;
  readonly kind: LaneKind;
  readonly count: number;
  /** Bytes from the start of a round's values. */
  readonly offset: number;
}

/** What the rows of one chroma row need alike: written to memory once, a round after the other, and read back by each row. */
export interface Kept {
  readonly values: ReadonlyMap<string, KeptValue>;
  /** Bytes of a round. */
  readonly bytes: number;
  /**
   * Whether the first row writes it while it is made itself, so that memory has something to do meanwhile; otherwise it is written
   * before all rows. For code that computes little: with more of it at once the constants no longer fit the registers.
   */
  readonly inPassing: boolean;
}

export const NOTHING_KEPT: Kept = { values: new Map(), bytes: 0, inPassing: false };

/** Of sixteen registers, the rest for what a round computes. */
const MOST_CONSTANTS = 10;

export const planeParams = (f: FunctionBuilder, planes: readonly PlaneFormat[]): readonly PlanePointer[] => planes.map((format) => ({ format, at: f.param('i32'), stride: f.param('i32') }));
export const roundBytes = ({ blockBytes, blockWidth }: PlaneFormat, pixels: number): number => (pixels / blockWidth) * blockBytes;
export const isMade = (planes: Block['planes'], { subY }: PlaneFormat): boolean => planes === 'all' || (subY === 1) === (planes === 'luma');

/** A pointer for each of a plane's rows in a round. */
function rowPointers(f: FunctionBuilder, { format, at, stride }: PlanePointer, rows: number): readonly Local<'i32'>[] {
  return Array.from({ length: Math.max(1, rows / format.subY) }, (_, row) => (row === 0 ? at : f.let(i32.add(at, stride))));
}

/** The parameters of a block, and how they go on with a round. */
class Pointers {
  readonly sources: readonly PlanePointer[];
  readonly targets: readonly PlanePointer[];
  readonly rounds: Local<'i32'>;
  readonly kept: Local<'i32'>;
  private readonly rows: readonly (readonly Local<'i32'>[])[];

  constructor(f: FunctionBuilder, { from, to }: Pipeline, { rows }: Block) {
    this.sources = planeParams(f, formatLayout(from.format).planes);
    this.targets = planeParams(f, formatLayout(to.format).planes);
    this.rounds = f.param('i32');
    this.kept = f.param('i32');
    this.rows = [...this.sources, ...this.targets].map((plane) => rowPointers(f, plane, rows));
  }

  source(plane: number, row: number): Expr<'i32'> {
    return this.at(plane, row);
  }

  target(plane: number, row: number): Expr<'i32'> {
    return this.at(this.sources.length + plane, row);
  }

  /**
   * Goes over all rounds. Pointers start one round early and go on at the start of a round: processors need them as 64 bits, which is
   * what a sum comes as, while one that comes from the round before would have to be widened first.
   */
  loop(f: FunctionBuilder, pixels: number, keptBytes: number, round: () => void): void {
    const steps = [...this.sources, ...this.targets].flatMap(({ format }, index) => (this.rows[index] ?? []).map((pointer) => ({ pointer, bytes: roundBytes(format, pixels) })));
    if (keptBytes > 0) steps.push({ pointer: this.kept, bytes: keptBytes });
    for (const { pointer, bytes } of steps) f.set(pointer, i32.sub(pointer, bytes));
    f.loop((again) => {
      for (const { pointer, bytes } of steps) f.set(pointer, i32.add(pointer, bytes));
      round();
      f.set(this.rounds, i32.sub(this.rounds, 1));
      f.branchIf(again, this.rounds);
    });
  }

  private at(plane: number, row: number): Expr<'i32'> {
    const pointer = this.rows[plane]?.[row];
    if (pointer === undefined) throw new TypeError('A row outside the round.');
    return pointer;
  }
}

function graphOver(f: FunctionBuilder, flow: Dataflow, pointers: Pointers, pixels: number, read?: (e: Emitter) => Reader): Graph {
  const e = new Emitter(f);
  const source = new Source(e, flow.pipeline.from.format, pixels, (plane, row) => pointers.source(plane, row));
  return new Graph(e, flow, source, pixels, { chroma: emitChroma, point: emitPoint }, read?.(e));
}

const vectorOffsets = ({ kind, count, offset }: KeptValue): number[] => Array.from({ length: vectorsOf(kind, count) }, (_, index) => offset + index * 16);

function storeKept({ e }: Graph, pointers: Pointers, value: KeptValue, lanes: Lanes | undefined): void {
  for (const [index, offset] of vectorOffsets(value).entries()) e.f.store('v128.store', pointers.kept, lanes?.parts[index] ?? e.int(0), offset);
}

/** Writes the samples of one round. */
function emitRound(graph: Graph, { rows, planes }: Block, pointers: Pointers): void {
  const { to, steps } = graph.flow.pipeline;
  const sink = new Sink(graph, to.format);
  for (let row = 0; row < rows; row += 1) {
    for (const [index, { format }] of pointers.targets.entries()) if (row % format.subY === 0 && isMade(planes, format)) sink.write(index, row / format.subY, pointers.target(index, row / format.subY), steps.length - 2);
  }
}

/** What a round comes to, before it is written. */
export function probe(flow: Dataflow, block: Block): Graph {
  const f = new FunctionBuilder();
  const pointers = new Pointers(f, flow.pipeline, block);
  const graph = graphOver(f, flow, pointers, block.pixels);
  emitRound(graph, block, pointers);
  return graph;
}

/** (source planes…, destination planes…, rounds, kept): that many whole rounds of the destination's planes. @param writes what is kept, instead of reading it */
export function emitBlock(f: FunctionBuilder, flow: Dataflow, block: Block, kept: Kept, writes = false): void {
  const { pixels } = block;
  const pointers = new Pointers(f, flow.pipeline, block);
  const graph = graphOver(f, flow, pointers, pixels, (e) => (key) => {
    const value = kept.values.get(key);
    return value === undefined || writes ? undefined : e.lanes(value.kind, value.count, vectorOffsets(value).map((offset) => v128.load(pointers.kept, offset)));
  });
  pointers.loop(f, pixels, kept.bytes, () => {
    emitRound(graph, block, pointers);
    if (writes) for (const [key, value] of kept.values) storeKept(graph, pointers, value, graph.recipes.get(key)?.lanes);
  });
}

/** (source planes…, destination planes…, rounds, kept): writes what is kept of one chroma row. */
export function emitKept(f: FunctionBuilder, flow: Dataflow, block: Block, kept: Kept): void {
  const pointers = new Pointers(f, flow.pipeline, block);
  const graph = graphOver(f, flow, pointers, block.pixels);
  pointers.loop(f, block.pixels, kept.bytes, () => {
    for (const value of kept.values.values()) storeKept(graph, pointers, value, value.make(graph));
  });
}

/** What a block keeps for its neighbours. @param graph of the block's probe */
export function keptBy({ recipes, e }: Graph): Kept {
  let bytes = 0;
  const values = new Map<string, KeptValue>();
  for (const [key, { make, lanes: { kind, count } }] of recipes) {
    values.set(key, { make, kind, count, offset: bytes });
    bytes += vectorsOf(kind, count) * 16;
  }
  return { values, bytes, inPassing: e.constantsHeld <= MOST_CONSTANTS };
}
