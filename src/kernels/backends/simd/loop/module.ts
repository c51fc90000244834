import { formatLayout } from '../../../image/formatLayout.ts';
import type { Pipeline } from '../../../pipeline/step.ts';
import type { PixelFormatId } from '../../../tables/pixelFormats.ts';
import { ModuleBuilder, i32, select } from '../../../wasm/index.ts';
import type { Expr, FunctionHandle, Local , FunctionBuilder} from '../../../wasm/index.ts';
import { NOTHING_KEPT, emitBlock, emitKept, isMade, keptBy, planeParams, probe, roundBytes } from './block.ts';
import type { Block, Kept, PlanePointer } from './block.ts';
import { averagesColumns, averagesRows } from '../graph/chroma.ts';
import { Dataflow } from '../graph/dataflow.ts';
import type { Graph } from '../graph/graph.ts';

/** Bytes of scratch for the last, partly filled round of each plane's rows; what is kept lies behind them. */
const REST_BYTES = 4096;
const REST_PER_PLANE = 1024;
const REST_PER_ROW = 512;
/** Where sources lie in a plane's scratch that must be brought there, and from one row of theirs to the next. */
const REST_SOURCE = 512;
const REST_SOURCE_ROW = 256;

const operands = (planes: readonly PlanePointer[]): Local<'i32'>[] => planes.flatMap(({ at, stride }) => [at, stride]);

/** A block's function. */
interface Made {
  readonly handle: FunctionHandle;
  readonly block: Block;
}

/** What is there to run over. */
interface Run {
  readonly sources: readonly PlanePointer[];
  readonly targets: readonly PlanePointer[];
  /** Whole rounds in a row, and the pixels behind them. */
  readonly whole: Local<'i32'>;
  readonly rest: Local<'i32'>;
  readonly scratch: Local<'i32'>;
}

const tallest = ({ format }: { readonly format: PixelFormatId }): number => Math.max(...formatLayout(format).planes.map(({ subY }) => subY));

/** Luma rows that must be made together. */
export const rowsTogether = ({ from, to }: Pipeline): number => Math.max(tallest(from), tallest(to));

/**
 * How the rows of a picture are made. Every row's luma is made by the same code, one row after the other: processors follow streams of
 * memory by the instruction that reads or writes them, and two that take turns cost twice the time of one. What rows share comes first,
 * through memory that stays near; chroma comes from the row that is still in the cache.
 */
interface Plan {
  readonly pixels: number;
  /** Made of every row. */
  readonly main: Block;
  /** Made of every first row of the destination's chroma rows. */
  readonly chroma: Block | undefined;
  /** Made for every chroma row of the source. */
  readonly kept: Kept;
}

/** Rounds of sixteen pixels fit the registers while most values are bytes or 16-bit numbers; wider ones take eight. */
const roundPixels = (sixteen: Graph): number => (sixteen.wideChannels() <= 1 ? 16 : 8);

function planOf(flow: Dataflow): Plan {
  const { from, to, steps } = flow.pipeline;
  const rows = steps.some(averagesRows) ? 2 : 1;
  const repeats = steps.some(averagesColumns);
  const hasChroma = tallest(to) > 1;
  const sixteen = probe(flow, { rows, pixels: 16, planes: 'all', repeats: false });
  const pixels = roundPixels(sixteen);
  const main: Block = { rows: 1, pixels, planes: hasChroma ? 'luma' : 'all', repeats: repeats && !hasChroma };
  const isMain = pixels === 16 && main.planes === 'all';
  return {
    pixels, main,
    chroma: hasChroma ? { rows, pixels, planes: 'chroma', repeats } : undefined,
    kept: tallest(from) > 1 ? keptBy(isMain ? sixteen : probe(flow, main)) : NOTHING_KEPT,
  };
}

/** The last pixels of the rows of a block whose columns are averaged two by two, and the very last once more: an odd one is its own mean. */
function emitRepeated(f: FunctionBuilder, behind: (plane: PlanePointer) => Expr<'i32'>, rows: number, { sources, rest, scratch }: Run): Expr<'i32'>[] {
  return sources.flatMap((plane, index) => {
    const { blockBytes, blockWidth } = plane.format;
    const start = i32.add(scratch, index * REST_PER_PLANE + REST_SOURCE);
    if (blockWidth > 1) return [behind(plane), plane.stride];
    const bytes = f.let(i32.mul(rest, blockBytes));
    for (let row = 0; row < rows; row += 1) {
      const [to, from] = [i32.add(start, row * REST_SOURCE_ROW), i32.add(behind(plane), i32.mul(plane.stride, row))];
      f.copyMemory(to, from, bytes);
      f.copyMemory(i32.add(to, bytes), i32.sub(i32.add(from, bytes), blockBytes), blockBytes);
    }
    return [start, i32.const(REST_SOURCE_ROW)];
  });
}

/** The last columns, which do not fill a round: made in scratch memory, then only what belongs to the picture is copied. */
function emitRest(f: FunctionBuilder, { handle, block }: Made, kept: Expr<'i32'>, run: Run): void {
  const { sources, targets, whole, rest, scratch } = run;
  const { pixels, planes, rows, repeats } = block;
  const behind = ({ at, format }: PlanePointer): Expr<'i32'> => i32.add(at, i32.mul(whole, roundBytes(format, pixels)));
  const scratchOf = (index: number): Expr<'i32'> => i32.add(scratch, index * REST_PER_PLANE);
  const read = repeats ? emitRepeated(f, behind, rows, run) : sources.flatMap((plane) => [behind(plane), plane.stride]);
  f.call(handle, ...read, ...targets.flatMap((_, index) => [scratchOf(index), i32.const(REST_PER_ROW)]), 1, kept);
  for (const [index, plane] of targets.entries()) {
    const { blockWidth, blockBytes } = plane.format;
    if (isMade(planes, plane.format)) f.copyMemory(behind(plane), scratchOf(index), i32.mul(i32.div_u(i32.add(rest, blockWidth - 1), blockWidth), blockBytes));
  }
}

/** The whole width: as many whole rounds as there are, then the rest. */
function emitWidth(f: FunctionBuilder, made: Made, keptBytes: number, run: Run): void {
  const kept = i32.add(run.scratch, REST_BYTES);
  f.if(run.whole, () => f.call(made.handle, ...operands(run.sources), ...operands(run.targets), run.whole, kept));
  f.if(run.rest, () => emitRest(f, made, i32.add(kept, i32.mul(run.whole, keptBytes)), run));
}

/** Planes whose last row is read twice: an odd one is its own mean. */
const lastTwice = (f: FunctionBuilder, planes: readonly PlanePointer[], left: Local<'i32'>): readonly PlanePointer[] => planes.map((plane) => ({ ...plane, stride: f.let(select(plane.stride, 0, i32.gt_s(left, 1))) }));

interface Functions {
  readonly main: Made;
  readonly chroma: Made | undefined;
  /** Writes what is kept; in passing: and makes a row as `main` does. */
  readonly kept: FunctionHandle | undefined;
}

/** A row. @param isKept whether a row before it has written what they share */
function emitMain(f: FunctionBuilder, { main, kept }: Functions, plan: Plan, isKept: Local<'i32'>, width: Local<'i32'>, run: Run): void {
  const make = (handle: FunctionHandle): void => emitWidth(f, { block: main.block, handle }, plan.kept.bytes, run);
  if (kept === undefined) { make(main.handle); return; }
  if (plan.kept.inPassing) f.if(isKept, () => make(main.handle), () => make(kept));
  else {
    f.if(i32.eqz(isKept), () => f.call(kept, ...operands(run.sources), ...operands(run.targets), i32.div_u(i32.add(width, plan.pixels - 1), plan.pixels), i32.add(run.scratch, REST_BYTES)));
    make(main.handle);
  }
  f.set(isKept, 1);
}

/** (source planes…, destination planes…, pixels, rows, phase, scratch): that many luma rows; `phase` is the first one's place among those that belong together. */
function emitRows(f: FunctionBuilder, functions: Functions, pipeline: Pipeline, plan: Plan): void {
  const { chroma, kept } = functions;
  const sources = planeParams(f, formatLayout(pipeline.from.format).planes);
  const targets = planeParams(f, formatLayout(pipeline.to.format).planes);
  const [width, left, phase, scratch] = [f.param('i32'), f.param('i32'), f.param('i32'), f.param('i32')];
  const run: Run = { sources, targets, scratch, whole: f.let(i32.div_u(width, plan.pixels)), rest: f.let(i32.rem_u(width, plan.pixels)) };
  const isKept = f.local('i32');
  f.while(i32.gt_s(left, 0), () => {
    emitMain(f, functions, plan, isKept, width, run);
    if (chroma !== undefined) f.if(i32.eqz(i32.rem_u(phase, tallest(pipeline.to))), () => emitWidth(f, chroma, 0, chroma.block.rows === 1 ? run : { ...run, sources: lastTwice(f, sources, left) }));
    f.set(phase, i32.add(phase, 1));
    for (const { at, stride, format: { subY } } of [...sources, ...targets]) {
      if (subY === 1) f.set(at, i32.add(at, stride));
      else f.if(i32.eqz(i32.rem_u(phase, subY)), () => f.set(at, i32.add(at, stride)));
    }
    if (kept !== undefined) f.if(i32.eqz(i32.rem_u(phase, tallest(pipeline.from))), () => f.set(isKept, 0));
    f.set(left, i32.sub(left, 1));
  });
}

/** A module with one function, `rows`, and the scratch it needs. */
export interface RowsModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** @param width pixels */
  readonly scratchBytes: (width: number) => number;
}

/** @param shared whether the memory is */
export function rowsModule(pipeline: Pipeline, shared: boolean): RowsModule {
  const module = new ModuleBuilder();
  module.importMemory('images', 'memory', shared ? { initial: 1, maximum: 65_536, shared } : { initial: 1 });
  const flow = new Dataflow(pipeline);
  const plan = planOf(flow);
  const { kept } = plan;
  const make = (block: Block, values: Kept): Made => ({ block, handle: module.innerFunction(block.planes, 'nothing', (f) => { emitBlock(f, flow, block, values); }) });
  const functions: Functions = {
    main: make(plan.main, kept),
    chroma: plan.chroma === undefined ? undefined : make(plan.chroma, NOTHING_KEPT),
    kept: kept.bytes === 0 ? undefined : module.innerFunction('kept', 'nothing', (f) => { if (kept.inPassing) emitBlock(f, flow, plan.main, kept, true); else emitKept(f, flow, plan.main, kept); }),
  };
  module.function('rows', 'nothing', (f) => emitRows(f, functions, pipeline, plan));
  return { bytes: module.toBytes(), scratchBytes: (width) => REST_BYTES + Math.ceil(Math.ceil(width / plan.pixels) * kept.bytes / 64) * 64 };
}
