/**
 * Runs the ffmpeg, OpenCV and GStreamer translations of every pair that they know on one small picture, half photograph, half noise,
 * and writes how far their samples are from Swizzle's. Needs ffmpeg, gst-launch-1.0, python3 with NumPy and OpenCV.
 * Usage: npx tsx scripts/measure-peers.ts [ffmpeg|opencv|gstreamer …]
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decode } from 'fast-png';
import { PIXEL_FORMAT_IDS, allocImage, byteLength, convert, imageBytes, pixelFormat, planConversion, wrapImage } from '../src/kernels/index.ts';
import type { Image, ImageSpec, PixelFormatId } from '../src/kernels/index.ts';
import { formatLayout } from '../src/kernels/image/formatLayout.ts';
import { planeLayouts } from '../src/kernels/image/layout.ts';
import { componentSamples } from '../src/kernels/image/rows.ts';
import { ffmpegWording } from '../src/kernels/pipeline/translate/ffmpeg.ts';
import { gstreamerWording } from '../src/kernels/pipeline/translate/gstreamer.ts';
import { VARIANTS } from '../src/kernels/pipeline/translate/measured.ts';
import type { PeerId, Variant } from '../src/kernels/pipeline/translate/measured.ts';
import { opencvWording } from '../src/kernels/pipeline/translate/opencv.ts';
import { randomImage } from '../src/kernels/testing/images.ts';

const [WIDTH, HEIGHT] = [96, 64];
const OUT = join(import.meta.dirname, '../src/kernels/pipeline/translate/measuredPeers.ts');
const WORDINGS = { ffmpeg: ffmpegWording, opencv: opencvWording, gstreamer: gstreamerWording } as const;
const folder = mkdtempSync(join(tmpdir(), 'swizzle-peers-'));

const familyOf = (format: PixelFormatId): string => pixelFormat(format).family;
const specOf = (format: PixelFormatId, variant: Variant, height = HEIGHT): ImageSpec => ({ format, width: WIDTH, height, ...(familyOf(format) === 'yuv' ? { colorSpec: VARIANTS[variant] } : {}) });

function photo(): Image {
  const { data, width } = decode(readFileSync(join(import.meta.dirname, '../e2e/fixtures/coffee.png')));
  const spec = { format: 'rgb24', width: WIDTH, height: HEIGHT / 2 } as const;
  const bytes = new Uint8Array(byteLength(spec));
  for (let y = 0; y < spec.height; y += 1) for (let at = 0; at < WIDTH * 3; at += 1) bytes[y * WIDTH * 3 + at] = data[((y * 4 + 60) * width + 200) * 3 + at] ?? 0;
  return wrapImage(bytes, spec);
}

/** Photograph above, noise of all code values below, as the format. */
function fixture(format: PixelFormatId, variant: Variant): Image {
  const target = specOf(format, variant);
  const [first] = formatLayout(format).components;
  if (familyOf(format) === 'gray' && (first?.kind !== 'unsigned' || first.bits === 32)) return randomImage(target, 1);
  const fine = ({ gray: 'gray16le', rgb: 'rgba64le', yuv: 'yuv444p16le', palette: 'rgba64le' } as const)[pixelFormat(format).family];
  const whole = allocImage(specOf(fine, variant));
  const [above, below] = [convert(photo(), specOf(fine, variant, HEIGHT / 2), { depthMode: 'exact' }), randomImage(specOf(fine, variant, HEIGHT / 2), 2)];
  for (const [index, { bytes }] of whole.planes.entries()) {
    bytes.set(above.planes[index]?.bytes ?? []);
    bytes.set(below.planes[index]?.bytes ?? [], bytes.length / 2);
  }
  return convert(whole, target, { depthMode: 'exact' });
}

const run = (command: string): Promise<boolean> => new Promise((resolve) => {
  const child = spawn('sh', ['-c', command], { cwd: folder, stdio: 'ignore' });
  child.on('close', (status) => resolve(status === 0));
});

/** OpenCV starts slowly: one Python answers all scripts, a JSON string a line. */
function pythonRunner(): { readonly run: (script: string) => Promise<boolean>; readonly end: () => void } {
  const loop = 'import sys, json, cv2, numpy\nfor line in sys.stdin:\n    try:\n        exec(json.loads(line), {})\n        print("ok", flush=True)\n    except Exception as error:\n        print("no", str(error)[:200].replace("\\n", " "), flush=True)\n';
  const child = spawn('python3', ['-c', loop], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    run: async (script) => {
      child.stdin.write(`${JSON.stringify(script)}\n`);
      const { value: answer = '' } = await answers.next();
      if (answer !== 'ok') console.log(answer);
      return answer === 'ok';
    },
    end: () => { child.kill(); },
  };
}

/** Differences of samples, component by component; undefined when the tool wrote another number of bytes. */
function difference(path: string, expected: Image, spec: ImageSpec): string | undefined {
  const bytes = existsSync(path) ? new Uint8Array(readFileSync(path)) : new Uint8Array(0);
  if (bytes.length !== byteLength(spec)) return undefined;
  const got = wrapImage(bytes, spec);
  let [maxError, differing, samples] = [0, 0, 0];
  for (const { component } of formatLayout(spec.format).components) {
    const [a, b] = [componentSamples(expected, component) ?? [], componentSamples(got, component) ?? []];
    samples += a.length;
    for (let at = 0; at < a.length; at += 1) {
      const error = Math.abs((a[at] ?? 0) - (b[at] ?? 0));
      if (error > 0) differing += 1;
      maxError = Math.max(maxError, error);
    }
  }
  if (maxError === 0) return '0';
  const percent = (differing / samples) * 100;
  return `${String(Number(maxError.toPrecision(2)))}/${percent < 1 ? percent.toPrecision(1) : String(Math.round(percent))}`;
}

async function measure(tool: PeerId, variant: Variant, from: PixelFormatId, python: ReturnType<typeof pythonRunner>): Promise<string | undefined> {
  const source = fixture(from, variant);
  writeFileSync(join(folder, 'input.raw'), imageBytes(source));
  const groups = new Map<string, PixelFormatId[]>();
  for (const to of PIXEL_FORMAT_IDS) {
    const isColourless = familyOf(from) !== 'yuv' && familyOf(to) !== 'yuv';
    if (to === 'pal8' || (isColourless && variant !== 'full') || from === to) continue;
    const target = specOf(to, variant);
    const pipeline = planConversion(specOf(from, variant), target);
    const wording = WORDINGS[tool]({ pipeline, options: {}, input: 'input.raw', output: 'output.raw', headerBytes: 0 });
    if ('blocked' in wording) continue;
    rmSync(join(folder, 'output.raw'), { force: true });
    const worked = await (tool === 'opencv' ? python.run(wording.code) : run(wording.code));
    const found = worked ? difference(join(folder, 'output.raw'), convert(source, target), { ...target, strides: planeLayouts(target).map(({ stride }) => stride) }) : undefined;
    if (found === undefined) console.log(`${tool} ${variant} ${from} → ${to}: no result`);
    else groups.set(found, [...(groups.get(found) ?? []), to]);
  }
  return groups.size === 0 ? undefined : [...groups].toSorted().map(([found, formats]) => `${found}: ${formats.join(' ')}`).join('; ');
}

const known = existsSync(OUT) ? new Map(Array.from(readFileSync(OUT, 'utf8').matchAll(/^ {2}'(.+)': '(.+)',$/gm), ([, key = '', value = '']) => [key, value])) : new Map<string, string>();
const python = pythonRunner();
const asked = process.argv.slice(2);
for (const tool of ['ffmpeg', 'opencv', 'gstreamer'] as const) {
  if (asked.length > 0 && !asked.includes(tool)) continue;
  for (const variant of ['full', 'limited', 'bt709'] as const) {
    for (const from of PIXEL_FORMAT_IDS) {
      if (from === 'pal8') continue;
      const line = await measure(tool, variant, from, python);
      if (line === undefined) known.delete(`${tool} ${variant} ${from}`);
      else known.set(`${tool} ${variant} ${from}`, line);
    }
    console.log(`${tool} ${variant} done`);
  }
}
python.end();
rmSync(folder, { recursive: true });
const version = (command: string, pattern: RegExp): string => pattern.exec(spawnSync('sh', ['-c', command], { encoding: 'utf8' }).stdout)?.[1] ?? 'unknown';
const versions = {
  ffmpeg: `FFmpeg ${version('ffmpeg -version', /version ([\d.]+)/)}`,
  opencv: `OpenCV ${version('python3 -c "import cv2; print(cv2.__version__)"', /([\d.]+)/)}`,
  gstreamer: `GStreamer ${version('gst-launch-1.0 --version', /version ([\d.]+)/)}`,
};
const rows = [...known].toSorted(([a], [b]) => a.localeCompare(b)).map(([key, value]) => `  '${key}': '${value}',`);
writeFileSync(OUT, `import type { MeasuredRows, PeerId } from './measured.ts';

/** Written by scripts/measure-peers.ts: what ran, on a picture of ${String(WIDTH)}×${String(HEIGHT)}, half photograph, half noise. */
export const PEER_VERSIONS: Readonly<Record<PeerId, string>> = ${JSON.stringify(versions).replaceAll('"', "'").replaceAll(':', ': ').replaceAll(',', ', ')};

/** Largest difference in stored numbers / percent of samples that differ: destinations. */
export const MEASURED: MeasuredRows = {
${rows.join('\n')}
};
`);
