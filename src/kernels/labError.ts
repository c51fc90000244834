/** Everything that can go wrong in the lab, said as data: what was wrong, with numbers, and what to do. */
export interface LabErrorInfo {
  /** Stable, slash-separated, e.g. `layout/too-short`. */
  readonly code: string;
  /** What was expected and what was got, with units. */
  readonly what: string;
  /** One sentence a person can act on. */
  readonly remedy: string;
  /** The status VPI gives for the same fault, where it has one. */
  readonly vpiStatus?: VpiStatus;
  /** What Ascend’s JPEGE returns for the same fault, where it has a return code; the JPEG channel alone says so. */
  readonly hiStatus?: HiStatus;
}

export type VpiStatus = 'INVALID_ARGUMENT' | 'INVALID_IMAGE_FORMAT' | 'NOT_IMPLEMENTED' | 'INVALID_OPERATION';

/** A return code of Ascend’s VENC and JPEGE; a few have no macro. */
export interface HiStatus {
  readonly code: `0x${string}`;
  readonly name?: `HI_ERR_VENC_${string}`;
}

/** `HI_ERR_VENC_NOT_PERM (0xA0088009)`; the code alone where it has no macro. */
export const sayHiStatus = ({ code, name }: HiStatus): string => (name === undefined ? code : `${name} (${code})`);

export class LabError extends Error {
  readonly info: LabErrorInfo;

  constructor(info: LabErrorInfo) {
    super(`${info.what} ${info.remedy}`);
    this.name = 'LabError';
    this.info = info;
  }

  get code(): string {
    return this.info.code;
  }
}

/** Any thrown value as data; used where errors cross a thread. */
export function toErrorInfo(thrown: unknown): LabErrorInfo {
  if (thrown instanceof LabError) return thrown.info;
  const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return { code: 'internal', what, remedy: 'This is a fault of Swizzle itself; please report it with the steps that led here.' };
}

/** The digits of a whole number in threes, from the right. */
export function inThrees(digits: string, separator: string): string {
  const first = digits.length % 3;
  const threes = Array.from({ length: Math.floor(digits.length / 3) }, (_, index) => digits.slice(first + index * 3, first + index * 3 + 3));
  return [...(first > 0 ? [digits.slice(0, first)] : []), ...threes].join(separator);
}

/** Groups the digits of a count of bytes: `460 800 B`; one that no buffer could have is rounded: `1.08e+23 B`. */
export function formatBytes(bytes: number): string {
  if (!Number.isInteger(bytes) || Math.abs(bytes) >= 1e18) return `${String(Number(bytes.toPrecision(3)))} B`;
  return `${bytes < 0 ? '-' : ''}${inThrees(String(Math.abs(bytes)), '\u202f')} B`;
}
