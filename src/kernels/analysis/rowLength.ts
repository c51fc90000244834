/** A distance at which bytes repeat as the rows of a picture do. */
export interface RowLength {
  /** Bytes from one row to the next. */
  readonly stride: number;
  /** Bytes of it before the last ones that are the same in every row: what is left is padding. The stride where none are. */
  readonly usedBytes: number;
  /** How far bytes so far apart differ, as a part of how far those a little nearer and farther do: 0 is a sure row. */
  readonly unlikeness: number;
}

const LONGEST = 16_384;
const SHORTEST = 16;
const WINDOW_BYTES = 32;
/** Windows in which every distance is tried, and those in which the best are tried again. */
const COARSE = 24;
const FINE = 320;
/** How far to either side a distance is compared. */
const AROUND = 32;
/** A dip must be the lowest within this many bytes: more than a pixel of any common format. */
const NEAR = 8;
/** Above this a dip may be chance. */
const UNSURE = 0.75;

/** Starts of windows over the whole buffer in which something happens: flat ones fit any row. */
function windows(bytes: Uint8Array, longest: number, count: number): readonly number[] {
  const span = bytes.length - longest - WINDOW_BYTES;
  const lively: number[] = [];
  for (let index = 0; index < count * 8 && lively.length < count; index += 1) {
    // Golden steps, so that the windows do not fall into the same columns.
    const start = Math.floor(((index * 0.618_033_988_75) % 1) * span);
    const [first] = bytes.subarray(start, start + 1);
    if (bytes.subarray(start, start + WINDOW_BYTES).some((byte) => byte !== first)) lively.push(start);
  }
  return lively;
}

/** Adds, for each distance, the absolute differences between a window and the bytes that far on. */
function addDifferences(sums: Float64Array, bytes: Uint8Array, start: number, from: number, to: number): void {
  for (let distance = from; distance <= to; distance += 1) {
    let sum = 0;
    for (let at = start; at < start + WINDOW_BYTES; at += 1) sum += Math.abs((bytes[at] ?? 0) - (bytes[at + distance] ?? 0));
    sums[distance] = (sums[distance] ?? 0) + sum;
  }
}

/** The sum at a distance as a part of the mean around it. */
function unlikenessAt(sums: Float64Array, distance: number): number {
  let total = 0;
  for (let near = distance - AROUND; near <= distance + AROUND; near += 1) total += sums[near] ?? 0;
  return total === 0 ? 1 : ((sums[distance] ?? 0) * (2 * AROUND + 1)) / total;
}

function isLowest(sums: Float64Array, distance: number): boolean {
  for (let near = distance - NEAR; near <= distance + NEAR; near += 1) if ((sums[near] ?? 0) < (sums[distance] ?? 0)) return false;
  return true;
}

/** Columns of the first half of the bytes, the first plane's in any layout, before those at the end that hold one value. */
function usedFrom(bytes: Uint8Array, stride: number): number {
  const rows = Math.floor(bytes.length / 2 / stride);
  const step = Math.max(1, Math.floor(rows / 128));
  const isFilled = (column: number): boolean => {
    for (let row = 0; row < rows; row += step) if (bytes[row * stride + column] !== bytes[stride - 1]) return false;
    return true;
  };
  let used = stride;
  while (used > 0 && isFilled(used - 1)) used -= 1;
  return rows < 4 || used === 0 ? stride : used;
}

interface Dip {
  readonly stride: number;
  readonly unlikeness: number;
}

const bySureness = (a: Dip, b: Dip): number => a.unlikeness - b.unlikeness || a.stride - b.stride;

/** A dip looked at in more places; or its neighbour that divides the whole length, for slanted edges shift a dip by a pixel or two. */
function refine(bytes: Uint8Array, starts: readonly number[], dip: Dip): readonly Dip[] {
  const sums = new Float64Array(dip.stride + NEAR + AROUND + 1);
  for (const start of starts) addDifferences(sums, bytes, start, Math.max(1, dip.stride - NEAR - AROUND), dip.stride + NEAR + AROUND);
  const near = Array.from({ length: 2 * NEAR + 1 }, (_, index) => dip.stride - NEAR + index).map((stride): Dip => ({ stride, unlikeness: unlikenessAt(sums, stride) }));
  const sure = near.filter(({ unlikeness }) => unlikeness < UNSURE);
  const whole = sure.filter(({ stride }) => bytes.length % stride === 0);
  return (whole.length > 0 ? whole : sure).toSorted(bySureness).slice(0, 1);
}

/** All dips of a first look in few places, the surest first. */
function firstDips(bytes: Uint8Array, longest: number): Dip[] {
  const sums = new Float64Array(longest + 1);
  for (const start of windows(bytes, longest, COARSE)) addDifferences(sums, bytes, start, 1, longest);
  const dips: Dip[] = [];
  for (let stride = SHORTEST + AROUND; stride <= longest - AROUND; stride += 1) if (isLowest(sums, stride)) dips.push({ stride, unlikeness: unlikenessAt(sums, stride) });
  return dips.sort(bySureness);
}

/**
 * What the rows of an unknown picture may measure, the surest first: bytes a row apart are alike, those a little nearer or farther are less so.
 * Looks at some 800 bytes for every distance up to 16 384, whatever the buffer's length, and at more where it is worth it.
 */
export function rowLengths(bytes: Uint8Array, limit = 3): readonly RowLength[] {
  const longest = Math.min(LONGEST + AROUND, Math.floor(bytes.length / 3));
  if (longest <= SHORTEST + 2 * AROUND) return [];
  const starts = windows(bytes, longest, FINE);
  const dips = firstDips(bytes, longest).slice(0, 32).flatMap((dip) => refine(bytes, starts, dip)).sort(bySureness);
  const fits = ({ stride }: Dip): boolean => bytes.length % stride === 0;
  const best = dips.find(fits);
  return dips
    // Two rows on is as good as one, but not a row; and a dip that leaves bytes over must be much the surer.
    .filter(({ stride, unlikeness }) => !dips.some((other) => other.stride < stride && stride % other.stride === 0 && other.unlikeness <= unlikeness * 1.1 + 0.02))
    .filter((dip, index, all) => (fits(dip) || best === undefined || dip.unlikeness < best.unlikeness / 2) && all.findIndex(({ stride }) => stride === dip.stride) === index)
    .slice(0, limit)
    .map(({ stride, unlikeness }) => ({ stride, unlikeness, usedBytes: Math.min(usedFrom(bytes, stride), usedFrom(bytes.subarray(bytes.length % stride), stride)) }));
}
