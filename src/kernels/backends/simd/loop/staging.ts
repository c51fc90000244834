import { formatLayout } from '../../../image/formatLayout.ts';
import { rowSizes } from '../../../image/layout.ts';
import type { Image, ImageSpec } from '../../../image/types.ts';
import type { PlaneAt } from '../../backend.ts';
import type { SimdProgram } from './program.ts';
import { runRows } from './program.ts';

const PAGE_BYTES = 65_536;
/** Reads go up to this far past a row. */
const SLACK_BYTES = 256;
/** Luma rows that are brought at once: few enough to stay in the nearest caches. */
const BAND_ROWS = 16;

/** Where a band of one plane's rows waits. */
interface Slot extends PlaneAt {
  readonly plane: number;
  readonly subY: number;
  readonly rowBytes: number;
}

/** One memory for the rows of all images that lie elsewhere; it grows to the widest band and stays. */
let shared: WebAssembly.Memory | undefined;

function memoryOf(bytes: number): WebAssembly.Memory {
  shared ??= new WebAssembly.Memory({ initial: 1 });
  const missing = bytes - shared.buffer.byteLength;
  if (missing > 0) shared.grow(Math.ceil(missing / PAGE_BYTES));
  return shared;
}

/** @param strides of the images' own planes for what is read; what is written waits without padding */
function slotsOf(spec: Pick<ImageSpec, 'format' | 'width'>, from: number, strides?: readonly number[]): { readonly slots: readonly Slot[]; readonly end: number } {
  let at = from;
  const slots = formatLayout(spec.format).planes.map(({ subY }, plane): Slot => {
    const { rowBytes } = rowSizes(spec, plane);
    const stride = Math.max(rowBytes, strides?.[plane] ?? rowBytes);
    const slot = { plane, subY, at, rowBytes, stride };
    at += Math.ceil((stride * (Math.ceil(BAND_ROWS / subY) + 1) + SLACK_BYTES) / 64) * 64;
    return slot;
  });
  return { slots, end: at };
}

/** Brings bands of rows into a module's memory and their results back. */
export class Staging {
  private readonly program: SimdProgram;

  constructor(program: SimdProgram) {
    this.program = program;
  }

  prepare(source: Image, target: Image): (from: number, to: number) => void {
    // Kernels are shared by images of any width: the images say theirs.
    const sources = slotsOf(source, this.program.scratchBytes(target.width), source.planes.map(({ stride }) => stride));
    const targets = slotsOf(target, sources.end);
    const call = { sources: sources.slots, targets: targets.slots, sourceSubY: sources.slots.map(({ subY }) => subY), targetSubY: targets.slots.map(({ subY }) => subY), width: target.width, scratch: 0 };
    const band = (first: number, end: number): void => {
      const memory = memoryOf(targets.end);
      const bytes = new Uint8Array(memory.buffer);
      // Chroma rows are shared by pairs of luma rows: a band that starts at an odd row starts its chroma one row earlier.
      const even = first % 2;
      for (const slot of sources.slots) copyIn(bytes, source, slot, first, end, even);
      runRows(this.program.over(memory), call, this.program.together, even, end - first + even);
      for (const slot of targets.slots) copyOut(bytes, target, slot, first, end, even);
    };
    return (first, end) => {
      for (let at = first; at < end; at += BAND_ROWS) band(at, Math.min(end, at + BAND_ROWS));
    };
  }
}

/** @param even rows that the band's first row lies below the slot's */
function copyIn(bytes: Uint8Array, image: Image, { plane: index, subY, at, stride, rowBytes }: Slot, from: number, to: number, even: number): void {
  const plane = image.planes[index];
  if (plane === undefined) return;
  const first = Math.floor(from / subY);
  const count = Math.ceil(to / subY) - first;
  const start = first * plane.stride;
  bytes.set(plane.bytes.subarray(start, start + plane.stride * (count - 1) + rowBytes), at + (subY === 1 ? even * stride : 0));
}

/** Only samples are written: a padded destination gets its rows one by one. */
function copyOut(bytes: Uint8Array, image: Image, { plane: index, subY, at, rowBytes }: Slot, from: number, to: number, even: number): void {
  const plane = image.planes[index];
  if (plane === undefined) return;
  const first = Math.ceil(from / subY);
  const count = Math.ceil(to / subY) - first;
  const start = at + (subY === 1 ? even * rowBytes : 0);
  if (plane.stride === rowBytes) {
    plane.bytes.set(bytes.subarray(start, start + rowBytes * count), first * rowBytes);
    return;
  }
  for (let row = 0; row < count; row += 1) plane.bytes.set(bytes.subarray(start + row * rowBytes, start + (row + 1) * rowBytes), (first + row) * plane.stride);
}
