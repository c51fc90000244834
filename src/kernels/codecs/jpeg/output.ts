import { LabError, formatBytes } from '../../labError.ts';

/** Where the encoder writes its bytes. */
export interface Output {
  readonly length: number;
  bytes(values: ArrayLike<number>): void;
}

/** A buffer of its own that grows as needed. */
export class GrowingOutput implements Output {
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(expectedBytes: number) {
    this.#bytes = new Uint8Array(Math.max(1024, expectedBytes));
  }

  get length(): number {
    return this.#length;
  }

  bytes(values: ArrayLike<number>): void {
    const end = this.#length + values.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, end));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(values, this.#length);
    this.#length = end;
  }

  /** What was written, without a copy. */
  view(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}

/** The caller's buffer, written from its start. */
export class FixedOutput implements Output {
  readonly #target: Uint8Array;
  #length = 0;

  constructor(target: Uint8Array) {
    this.#target = target;
  }

  get length(): number {
    return this.#length;
  }

  /** @throws LabError `jpeg/buffer-too-small` */
  bytes(values: ArrayLike<number>): void {
    const end = this.#length + values.length;
    if (end > this.#target.length) {
      throw new LabError({ code: 'jpeg/buffer-too-small', what: `The output buffer has ${formatBytes(this.#target.length)}; the JPEG needs at least ${formatBytes(end)}.`, remedy: 'Give a buffer of the predicted size, which no picture exceeds.', vpiStatus: 'INVALID_ARGUMENT' });
    }
    this.#target.set(values, this.#length);
    this.#length = end;
  }
}
