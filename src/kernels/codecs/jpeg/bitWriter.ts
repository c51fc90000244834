/** Bits from the most significant down, a 0x00 behind each 0xFF. @source ITU-T T.81, F.1.2.3 */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  #pending = 0;
  /** Bits of `#pending` not yet written, at most 7 between calls. */
  #pendingBits = 0;

  constructor(capacityBytes: number) {
    this.#bytes = new Uint8Array(capacityBytes);
  }

  /** @param count 0 … 27 */
  put(bits: number, count: number): void {
    if (count > 16) {
      this.#append(bits >>> 16, count - 16);
      this.#append(bits & 0xffff, 16);
    } else this.#append(bits, count);
  }

  /** Fills the last byte with ones. */
  pad(): void {
    const missing = (8 - this.#pendingBits) & 7;
    this.#append((1 << missing) - 1, missing);
  }

  /** The whole bytes since the last call; valid until the next. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }

  #append(bits: number, count: number): void {
    this.#pending = (this.#pending << count) | bits;
    this.#pendingBits += count;
    while (this.#pendingBits >= 8) {
      this.#pendingBits -= 8;
      const byte = (this.#pending >> this.#pendingBits) & 0xff;
      this.#bytes[this.#length++] = byte;
      if (byte === 0xff) this.#bytes[this.#length++] = 0;
    }
    this.#pending &= 0xff;
  }
}
