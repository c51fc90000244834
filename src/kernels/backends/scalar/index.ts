import { formatLayout } from '../../image/formatLayout.ts';
import type { ComponentLayout } from '../../image/formatLayout.ts';
import type { Image } from '../../image/types.ts';
import type { Action, PointOutput } from '../../pipeline/behaviour.ts';
import { runContext, sumsFit } from '../../pipeline/evaluate.ts';
import type { Channel, Signal } from '../../pipeline/signal.ts';
import { signalsOf } from '../../pipeline/simplify.ts';
import type { Pipeline } from '../../pipeline/step.ts';
import { behaviour } from '../../pipeline/steps/index.ts';
import { wordGroups } from '../../pipeline/words.ts';
import type { Kernel } from '../backend.ts';
import { writePlaneRow } from './memory.ts';
import { ConstantNode, ExactSiteNode, GroupNode, LoadNode, MapNode, SiteNode, rationalNode } from './nodes.ts';
import type { RowNode } from './rows.ts';

/** Samples of a channel's row; behind a change of size, whole blocks of the destination included. */
type RowWidth = (channel: Channel) => number;

function rowWidthFor(image: Image, inBlocks: boolean): RowWidth {
  const block = inBlocks ? Math.max(...formatLayout(image.format).planes.map(({ blockWidth }) => blockWidth)) : 1;
  const pixels = Math.ceil(image.width / block) * block;
  return (channel) => Math.ceil(pixels / channel.sub.x);
}

function loadNodes(image: Image, signal: Signal, widthOf: RowWidth): RowNode[] {
  const groups = wordGroups(image.format);
  return signal.channels.flatMap((channel) => {
    const layout = groups.find(({ name }) => name === channel.name)?.components[0];
    return layout === undefined ? [] : [new LoadNode(channel, widthOf(channel), image, layout)];
  });
}

/** Consecutive functions of one channel become one, so that one table serves them all. */
function mapNode(channel: Channel, source: RowNode, output: Extract<PointOutput, { type: 'unary' }>, pixels: number): RowNode {
  const { fn } = output;
  if (!(source instanceof MapNode) || source.positional || output.positional) return new MapNode(channel, source, fn, output.positional, pixels);
  const inner = source.fn;
  return new MapNode(channel, source.source, (value, x, y) => fn(inner(value, x, y), x, y), false, pixels);
}

function pointNode(output: PointOutput, channel: Channel, signal: Signal, nodes: readonly RowNode[], widthOf: RowWidth): RowNode | undefined {
  const width = widthOf(channel);
  switch (output.type) {
    case 'same': return nodes[output.from];
    case 'constant': return new ConstantNode(channel, width, output.value);
    case 'unary': {
      const source = nodes[output.from];
      return source === undefined ? undefined : mapNode(channel, source, output, signal.width * signal.height);
    }
    case 'nary': {
      const sources = output.from.flatMap((from) => nodes[from] ?? []);
      return output.rational === undefined ? new GroupNode(channel, width, sources, output.fn) : rationalNode(channel, width, sources, output.rational);
    }
  }
}

function siteNode(action: Extract<Action, { type: 'site' }>, input: Channel, channel: Channel, width: number, source: RowNode): RowNode {
  const axes = action.axes(input);
  if (axes === undefined) return source;
  return sumsFit(input, axes) ? new SiteNode(channel, width, source, axes) : new ExactSiteNode(channel, width, source, axes);
}

/** The graph of row nodes behind the last step, channel by channel. */
function buildGraph(pipeline: Pipeline, source: Image, target: Image): { readonly nodes: readonly RowNode[]; readonly signal: Signal } {
  const signals = signalsOf(pipeline);
  const context = runContext(source, target);
  const [sourceWidth, targetWidth] = [rowWidthFor(source, false), rowWidthFor(target, true)];
  let widthOf = pipeline.steps.some(({ kind }) => kind === 'resample') ? sourceWidth : targetWidth;
  let nodes: readonly RowNode[] = [];
  let last: Signal = { width: 0, height: 0, channels: [] };
  for (const [index, step] of pipeline.steps.entries()) {
    const [input, output] = [signals[index], signals[index + 1]];
    if (input === undefined || output === undefined) break;
    if (step.kind === 'resample') widthOf = targetWidth;
    const width = widthOf;
    const action = behaviour(step).action(input, context);
    if (action.type === 'load') nodes = loadNodes(source, output, width);
    if (action.type === 'point') {
      const before = nodes;
      nodes = action.outputs.flatMap((made, at) => { const channel = output.channels[at]; return channel === undefined ? [] : (pointNode(made, channel, output, before, width) ?? []); });
    }
    if (action.type === 'site') {
      const before = nodes;
      nodes = output.channels.flatMap((channel, at) => { const [node, from] = [before[at], input.channels[at]]; return node === undefined || from === undefined ? [] : [siteNode(action, from, channel, width(channel), node)]; });
    }
    last = output;
  }
  return { nodes, signal: last };
}

interface Writer {
  readonly plane: number;
  readonly subY: number;
  readonly groups: readonly { readonly layout: ComponentLayout; readonly node: RowNode }[];
}

function writers(target: Image, signal: Signal, nodes: readonly RowNode[]): Writer[] {
  const groups = wordGroups(target.format);
  return formatLayout(target.format).planes.map(({ subY }, plane) => ({
    plane,
    subY,
    groups: groups.flatMap(({ name, components: [layout] }) => {
      const node = nodes[signal.channels.findIndex((channel) => channel.name === name)];
      return layout?.plane === plane && node !== undefined ? [{ layout, node }] : [];
    }),
  }));
}

/** Typed-array rows: every step a loop over the rows of its channels, made on demand from the store backwards. */
export function compileScalar(pipeline: Pipeline): Kernel {
  const prepare: Kernel['prepare'] = (source, target) => {
    const { nodes, signal } = buildGraph(pipeline, source, target);
    const planes = writers(target, signal, nodes);
    return (from, to) => {
      for (let y = from; y < to; y += 1) {
        for (const { plane, subY, groups } of planes) {
          if (y % subY !== 0) continue;
          const row = y / subY;
          writePlaneRow(target, plane, row, groups.map(({ layout, node }) => ({ layout, row: node.row(row) })));
        }
      }
    };
  };
  return { backend: 'scalar', prepare, run: (source, target) => prepare(source, target)(0, target.height) };
}
