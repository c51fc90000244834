import { expect, test } from 'vitest';
import { formatLayout } from '../../../image/formatLayout.ts';
import type { Pipeline } from '../../../pipeline/step.ts';
import { channelNamed } from '../../../pipeline/signal.ts';
import { randomFrom } from '../../../testing/images.ts';
import { FunctionBuilder, ModuleBuilder, exportedFunction, i32 } from '../../../wasm/index.ts';
import { fractionOf, isNarrowQuotient } from '../forms/fraction.ts';
import type { Range } from '../forms/fraction.ts';
import { CHROMA_QUOTIENTS, LONG_QUOTIENTS, quotientValue, tryQuotient } from '../forms/quotients.ts';
import type { QuotientId } from '../forms/quotients.ts';
import { ROW_IDS, rowValue, tryRow } from '../forms/rows.ts';
import type { RowId } from '../forms/rows.ts';
import { emitChroma } from '../graph/chroma.ts';
import { Dataflow } from '../graph/dataflow.ts';
import { Graph } from '../graph/graph.ts';
import { Source } from '../graph/source.ts';
import { Emitter } from '../lanes/emitter.ts';
import type { Lanes } from '../lanes/lanes.ts';
import { simdReason } from '../support.ts';
import { colourRows } from '../testing/colourRows.ts';
import type { ColourRow } from '../testing/colourRows.ts';
import { emitPoint } from './point.ts';
import { emitQuotient } from './quotients.ts';
import type { RowPlace } from './rowPlace.ts';
import { emitFound, questionOf } from './rows.ts';

const PIXELS = 16;
const PLANE_BYTES = 1024;
const OUTPUT = 8192;
const PLACE = { row: 0, even: false } as const;
/** Rounds; many where numbers are long, whose lowest bits seldom decide. */
const timesOf = (id: QuotientId | RowId): number => (id.startsWith('multiword') ? 200 : 12);

type Run = (random: () => number) => { readonly results: Int32Array; readonly inputs: (name: string) => Int32Array };

/** How the values of a pipeline’s round are written. */
function graphOf(f: FunctionBuilder, pipeline: Pipeline): Graph {
  const e = new Emitter(f);
  const source = new Source(e, pipeline.from.format, PIXELS, (plane) => i32.const(plane * PLANE_BYTES));
  return new Graph(e, new Dataflow(pipeline), source, PIXELS, { chroma: emitChroma, point: emitPoint });
}

/** A function that reads a round of random pixels and writes what `make` gives, then the inputs, a 32-bit number each. */
function compiled({ pipeline, row, index }: ColourRow, make: (graph: Graph) => Lanes): Run {
  const module = new ModuleBuilder();
  module.importMemory('images', 'memory', { initial: 1 });
  module.function('round', 'nothing', (f: FunctionBuilder) => {
    const graph = graphOf(f, pipeline);
    const made = [make(graph), ...row.terms.map(({ from }) => graph.value({ index: index - 1, name: from }, PLACE))];
    for (const [at, lanes] of made.entries()) for (const [part, vector] of graph.e.as(lanes, 'i32').parts.entries()) f.store('v128.store', i32.const(OUTPUT + at * PIXELS * 4), vector, part * 16);
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const round = exportedFunction(new WebAssembly.Instance(new WebAssembly.Module(module.toBytes()), { images: { memory } }), 'round');
  const bytes = new Uint8Array(memory.buffer, 0, formatLayout(pipeline.from.format).planes.length * PLANE_BYTES);
  const numbers = (at: number): Int32Array => new Int32Array(memory.buffer, OUTPUT + at * PIXELS * 4, PIXELS);
  const [results, inputs] = [numbers(0), new Map(row.terms.map(({ from }, term) => [from, numbers(1 + term)]))];
  return (random) => {
    // Some bytes are all ones or none: the ends of every range.
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = random() < 0.3 ? (random() < 0.5 ? 0 : 255) : Math.floor(random() * 256);
    round();
    return { results, inputs: (name) => inputs.get(name) ?? results };
  };
}

/** The first pixel at which the code gives something else than the numbers do. */
function differsAt(run: Run, times: number, random: () => number, value: (input: (name: string) => number) => number): string | undefined {
  for (let time = 0; time < times; time += 1) {
    const { results, inputs } = run(random);
    for (let x = 0; x < PIXELS; x += 1) {
      const expected = value((name) => inputs(name)[x] ?? 0);
      if (results[x] !== expected) return `${String(results[x])} for ${String(expected)} at ${String(x)}`;
    }
  }
  return undefined;
}

const ROWS = [...new Map([...colourRows(['nv12', 'yuv444p', 'yuv420p', 'yuyv422', 'p010le', 'yuv444p10le', 'yuv444p14le', 'ayuv', 'rgba', 'rgb565le', 'x2rgb10le'], ['bt709']), ...colourRows(['nv12', 'p010le', 'rgba'], ['bt601', 'ycgco'])]
  .filter(({ pipeline }) => simdReason(pipeline) === undefined)
  .map((one): readonly [string, ColourRow] => [JSON.stringify([one.pipeline.from.format, one.row]), one])).values()];

test.each(ROW_IDS)('%s: the emitted code gives what the form’s value says', (id) => {
  const random = randomFrom(20);
  const wrong: string[] = [];
  let seen = 0;
  for (const one of ROWS) {
    const { row, index, step, pipeline, title } = one;
    const atGraph = (graph: Graph): RowPlace => ({ graph, row, index, place: PLACE });
    const found = tryRow(id, questionOf(atGraph(graphOf(new FunctionBuilder(), pipeline)), step, true));
    if (found === undefined) continue;
    seen += 1;
    const run = compiled(one, (graph) => emitFound(atGraph(graph), found));
    // What a row does not take of the step’s channels has no weight.
    const difference = differsAt(run, timesOf(id), random, (input) => rowValue(found, (name) => (row.terms.some(({ from }) => from === name) ? input(name) : 0)));
    if (difference !== undefined) wrong.push(`${title}: ${difference}`);
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(0);
}, 60_000);

test.each([...new Set<QuotientId>([...CHROMA_QUOTIENTS, ...LONG_QUOTIENTS])])('%s: the emitted code gives what the quotient’s value says', (id) => {
  const random = randomFrom(21);
  const wrong: string[] = [];
  let seen = 0;
  // Rows that differ in what they are for (bits of the result, its name) come to the same code.
  const done = new Set<string>();
  for (const one of ROWS) for (const terms of [one.row.terms, one.row.terms.slice(1), one.row.terms.slice(-1)]) {
    const key = JSON.stringify([one.pipeline.from.format, terms, one.row.denominator, one.row.add, one.step.rounding, one.index]);
    if (done.has(key)) continue;
    done.add(key);
    const fraction = fractionOf({ ...one.row, terms }, one.step.rounding);
    const ranges = terms.map(({ from }): Range => channelNamed(one.input, from));
    const found = fraction === undefined || terms.length === 0 || !isNarrowQuotient({ fraction, ranges }) ? undefined : tryQuotient(id, { fraction, ranges });
    if (found === undefined) continue;
    seen += 1;
    const run = compiled(one, (graph) => emitQuotient({ graph, inputs: terms.map(({ from }) => ({ index: one.index - 1, name: from })), place: PLACE }, found));
    const difference = differsAt(run, timesOf(id), random, (input) => quotientValue(found, terms.map(({ from }) => input(from))));
    if (difference !== undefined) wrong.push(`${one.title}: ${difference}`);
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(0);
}, 60_000);
