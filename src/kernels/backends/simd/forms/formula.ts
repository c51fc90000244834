import { DOT_COST, LARGEST, Q15_COST, coreValue, costOf, isInLanes, q15mulr } from './formulaCore.ts';
import type { Core, Formula } from './formulaCore.ts';
import { Memo } from './memo.ts';

/** A function written out: `values[i]` is that of `min + i`. */
export interface Table {
  readonly min: number;
  readonly values: ArrayLike<number>;
}

/** A table with what is known of its shape. */
interface Shape {
  readonly min: number;
  readonly max: number;
  readonly values: Int32Array;
  readonly low: number;
  readonly high: number;
  /** Least squares over the values between the lowest and the highest. */
  readonly slope: number;
  /** How far from it a line can be that is right at both ends of these values. */
  readonly slack: number;
}

/** Multipliers near the nominal one, nearest first. */
const NEIGHBOURS = Array.from({ length: 41 }, (_, index) => (index % 2 === 0 ? index / 2 : -(index + 1) / 2));

/** A plain loop, as in all that looks at every value: most of it runs before the engine has compiled it. */
function slopeOf(values: Int32Array, min: number, low: number, high: number): Pick<Shape, 'slope' | 'slack'> {
  let [count, sumX, sumY, sumXX, sumXY, first, last] = [0, 0, 0, 0, 0, 0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    if (value === low || value === high) continue;
    const x = min + index;
    if (count === 0) first = x;
    last = x;
    count += 1;
    sumX += x;
    sumY += value;
    sumXX += x * x;
    sumXY += x * value;
  }
  const spread = count * sumXX - sumX * sumX;
  const ends = values.length > 1 ? ((values[values.length - 1] ?? 0) - (values[0] ?? 0)) / (values.length - 1) : 0;
  return { slope: spread > 0 ? (count * sumXY - sumX * sumY) / spread : ends, slack: last > first ? 2 / (last - first) : 1 };
}

function shapeOf({ min, values: given }: Table): Shape | undefined {
  const values = Int32Array.from(given);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const max = min + values.length - 1;
  if (values.length === 0 || min < -0x8000 || max > LARGEST || low < -0x8000 || high > LARGEST || values.some((value, index) => value !== given[index])) return undefined;
  return { min, max, values, low, high, ...slopeOf(values, min, low, high) };
}

/** Values far apart are looked at first: most attempts fail at one of them. */
const STRIDES = [61, 1];

/** Biases with floor((raw + bias) / 2^shift) equal to every value, at the lowest or below it, at the highest or above it; undefined where there are none. */
function biases({ min, values, low, high }: Shape, raw: (x: number) => number, shift: number): { readonly from: number; readonly to: number } | undefined {
  let [from, to] = [-Infinity, Infinity];
  const step = 2 ** shift;
  for (const stride of STRIDES) {
    for (let index = 0; index < values.length; index += stride) {
      const value = values[index] ?? 0;
      const floor = value * step - raw(min + index);
      if (floor > from && value !== low) from = floor;
      if (floor + step - 1 < to && value !== high) to = floor + step - 1;
      if (from > to) return undefined;
    }
  }
  return { from, to };
}

const nearestToZero = ({ from, to }: { readonly from: number; readonly to: number }): number => (from > 0 ? from : to < 0 ? to : 0);

/** The first multiplier near the slope times `scale` for which `attempt` finds something. @param above part of the slope that needs no multiplier */
function near({ slope, slack }: Shape, scale: number, largest: number, attempt: (multiplier: number) => Core | undefined, above = 0): Core | undefined {
  const nominal = (slope - above) * scale;
  for (const offset of NEIGHBOURS) {
    const multiplier = Math.round(nominal) + offset;
    if (Math.abs(multiplier - nominal) > slack * scale + 1) continue;
    const found = Math.abs(multiplier) > largest ? undefined : attempt(multiplier);
    if (found !== undefined) return found;
  }
  return undefined;
}

function productCore(shape: Shape): Core | undefined {
  const { min, max, low, slope } = shape;
  if (min < 0 || low < 0 || slope < 0) return undefined;
  for (let shift = 0; shift < 16; shift += 1) {
    const found = near(shape, 2 ** shift, 0xffff, (multiplier) => {
      if (multiplier < 0 || multiplier * max > 0xffff) return undefined;
      const range = biases(shape, (x) => x * multiplier, shift);
      const add = range === undefined ? -1 : nearestToZero(range);
      return add >= 0 && multiplier * max + add <= 0xffff && (shift > 0 || multiplier * max + add <= LARGEST) ? { form: 'product', multiplier, add, shift } : undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function q15Core(shape: Shape): Core | undefined {
  return q15From(shape, 0) ?? q15From(shape, Math.ceil((shape.min + shape.max) / 2));
}

/** @param centre taken off first: smaller numbers leave room for a bit more of precision */
function q15From(shape: Shape, centre: number): Core | undefined {
  const { min, max, slope } = shape;
  // −2^15 fits, 2^15 does not.
  const room = Math.floor(Math.log2(Math.min(LARGEST / Math.max(1, max - centre), (LARGEST + 1) / Math.max(1, centre - min))));
  for (let shift = 0; shift < 12; shift += 1) {
    for (const raise of new Set([0, room])) {
      const scale = 2 ** (15 + shift - raise);
      const found = Math.abs(slope * scale) > LARGEST ? undefined : near(shape, scale, LARGEST, (multiplier) => {
        const raw = (x: number): number => q15mulr((x - centre) << raise, multiplier);
        const range = biases(shape, raw, shift);
        const add = range === undefined ? Number.NaN : nearestToZero(range);
        return [min, max].every((x) => Math.abs(raw(x) + add) <= LARGEST) ? { form: 'q15', centre, raise, multiplier, add, shift } : undefined;
      });
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function centredCore(shape: Shape): Core | undefined {
  const { min, max, slope } = shape;
  if (slope < 1 || slope >= 2) return undefined;
  for (const centre of [Math.ceil((min + max) / 2), 0]) {
    const found = near(shape, 0x8000, LARGEST, (multiplier) => {
      const raw = (x: number): number => x - centre + q15mulr(x - centre, multiplier);
      const range = biases(shape, raw, 0);
      const add = range === undefined ? Number.NaN : nearestToZero(range);
      return [min, max].every((x) => Math.abs(raw(x) + add) <= LARGEST) ? { form: 'centred', centre, multiplier, add } : undefined;
    }, 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A bias of the interval as a product of two 16-bit numbers. */
function factors({ from, to }: { readonly from: number; readonly to: number }): { readonly one: number; readonly add: number } | undefined {
  for (let one = 1; one <= LARGEST; one = one < 64 ? one + 1 : one * 2) {
    const add = Math.ceil(from / one);
    if (add * one <= to && Math.abs(add) <= LARGEST) return { one, add };
  }
  return undefined;
}

function dotCore(shape: Shape): Core | undefined {
  const { slope } = shape;
  const precise = Math.floor(Math.log2(LARGEST / Math.max(1e-4, Math.abs(slope))));
  for (const shift of [precise, precise - 1, precise - 2]) {
    const found = shift < 0 || shift > 24 ? undefined : near(shape, 2 ** shift, LARGEST, (multiplier) => {
      const range = biases(shape, (x) => x * multiplier, shift);
      const product = range === undefined ? undefined : factors(range);
      return product === undefined ? undefined : { form: 'dot', multiplier, ...product, shift };
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The formula with a clamp where its arithmetic leaves the table's range; a last look at every value. */
function finished(core: Core, { min, max, values, low, high }: Shape): Formula | undefined {
  let leaves = false;
  for (let x = min; x <= max; x += 1) {
    const value = coreValue(core, x);
    if (value < -0x8000 || value > LARGEST) return undefined;
    leaves ||= value < low || value > high;
    if (Math.min(high, Math.max(low, value)) !== values[x - min]) return undefined;
  }
  return { core, clamp: leaves ? { min: low, max: high } : undefined };
}

/** What the search finds for depths that are often changed; a table that is another's fails at once. */
const COMMON: readonly Core[] = [
  // 10 bits to 8; 5 and 6 to 8, and back.
  { form: 'q15', centre: 0, raise: 0, multiplier: 8168, add: 0, shift: 0 },
  { form: 'product', multiplier: 527, add: 23, shift: 6 },
  { form: 'product', multiplier: 259, add: 33, shift: 6 },
  { form: 'product', multiplier: 249, add: 1014, shift: 11 },
  { form: 'product', multiplier: 253, add: 505, shift: 10 },
];

/** The kinds of arithmetic, and what each costs at least. */
const CORES: readonly { readonly least: number; readonly make: (shape: Shape) => Core | undefined }[] = [
  { least: 0, make: productCore },
  { least: 2 * Q15_COST, make: q15Core },
  { least: 2 + 2 * Q15_COST, make: centredCore },
  { least: DOT_COST, make: dotCore },
];

function search(shape: Shape): Formula | undefined {
  const { min, max, values } = shape;
  const add = (values[values.length >> 1] ?? 0) - (min + (values.length >> 1));
  const shifted = [min, max].every((x) => Math.abs(x + add) <= LARGEST) ? finished({ form: 'add', add }, shape) : undefined;
  if (shifted !== undefined) return shifted;
  for (const known of COMMON) {
    const formula = isInLanes(known, min) && isInLanes(known, max) ? finished(known, shape) : undefined;
    if (formula !== undefined) return formula;
  }
  let best: Formula | undefined;
  for (const { least, make } of CORES) {
    if (best !== undefined && costOf(best) <= least) break;
    const core = make(shape);
    const formula = core === undefined ? undefined : finished(core, shape);
    if (formula !== undefined && (best === undefined || costOf(formula) < costOf(best))) best = formula;
  }
  return best;
}

const solved = new Memo<Formula | undefined>();

/** The cheapest formula that gives the table exactly; undefined where none does. Every entry is checked. */
export function solve(table: Table): Formula | undefined {
  return solved.answer(`${String(table.min)}: ${Array.from(table.values).join()}`, () => {
    const shape = shapeOf(table);
    return shape === undefined ? undefined : search(shape);
  });
}
