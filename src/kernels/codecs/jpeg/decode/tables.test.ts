import { describe, expect, test } from 'vitest';
import { imageBytes } from '../../../image/image.ts';
import { blockGrid, decodeJpeg, encodeJpeg, inspectBlock, inspectJpeg } from '../index.ts';
import { file, inserted, markerAt, planes, sha256, without } from '../testing/decodeFiles.ts';
import { texturedImage } from '../testing/pictures.ts';

/** A segment of a file with its marker. @param nth which of them, from 0 */
function segmentOf(bytes: Uint8Array, name: string, nth = 0): { readonly offset: number; readonly bytes: Uint8Array } {
  const segment = inspectJpeg(bytes).segments.filter((one) => one.name === name)[nth];
  return { offset: segment.offset, bytes: bytes.slice(segment.offset, segment.offset + segment.byteLength) };
}

/** The first quantisation table with steps of 16 bits, each of them `factor` times the file's. */
function withWideSteps(jpeg: Uint8Array, factor: number): Uint8Array {
  const { offset, bytes } = segmentOf(jpeg, 'DQT');
  const steps = Array.from(bytes.subarray(5, 69), (step) => step * factor);
  return inserted(without(jpeg, offset, 69), offset, [0xff, 0xdb, 0, 131, 0x10 | bytes[4], ...steps.flatMap((step) => [step >> 8, step & 255])]);
}

/** The inverse cosine transform as T.81 A.3.3 writes it, before the level shift. */
function writtenOutIdct(coefficients: Int32Array, x: number, y: number): number {
  let sum = 0;
  for (let v = 0; v < 8; v += 1) {
    for (let u = 0; u < 8; u += 1) sum += (u === 0 ? Math.SQRT1_2 : 1) * (v === 0 ? Math.SQRT1_2 : 1) * coefficients[v * 8 + u] * Math.cos(((2 * x + 1) * u * Math.PI) / 16) * Math.cos(((2 * y + 1) * v * Math.PI) / 16);
  }
  return sum / 4;
}

describe('tables and frames', () => {
  test('steps of 16 bits are those of 8 bits where they are equal', () => {
    const jpeg = encodeJpeg(texturedImage('gray', 40, 24), { quality: 40 });
    for (const backend of ['simd', 'scalar'] as const) expect(imageBytes(decodeJpeg(withWideSteps(jpeg, 1), { backend }).image)).toEqual(imageBytes(decodeJpeg(jpeg).image));
  });

  test.each(['gray', 'yuv420p'] as const)('%s samples of 12 bits are within 1 of the transform as written', (format) => {
    const jpeg = encodeJpeg(texturedImage(format, 37, 29), { quality: 97 }).slice();
    const sof = markerAt(jpeg, 0xc0);
    [jpeg[sof + 1], jpeg[sof + 4]] = [0xc1, 12];
    // All but the first table stay as they are: chroma then spans a 16th of its range.
    const deep = withWideSteps(jpeg, 16);
    const { image, info } = decodeJpeg(deep);
    expect([image.format, info.precision]).toEqual([format === 'gray' ? 'gray12le' : 'yuv420p12le', 12]);
    const structure = inspectJpeg(deep);
    const { frame } = structure;
    if (frame === undefined) throw new TypeError('The file has no frame.');
    let [seen, most] = [0, 0];
    for (const [component, { width, height }] of info.components.entries()) {
      const { bytes, stride } = image.planes[component];
      const { wide, high } = blockGrid(frame, component);
      for (let block = 0; block < wide * high; block += 1) {
        const [left, top] = [(block % wide) * 8, Math.floor(block / wide) * 8];
        const { coefficients } = inspectBlock(deep, structure, { component, x: left / 8, y: top / 8 });
        for (let y = top; y < Math.min(top + 8, height); y += 1) {
          for (let x = left; x < Math.min(left + 8, width); x += 1) {
            const expected = Math.min(4095, Math.max(0, 2048 + writtenOutIdct(coefficients, x - left, y - top)));
            const sample = bytes[y * stride + x * 2] + 256 * bytes[y * stride + x * 2 + 1];
            most = Math.max(most, Math.abs(sample - expected));
            seen += 1;
          }
        }
      }
    }
    expect(seen).toBe(info.components.reduce((sum, { width, height }) => sum + width * height, 0));
    expect(most).toBeLessThanOrEqual(1);
  });

  test('a table counts from where it stands: redefined ones serve the scans behind them', () => {
    const sound = file('j_nonint_420.jpg');
    const [luma, chroma] = [segmentOf(sound, 'DQT', 0), segmentOf(sound, 'DQT', 1)];
    const [dc, ac] = [segmentOf(sound, 'DHT', 0), segmentOf(sound, 'DHT', 1)];
    const second = segmentOf(sound, 'SOS', 1).offset;
    const wrong = (segment: Uint8Array): readonly number[] => [...segment.subarray(0, 5), ...Array.from({ length: 64 }, () => 99)];
    // Codes of one bit alone: no scan could be read with it.
    const useless = (segment: Uint8Array): readonly number[] => [0xff, 0xc4, 0, 20, segment[4], 1, ...new Array<number>(15).fill(0), 0];
    // Behind luma's scan its tables are of no use any more; chroma's are wrong until then.
    const changed = inserted(sound, second, [...wrong(luma.bytes), ...useless(dc.bytes), ...useless(ac.bytes), ...chroma.bytes]);
    changed.fill(99, chroma.offset + 5, chroma.offset + 69);
    const { image, faults } = decodeJpeg(changed);
    expect(faults).toEqual([]);
    expect(sha256(imageBytes(image))).toBe(planes.get('j_nonint_420.jpg'));
  });

  test('a second frame header is passed over before the first scan, and ends the picture behind it', () => {
    const sound = file('j_nonint_420.jpg');
    const frame = segmentOf(sound, 'SOF0');
    const other = frame.bytes.slice();
    other.fill(0, 5, 9).set([9, 0, 9], 6);
    const early = decodeJpeg(inserted(sound, frame.offset + frame.bytes.length, [...other]));
    expect(early.faults.map(({ kind }) => kind)).toEqual(['frame']);
    expect(sha256(imageBytes(early.image))).toBe(planes.get('j_nonint_420.jpg'));
    const late = decodeJpeg(inserted(sound, segmentOf(sound, 'SOS', 2).offset, [...other]));
    expect(late.faults[0]).toMatchObject({ kind: 'frame' });
    expect(late.image.planes.slice(0, 2).map(({ bytes }) => sha256(bytes))).toEqual(early.image.planes.slice(0, 2).map(({ bytes }) => sha256(bytes)));
    // The scan behind it is not there.
    expect(new Set(late.image.planes[2].bytes)).toEqual(new Set([128]));
  });
});
