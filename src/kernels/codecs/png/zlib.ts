/** What zlib puts around deflate. @source RFC 1950 */

/** @source RFC 1950, section 8.2 */
export function adler32(bytes: Uint8Array, length = bytes.length): number {
  let [a, b] = [1, 0];
  // The most additions that cannot overflow 32 bits.
  for (let at = 0; at < length;) {
    const stop = Math.min(length, at + 3800);
    for (; at < stop; at += 1) {
      a += bytes[at];
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

/** What is wrong with a zlib header, or undefined. @source RFC 1950, section 2.2 */
export function zlibFault(source: Uint8Array): string | undefined {
  const [method, flags] = [source[0] ?? 0, source[1] ?? 0];
  if (source.length < 2) return 'the zlib header is missing';
  if ((method & 15) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0) return `its first bytes 0x${((method << 8) | flags).toString(16).padStart(4, '0')} are no zlib header`;
  return (flags & 0x20) === 0 ? undefined : 'it wants a preset dictionary, which no such file has';
}
