const [NEWLINE, CARRIAGE_RETURN, DASH] = [0x0a, 0x0d, 0x2d];

export const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** A line that separates parts, with a header or the empty line behind it, or the last one with two more dashes. @source RFC 2046, 5.1.1: 70 letters at most */
const SEPARATOR = /^--[!-~]{1,70}\r?\n(?:[A-Za-z-]{1,40}:|\r?\n)/;
const LAST_SEPARATOR = /^--[!-~]{1,68}--(?:\r?\n|$)/;
const LONGEST = 160;

/** Where the lines begin that separate parts, the line end before each included; ascending. */
export function separatorsIn(bytes: Uint8Array): readonly number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
    if (bytes[at + 1] !== DASH || bytes[at + 2] !== DASH) continue;
    const text = latin1(bytes.subarray(at + 1, at + 1 + LONGEST));
    if (SEPARATOR.test(text) || LAST_SEPARATOR.test(text)) found.push(bytes[at - 1] === CARRIAGE_RETURN ? at - 1 : at);
  }
  return found;
}

/** The first of ascending numbers that is not below `from`, if it is below `to`; else −1. */
export function firstWithin(ascending: readonly number[], from: number, to: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found = ascending[low];
  return found !== undefined && found < to ? found : -1;
}
