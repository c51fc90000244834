/**
 * Runs the NumPy translation of every pair of formats, and of many random conversions, and compares its bytes with the reference.
 * Needs `python3` with NumPy. Usage: npx tsx scripts/check-numpy.ts [random cases]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMA_FILTERS, MATRICES, PIXEL_FORMAT_IDS, RANGES, RESAMPLE_FILTERS, ROUNDINGS, SITINGS, allocImage, compile, planConversion } from '../src/kernels/index.ts';
import type { ConvertOptions, Image, ImageSpec } from '../src/kernels/index.ts';
import { planeLayouts } from '../src/kernels/image/layout.ts';
import { numpyScript } from '../src/kernels/pipeline/translate/numpy/index.ts';
import { ALL_PAIRS, randomFrom, randomImage, specFor } from '../src/kernels/testing/images.ts';

interface Case {
  readonly from: ImageSpec;
  readonly to: ImageSpec;
  readonly options: ConvertOptions;
}

const random = randomFrom(20261121);
const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] ?? (() => { throw new RangeError('Nothing to pick from.'); })();
const keys = <T extends string>(rows: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(rows).filter((key): key is T => Object.hasOwn(rows, key));
const maybe = <T>(choices: readonly T[]): T | undefined => (random() < 0.5 ? undefined : pick(choices));

function strided(spec: ImageSpec): ImageSpec {
  return random() < 0.7 ? spec : { ...spec, strides: planeLayouts(spec).map(({ stride }) => stride + 4 * Math.floor(random() * 4)) };
}

function randomCase(): Case {
  const [width, height] = [1 + Math.floor(random() * 19), 1 + Math.floor(random() * 11)];
  const color = () => ({ matrix: pick(keys(MATRICES)), range: pick(keys(RANGES)), siting: pick(keys(SITINGS)) });
  const scaling = pick<ConvertOptions>([{}, {}, { scale: 1.7, offset: -13.3 }, { scale: -0.5, offset: 300 }, { scale: 257, offset: -32768 }]);
  const options: ConvertOptions = {
    ...scaling,
    policy: maybe(['clamp', 'cast'] as const),
    chromaUp: maybe(keys(CHROMA_FILTERS)),
    chromaDown: maybe(keys(CHROMA_FILTERS)),
    dither: maybe(['none', 'ordered'] as const),
    rounding: maybe(keys(ROUNDINGS)),
    depthMode: maybe(['exact', 'replicate', 'shift'] as const),
    alphaFrom: maybe(['straight', 'premultiplied'] as const),
    alphaTo: maybe(['straight', 'premultiplied'] as const),
  };
  const [a, b] = [pick(PIXEL_FORMAT_IDS), pick(PIXEL_FORMAT_IDS)];
  const plain = a === 'nv12' && b === 'nv12' ? {} : options;
  const resample = maybe(keys(RESAMPLE_FILTERS));
  const size = resample === undefined ? [width, height] as const : [1 + Math.floor(random() * 19), 1 + Math.floor(random() * 11)] as const;
  return { from: strided({ ...specFor(a, width, height), colorSpec: color() }), to: strided({ ...specFor(b, ...size), colorSpec: color() }), options: { ...plain, resample } };
}

/** An image's planes where its spec says that they lie; padding is 0. */
function fileOf(image: Image, spec: ImageSpec): Uint8Array {
  const layouts = planeLayouts(spec);
  const bytes = new Uint8Array(Math.max(...layouts.map(({ offset, stride, rows }) => offset + stride * rows)));
  for (const [index, { offset, stride, rowBytes, rows }] of layouts.entries()) {
    const plane = image.planes[index]?.bytes ?? new Uint8Array(0);
    for (let row = 0; row < rows; row += 1) bytes.set(plane.subarray(row * stride, row * stride + rowBytes), offset + row * stride);
  }
  return bytes;
}

const DRIVER = `import json, sys, numpy as np
bad = 0
for case in json.load(open(sys.argv[1])):
    files = {"input": np.frombuffer(bytes.fromhex(case["input"]), np.uint8)}
    scope = {}
    np.fromfile = lambda *_: files["input"]
    try:
        exec(case["script"].rsplit("\\nout.tofile", 1)[0], scope)
        got = scope["out"].tobytes().hex()
    except Exception as error:
        got = repr(error)
    if got != case["expected"]:
        bad += 1
        if bad <= 10: print(case["name"], got[:80], case["expected"][:80])
print(f"{bad} differ")
sys.exit(bad > 0)
`;

function caseFile({ from, to, options }: Case, seed: number): object {
  const source = randomImage(from, seed);
  const pipeline = planConversion(from, to, options);
  const target = allocImage(pipeline.to);
  compile(pipeline, 'reference').run(source, target);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  return { name: `${from.format} → ${to.format} ${String(from.width)}×${String(from.height)} ${JSON.stringify([from.colorSpec, to.colorSpec, options])}`, script: numpyScript({ pipeline, input: 'i', output: 'o', headerBytes: 0 }), input: hex(fileOf(source, from)), expected: hex(fileOf(target, pipeline.to)) };
}

const [, , count = '3000'] = process.argv;
const folder = mkdtempSync(join(tmpdir(), 'swizzle-numpy-'));
const pairs = ALL_PAIRS.map(([a, b]): Case => ({ from: specFor(a, 7, 5), to: specFor(b, 7, 5), options: {} }));
const cases = [...pairs, ...Array.from({ length: Number(count) }, randomCase)];
writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases.map(caseFile)));
writeFileSync(join(folder, 'driver.py'), DRIVER);
const { status } = spawnSync('python3', [join(folder, 'driver.py'), join(folder, 'cases.json')], { stdio: 'inherit' });
rmSync(folder, { recursive: true });
console.log(`${String(cases.length)} conversions compared`);
process.exit(status ?? 1);
