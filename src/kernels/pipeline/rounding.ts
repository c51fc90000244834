/** How a value between two integers becomes one of them. */
export const ROUNDINGS = {
  'half-away': { title: 'nearest, halves away from zero', short: 'round' },
  'half-even': { title: 'nearest, halves to even', short: 'round half to even' },
  truncate: { title: 'towards zero', short: 'truncate' },
} as const;

export type Rounding = keyof typeof ROUNDINGS;

/** Rounds a float that is exact as it stands; NaN and ±Infinity pass. */
export function roundNumber(value: number, rounding: Rounding): number {
  const whole = Math.trunc(value);
  if (rounding === 'truncate') return whole;
  const rest = Math.abs(value - whole);
  const up = rest > 0.5 || (rest === 0.5 && (rounding === 'half-away' || whole % 2 !== 0));
  return up ? whole + Math.sign(value) : whole;
}

/** Rounds the fraction numerator / denominator of safe integers, denominator > 0, exactly. */
export function divideRounded(numerator: number, denominator: number, rounding: Rounding): number {
  const magnitude = Math.abs(numerator);
  const rest = magnitude % denominator;
  const whole = (magnitude - rest) / denominator;
  if (rounding === 'truncate') return Math.sign(numerator) * whole;
  const twice = rest * 2;
  const up = twice > denominator || (twice === denominator && (rounding === 'half-away' || whole % 2 !== 0));
  return Math.sign(numerator) * (up ? whole + 1 : whole);
}

/** As `divideRounded`, where the numerator does not fit 53 bits. */
export function divideRoundedBig(numerator: bigint, denominator: bigint, rounding: Rounding): number {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const rest = magnitude % denominator;
  const whole = magnitude / denominator;
  const twice = rest * 2n;
  const up = rounding !== 'truncate' && (twice > denominator || (twice === denominator && (rounding === 'half-away' || whole % 2n !== 0n)));
  const rounded = Number(up ? whole + 1n : whole);
  return negative ? -rounded : rounded;
}

/**
 * The 8×8 ordered-dither threshold at a position, (rank + ½) / 64, in 0 … 1.
 * @source B. E. Bayer, “An optimum method for two-level rendition of continuous-tone pictures”, ICC 1973
 */
export function bayerThreshold(x: number, y: number): number {
  let rank = 0;
  for (let bit = 0; bit < 3; bit += 1) {
    const bx = (x >> bit) & 1;
    const by = (y >> bit) & 1;
    rank = rank * 4 + ((bx ^ by) * 2 + by);
  }
  return (rank + 0.5) / 64;
}
