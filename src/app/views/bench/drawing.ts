import uPlot from 'uplot';
import { token } from '../../ui/usePlot.ts';
import type { Chart, Mark, Series } from './charts.ts';

export const FONT = '11px Inter Variable';
const LINE = 16;
/** Characters that fit below a name's place. */
const WRAP = 11;

/** A word that no line holds: broken behind its signs, or where it must be. */
function broken(word: string): readonly string[] {
  const parts = word.split(/(?<=[./_-])/).flatMap((part) => part.match(new RegExp(`.{1,${String(WRAP)}}`, 'gu')) ?? []);
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + part.length <= WRAP) lines[lines.length - 1] = last + part;
    else lines.push(part);
  }
  return lines;
}

/** Breaks a name between words, as long lines as fit, and before every arrow. */
export function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(/(?<!→) /)) {
    const last = lines[lines.length - 1];
    const isRoom = last !== undefined && !word.startsWith('→') && `${last} ${word}`.length <= WRAP;
    if (isRoom) lines[lines.length - 1] = `${last} ${word}`;
    else if (word.length > WRAP + 2) lines.push(...broken(word));
    else lines.push(word);
  }
  return lines.join('\n');
}

/** Pixels of a letter below the axis. */
const LETTER = 6;

/** How far apart the names of a chart stand at least. */
export const namesApart = ({ ticks }: Chart): number => Math.max(60, 8 + LETTER * Math.max(0, ...ticks.flatMap(({ title }) => wrapped(title).split('\n').map((line) => line.length))));

const lineCount = (titles: readonly string[]): number => Math.max(1, ...titles.map((title) => title.split('\n').length));

/** Digits of a logarithmic axis, from coarse to fine. */
const DIGITS = [[1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], Array.from({ length: 90 }, (_, at) => (at + 10) / 10)];
const FEWEST_STEPS = 3;

/** 1, 2, 5, 10, 20, … between two numbers; finer where that gives too few. */
function steps(low: number, high: number): number[] {
  let found: number[] = [];
  for (const digits of DIGITS) {
    found = [];
    for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power += 1) for (const digit of digits) found.push(digit * 10 ** power);
    found = found.filter((value) => value >= low * 0.999 && value <= high * 1.001);
    if (found.length >= FEWEST_STEPS) break;
  }
  return found;
}

function rangeOf({ series, ceilings, y }: Chart): readonly [number, number] {
  const values = [...series.flatMap(({ marks }) => marks.flatMap(({ low, high }) => [low, high])), ...ceilings.map((ceiling) => ceiling.y)].filter((value) => value > 0);
  if (values.length === 0) return [1, 10];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return y === 'log' ? [least / 1.25, most * 1.25] : [0, most * 1.12];
}

function widthOf({ x, ticks }: Chart): readonly [number, number] {
  const places = ticks.map(({ at }) => at);
  if (places.length === 0) return [0, 1];
  const [first, last] = [Math.min(...places), Math.max(...places)];
  return x === 'log' ? [first / 1.3, last * 1.3] : [first - 0.5, last + 0.5];
}

const tickLabel = (value: number): string => (value >= 1000 ? `${String(value / 1000)} k` : String(Number(value.toPrecision(3))));

type At = (value: number, axis: 'x' | 'y') => number;

function drawCeilings(ctx: CanvasRenderingContext2D, ceilings: Chart['ceilings'], at: At): void {
  for (const { from, to, y } of ceilings) {
    ctx.beginPath();
    ctx.moveTo(at(from, 'x'), at(y, 'y'));
    ctx.lineTo(at(to, 'x'), at(y, 'y'));
    ctx.stroke();
  }
}

function drawLine(ctx: CanvasRenderingContext2D, { marks, engine }: Series, at: At): void {
  ctx.setLineDash(engine === 'copy' ? [5 * uPlot.pxRatio, 4 * uPlot.pxRatio] : []);
  ctx.beginPath();
  for (const { x, y } of marks) ctx.lineTo(at(x, 'x'), at(y, 'y'));
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawErrorBar(ctx: CanvasRenderingContext2D, { x, low, high }: Mark, at: At): void {
  const [center, half] = [at(x, 'x'), 3 * uPlot.pxRatio];
  ctx.beginPath();
  for (const end of [low, high]) {
    ctx.moveTo(center - half, at(end, 'y'));
    ctx.lineTo(center + half, at(end, 'y'));
  }
  ctx.moveTo(center, at(low, 'y'));
  ctx.lineTo(center, at(high, 'y'));
  ctx.stroke();
}

function drawShape(ctx: CanvasRenderingContext2D, shape: Path2D, { x, y, isFar = false }: Mark, size: number, at: At): void {
  ctx.save();
  ctx.translate(at(x, 'x'), at(y, 'y'));
  ctx.scale(uPlot.pxRatio * size, uPlot.pxRatio * size);
  if (isFar) {
    ctx.lineWidth = 1.2 / size;
    ctx.stroke(shape);
  } else ctx.fill(shape);
  ctx.restore();
}

/** Series with more marks than this are clouds: their marks are small. */
const CLOUD = 24;

/** Marks, lines, error bars and ceilings, over the plot's own axes. */
function drawMarks(plot: uPlot, { series, ceilings }: Chart): void {
  const { ctx } = plot;
  const at: At = (value, axis) => plot.valToPos(value, axis, true);
  ctx.save();
  ctx.strokeStyle = token('--text-2');
  ctx.lineWidth = 2 * uPlot.pxRatio;
  drawCeilings(ctx, ceilings, at);
  ctx.lineWidth = 1.5 * uPlot.pxRatio;
  for (const one of series) {
    ctx.strokeStyle = token(one.look.hue);
    ctx.fillStyle = token(one.look.hue);
    if (one.isJoined) drawLine(ctx, one, at);
    const shape = new Path2D(one.look.shape);
    for (const mark of one.marks) {
      if (mark.low !== mark.high) drawErrorBar(ctx, mark, at);
      drawShape(ctx, shape, mark, one.marks.length > CLOUD ? 0.55 : 1, at);
    }
  }
  ctx.restore();
}

/** A chart's plot: axes by uPlot, what was measured by shapes that differ. */
export function makePlot(chart: Chart, host: HTMLElement, width: number, height: number): uPlot {
  const axis = { stroke: token('--text-2'), font: FONT, labelFont: FONT, labelSize: 16, grid: { stroke: token('--border'), width: 1 }, ticks: { show: false } };
  const [least, most] = rangeOf(chart);
  const titles = chart.ticks.map(({ title }) => (chart.x === 'names' ? wrapped(title) : title));
  const x: uPlot.Axis = { ...axis, splits: () => chart.ticks.map(({ at }) => at), values: () => titles, filter: (_plot, splits) => splits, size: 10 + LINE * lineCount(titles), grid: chart.x === 'names' ? { show: false } : axis.grid, ...(chart.xTitle === '' ? {} : { label: chart.xTitle }) };
  const y: uPlot.Axis = { ...axis, label: chart.yTitle, size: 48, values: (_plot, splits) => splits.map(tickLabel), ...(chart.y === 'log' ? { splits: () => steps(least, most), filter: (_plot, splits) => splits } : {}) };
  return new uPlot({
    width, height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot’s types name an enum that its module does not have at run time; 3 is logarithmic, 1 linear
      x: { time: false, distr: chart.x === 'log' ? 3 : 1, range: [...widthOf(chart)] },
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- as above
      y: { distr: chart.y === 'log' ? 3 : 1, range: [least, most] },
    },
    axes: [x, y],
    series: [{}, { show: true, paths: () => null, points: { show: false } }],
    hooks: { draw: [(plot) => drawMarks(plot, chart)] },
  }, [[...widthOf(chart)], [least, most]], host);
}

/** Something drawn that can say what it is. */
interface Place {
  readonly says: string;
  readonly left: number;
  readonly top: number;
}

/** Pixels beside a ceiling from which it is meant, where no mark is nearer. */
const BESIDE = 6;

function ceilingNear(plot: uPlot, { ceilings }: Chart, left: number, top: number): Place | undefined {
  const { offsetLeft, offsetTop } = plot.over;
  const x = plot.posToVal(left - offsetLeft, 'x');
  const found = ceilings.find(({ from, to, y }) => x >= from && x <= to && Math.abs(plot.valToPos(y, 'y') + offsetTop - top) <= BESIDE);
  return found === undefined ? undefined : { says: found.says, left, top: plot.valToPos(found.y, 'y') + offsetTop };
}

/** The mark nearest to a place in the host, within a finger's width; else the ceiling there. */
export function nearest(plot: uPlot, chart: Chart, left: number, top: number): Place | undefined {
  const over = plot.over;
  let best: Place | undefined;
  let least = 24;
  for (const mark of chart.series.flatMap(({ marks }) => marks)) {
    const [x, y] = [plot.valToPos(mark.x, 'x') + over.offsetLeft, plot.valToPos(mark.y, 'y') + over.offsetTop];
    const distance = Math.hypot(x - left, y - top);
    if (distance < least) {
      least = distance;
      best = { says: mark.says, left: x, top: y };
    }
  }
  return best ?? ceilingNear(plot, chart, left, top);
}
