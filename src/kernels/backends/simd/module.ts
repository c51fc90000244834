import { formatLayout } from '../../image/formatLayout.ts';
import type { PlaneFormat } from '../../image/formatLayout.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import type { PixelFormatId } from '../../tables/pixelFormats.ts';
import { FunctionBuilder, ModuleBuilder, i32 } from '../../wasm/index.ts';
import type { Expr, FunctionHandle, Local } from '../../wasm/index.ts';
import { averagesRows, emitChroma } from './chroma.ts';
import { Emitter } from './emitter.ts';
import { Graph } from './graph.ts';
import { emitPoint } from './point.ts';
import { Sink } from './sink.ts';
import { Source } from './source.ts';

/** A plane as the functions take it: where it starts and its bytes a row. */
interface PlanePointer {
  readonly format: PlaneFormat;
  readonly at: Local<'i32'>;
  readonly stride: Local<'i32'>;
}

/** Bytes of scratch that a call needs: the last, partly filled round of each plane's rows goes there first. */
export const SCRATCH_BYTES = 4096;
const SCRATCH_PER_PLANE = 1024;
const SCRATCH_PER_ROW = 512;

const planeParams = (f: FunctionBuilder, planes: readonly PlaneFormat[]): readonly PlanePointer[] => planes.map((format) => ({ format, at: f.param('i32'), stride: f.param('i32') }));
const operands = (planes: readonly PlanePointer[]): Local<'i32'>[] => planes.flatMap(({ at, stride }) => [at, stride]);
const roundBytes = ({ blockBytes, blockWidth }: PlaneFormat, pixels: number): number => (pixels / blockWidth) * blockBytes;

/** A pointer for each of a plane's rows in a round. */
function rowPointers(f: FunctionBuilder, { format, at, stride }: PlanePointer, rows: number): readonly Local<'i32'>[] {
  return Array.from({ length: Math.max(1, rows / format.subY) }, (_, row) => (row === 0 ? at : f.let(i32.add(at, stride))));
}

const isMade = (planes: Block['planes'], { subY }: PlaneFormat): boolean => planes === 'all' || (subY === 1) === (planes === 'luma');

/** What one run along the picture makes. */
interface Block {
  /** Luma rows: 1, or 2 where the source's chroma is shared by two. */
  readonly rows: number;
  /** Pixels of a round. */
  readonly pixels: number;
  /** The destination's planes: all, those of full height, or those of less. */
  readonly planes: 'all' | 'luma' | 'chroma';
}

/**
 * (source planes…, destination planes…, rounds): the rows of one step down the picture, as many whole rounds as asked.
 */
function emitBlock(f: FunctionBuilder, pipeline: Pipeline, { rows, pixels, planes }: Block): Graph {
  const { from, to } = pipeline;
  const sources = planeParams(f, formatLayout(from.format).planes);
  const targets = planeParams(f, formatLayout(to.format).planes);
  const rounds = f.param('i32');
  const read = sources.map((plane) => rowPointers(f, plane, rows));
  const written = targets.map((plane) => rowPointers(f, plane, rows));
  const pointerOf = (pointers: readonly (readonly Local<'i32'>[])[], plane: number, row: number): Expr<'i32'> => {
    const pointer = pointers[plane]?.[row];
    if (pointer === undefined) throw new TypeError('A row outside the round.');
    return pointer;
  };
  const e = new Emitter(f);
  const graph = new Graph(e, pipeline, new Source(e, from.format, pixels, (plane, row) => pointerOf(read, plane, row)), pixels, { chroma: emitChroma, point: emitPoint });
  f.loop((again) => {
    const sink = new Sink(graph, to.format);
    for (let row = 0; row < rows; row += 1) {
      for (const [index, { format }] of targets.entries()) if (row % format.subY === 0 && isMade(planes, format)) sink.write(index, row / format.subY, pointerOf(written, index, row / format.subY), pipeline.steps.length - 2);
    }
    const advance = (planes: readonly PlanePointer[], pointers: readonly (readonly Local<'i32'>[])[]): void => planes.forEach(({ format }, index) => {
      for (const pointer of pointers[index] ?? []) f.set(pointer, i32.add(pointer, roundBytes(format, pixels)));
    });
    advance(sources, read);
    advance(targets, written);
    f.set(rounds, i32.sub(rounds, 1));
    f.branchIf(again, rounds);
  });
  return graph;
}

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

/** The last columns, which do not fill a round: made in scratch memory, then only what belongs to the picture is copied. */
function emitRest(f: FunctionBuilder, { handle, block }: Made, { sources, targets, whole, rest, scratch }: Run): void {
  const { rows, pixels, planes } = block;
  const behind = ({ at, format }: PlanePointer): Expr<'i32'> => i32.add(at, i32.mul(whole, roundBytes(format, pixels)));
  const scratchOf = (index: number): Expr<'i32'> => i32.add(scratch, index * SCRATCH_PER_PLANE);
  f.call(handle, ...sources.flatMap((plane) => [behind(plane), plane.stride]), ...targets.flatMap((_, index) => [scratchOf(index), i32.const(SCRATCH_PER_ROW)]), 1);
  for (const [index, plane] of targets.entries()) {
    const { blockWidth, blockBytes, subY } = plane.format;
    if (!isMade(planes, plane.format)) continue;
    const bytes = f.let(i32.mul(i32.div_u(i32.add(rest, blockWidth - 1), blockWidth), blockBytes));
    for (let row = 0; row < Math.max(1, rows / subY); row += 1) f.copyMemory(i32.add(behind(plane), i32.mul(plane.stride, row)), i32.add(scratchOf(index), row * SCRATCH_PER_ROW), bytes);
  }
}

/** The whole width: as many whole rounds as there are, then the rest. */
function emitWidth(f: FunctionBuilder, made: Made, run: Run): void {
  f.if(run.whole, () => f.call(made.handle, ...operands(run.sources), ...operands(run.targets), run.whole));
  f.if(run.rest, () => emitRest(f, made, run));
}

function emitNext(f: FunctionBuilder, planes: readonly PlanePointer[], rows: number): void {
  for (const { at, stride, format } of planes) f.set(at, i32.add(at, rows === 1 || format.subY > 1 ? stride : i32.mul(stride, rows)));
}

/** (source planes…, destination planes…, pixels, rows, scratch): that many luma rows, from the planes' first, a group of rows after the other. */
function emitRows(f: FunctionBuilder, group: readonly (readonly Made[])[], pipeline: Pipeline): void {
  const sources = planeParams(f, formatLayout(pipeline.from.format).planes);
  const targets = planeParams(f, formatLayout(pipeline.to.format).planes);
  const [width, left, scratch] = [f.param('i32'), f.param('i32'), f.param('i32')];
  const pixels = group[0]?.[0]?.block.pixels ?? 8;
  const run: Run = { sources, targets, scratch, whole: f.let(i32.div_u(width, pixels)), rest: f.let(i32.rem_u(width, pixels)) };
  const together = group.reduce((sum, [first]) => sum + (first?.block.rows ?? 1), 0);
  f.while(i32.ge_s(left, together), () => {
    for (const row of group) {
      for (const made of row) emitWidth(f, made, run);
      // Chroma goes on with the last of its rows.
      const isLast = row === group[group.length - 1];
      emitNext(f, [...sources, ...targets].filter(({ format }) => format.subY === 1 || isLast), row[0]?.block.rows ?? 1);
    }
    f.set(left, i32.sub(left, together));
  });
}

/** Rounds of sixteen pixels fit the registers while most values are bytes or 16-bit numbers; wider ones take eight. */
function roundPixels(pipeline: Pipeline, rows: number): number {
  return emitBlock(new FunctionBuilder(), pipeline, { rows: pipeline.steps.some(averagesRows) ? rowsTogether(pipeline) : rows, pixels: 16, planes: 'all' }).wideChannels() <= 1 ? 16 : 8;
}

const tallest = ({ format }: { readonly format: PixelFormatId }): number => Math.max(...formatLayout(format).planes.map(({ subY }) => subY));

/** Luma rows that must be made together. */
export const rowsTogether = ({ from, to }: Pipeline): number => Math.max(tallest(from), tallest(to));

/**
 * The blocks of each row that belongs together. Where the source's chroma serves two rows, both are made at once. Where only the destination's
 * does, every row's luma is made by the same code, so that memory is read in one stream, and chroma from the row that is still in the cache.
 */
function groupOf(pipeline: Pipeline): readonly (readonly Block[])[] {
  const [rows, together] = [tallest(pipeline.from), rowsTogether(pipeline)];
  const pixels = roundPixels(pipeline, rows);
  if (rows === together) return [[{ rows, pixels, planes: 'all' }]];
  const chromaRows = pipeline.steps.some(averagesRows) ? together : 1;
  return [[{ rows: 1, pixels, planes: 'luma' }, { rows: chromaRows, pixels, planes: 'chroma' }], [{ rows: 1, pixels, planes: 'luma' }]];
}

/** Whether a row may have to be made alone: not where two are averaged, for sizes are even there. */
export const hasSingleRows = (pipeline: Pipeline): boolean => rowsTogether(pipeline) > 1 && !pipeline.steps.some(averagesRows);

/** A module with one function, `rows`. @param alone for a row alone: the last of an odd height, or the first of an odd start @param shared whether the memory is */
export function moduleBytes(pipeline: Pipeline, alone: boolean, shared: boolean): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder();
  module.importMemory('images', 'memory', shared ? { initial: 1, maximum: 65_536, shared } : { initial: 1 });
  const known = new Map<string, Made>();
  const make = (block: Block): Made => {
    const made = known.get(block.planes) ?? { block, handle: module.innerFunction(block.planes, 'nothing', (f) => { emitBlock(f, pipeline, block); }) };
    known.set(block.planes, made);
    return made;
  };
  const group = groupOf(pipeline);
  const rows = alone ? group.slice(0, 1).map((row) => row.map((block) => make({ ...block, rows: 1 }))) : group.map((row) => row.map(make));
  module.function('rows', 'nothing', (f) => emitRows(f, rows, pipeline));
  return module.toBytes();
}
