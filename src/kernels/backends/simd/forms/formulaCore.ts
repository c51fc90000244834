/** The arithmetic of a formula: exact for every value of the table it was made for. */
export type Core =
  | { readonly form: 'add'; readonly add: number }
  /** (x·multiplier + add) >>> shift, unsigned 16 bits. */
  | { readonly form: 'product'; readonly multiplier: number; readonly add: number; readonly shift: number }
  /** (q15mulr((x − centre) << raise, multiplier) + add) >> shift: the upper half of a product, rounded. */
  | { readonly form: 'q15'; readonly centre: number; readonly raise: number; readonly multiplier: number; readonly add: number; readonly shift: number }
  /** u + q15mulr(u, multiplier) + add, u = x − centre: slopes from one to two, rounded but once. */
  | { readonly form: 'centred'; readonly centre: number; readonly multiplier: number; readonly add: number }
  /** (x·multiplier + one·add) >> shift, in 32 bits: a dot product with a constant. */
  | { readonly form: 'dot'; readonly multiplier: number; readonly one: number; readonly add: number; readonly shift: number };

/** A function of one integer in narrow lanes; what lies beyond `min` and `max` is clamped. */
export interface Formula {
  readonly core: Core;
  readonly clamp: { readonly min: number; readonly max: number } | undefined;
}

/** Of 16 bits. */
export const LARGEST = 0x7fff;

/** Upper half of the product, halves up. @source WebAssembly: i16x8.q15mulr_sat_s */
export const q15mulr = (a: number, b: number): number => (a * b + 0x4000) >> 15;

/** V8 guards q15mulr against its one overflow: five instructions on x64 for one. */
export const Q15_COST = 5;
export const DOT_COST = 14;

/** Instructions for sixteen bytes, roughly. */
export function costOf({ core, clamp }: Formula): number {
  const ends = clamp === undefined ? 0 : 4;
  switch (core.form) {
    case 'add': return ends + (core.add === 0 ? 0 : 2);
    case 'product': return ends + 2 * (1 + Number(core.add !== 0) + Number(core.shift !== 0));
    case 'q15': return ends + 2 * (Q15_COST + Number(core.centre !== 0) + Number(core.add !== 0) + Number(core.shift !== 0) + Number(core.raise !== 0));
    case 'centred': return ends + 2 * (1 + Q15_COST + Number(core.centre !== 0) + Number(core.add !== 0));
    case 'dot': return ends + DOT_COST;
  }
}

/** What a formula's arithmetic gives, before the clamp. */
export function coreValue(core: Core, x: number): number {
  switch (core.form) {
    case 'add': return x + core.add;
    case 'product': return (x * core.multiplier + core.add) >>> core.shift;
    case 'q15': return (q15mulr((x - core.centre) << core.raise, core.multiplier) + core.add) >> core.shift;
    case 'centred': return x - core.centre + q15mulr(x - core.centre, core.multiplier) + core.add;
    case 'dot': return (x * core.multiplier + core.one * core.add) >> core.shift;
  }
}

/** Whether arithmetic fits its lanes at a number; between two at which it does, it never falls as numbers rise. */
export function isInLanes(core: Core, x: number): boolean {
  const value = coreValue(core, x);
  if (x < -0x8000 || x > LARGEST || value < -0x8000 || value > LARGEST) return false;
  switch (core.form) {
    case 'product': return x >= 0 && x * core.multiplier + core.add <= 0xffff;
    case 'q15': return core.multiplier >= 0 && Math.abs((x - core.centre) * 2 ** core.raise) <= LARGEST;
    case 'centred': return core.multiplier >= 0 && Math.abs(x - core.centre) <= LARGEST;
    case 'add': return true;
    case 'dot': return core.multiplier >= 0;
  }
}

/** Whether what lies beyond a table's ends goes on in the same direction, so that a clamp to its first and last value is right there too. */
export const goesOn = ({ core }: Formula, { min, max }: { readonly min: number; readonly max: number }): boolean => isInLanes(core, min) && isInLanes(core, max);
