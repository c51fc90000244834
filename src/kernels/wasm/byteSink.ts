const ASCII_LIMIT = 0x80;

/** Bytes of a WebAssembly module as they are written: LEB128 numbers, IEEE floats, names, sized sections. */
export class ByteSink {
  #bytes = new Uint8Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  bytes(values: ArrayLike<number>): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** Unsigned LEB128. @param value 0 … 2³²−1 */
  unsigned(value: number): void {
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** Signed LEB128 of a 32- or 64-bit integer; an unsigned value is taken for its two's complement. */
  signed(value: bigint, bits: 32 | 64): void {
    let rest = BigInt.asIntN(bits, value);
    for (;;) {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      const finished = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
      this.byte(finished ? low : low | 0x80);
      if (finished) return;
    }
  }

  /** Little-endian IEEE 754. */
  float(value: number, bytes: 4 | 8): void {
    const view = new DataView(new ArrayBuffer(bytes));
    if (bytes === 4) view.setFloat32(0, value, true);
    else view.setFloat64(0, value, true);
    this.bytes(new Uint8Array(view.buffer));
  }

  /** An ASCII name, its length first. */
  name(text: string): void {
    const codes = Array.from(text, (letter) => letter.charCodeAt(0));
    if (codes.some((code) => code >= ASCII_LIMIT)) throw new TypeError(`Names in a module are ASCII; “${text}” is not.`);
    this.unsigned(codes.length);
    this.bytes(codes);
  }

  /** Another sink's bytes, their count first. */
  sized(content: ByteSink): void {
    this.unsigned(content.length);
    this.bytes(content.view());
  }

  /** The bytes so far, without a copy; valid until the next write. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    larger.set(this.view());
    this.#bytes = larger;
  }
}
