import { DEFAULT_COLOR, compile, pixelFormat, planConversion, specOf, subImage, wrapImage } from '../../kernels/index.ts';
import type { Image, Kernel } from '../../kernels/index.ts';
import { paletteOf } from '../../kernels/index.ts';
import { ownLevels } from '../../kernels/pipeline/levels.ts';
import type { Levels } from '../../kernels/pipeline/levels.ts';
import { componentLayout, formatLayout, peakOf } from '../../kernels/image/formatLayout.ts';
import type { ComponentLayout } from '../../kernels/image/formatLayout.ts';
import { readComponentRow } from '../../kernels/image/rows.ts';
import { yuvToRgbRows } from '../../kernels/pipeline/colorMath.ts';
import { NOTHING } from './dataRange.ts';
import type { Extent } from './dataRange.ts';
import type { Display, Tile, TileRequest } from './protocol.ts';

type Request = Pick<TileRequest, 'rect' | 'step' | 'display'>;

const sizeOf = ({ rect, step }: Request): { readonly width: number; readonly height: number } => ({ width: Math.ceil(rect.width / step), height: Math.ceil(rect.height / step) });

/** Stored numbers → 0 … 255 for the screen. */
function toScreen({ black, white }: Levels): (value: number) => number {
  if (white === black) return () => 0;
  return (value) => Math.min(255, Math.max(0, Math.round(((value - black) * 255) / (white - black))));
}

/** As chosen, else the component's own. */
function levelsOf(layout: ComponentLayout, { black, white, color, solo }: Display, image: Image, occurring: Extent): Levels {
  const own = ownLevels(layout, { ...image.colorSpec, ...color }, solo.length > 0, occurring);
  return { black: black ?? own.black, white: white ?? own.white };
}

/** Visits one component's samples at every step-th pixel of the rectangle. */
function eachSample(image: Image, layout: ComponentLayout, { rect, step }: Request, visit: (at: number, value: number) => void): void {
  const { width, height } = sizeOf({ rect, step, display: { solo: [] } });
  const columns = Math.ceil(Math.min(image.width, rect.x + rect.width) / layout.sub.x);
  const row = new Float64Array(columns);
  for (let y = 0; y < height; y += 1) {
    readComponentRow(image, layout, Math.floor((rect.y + y * step) / layout.sub.y), row);
    for (let x = 0; x < width; x += 1) visit(y * width + x, row[Math.floor((rect.x + x * step) / layout.sub.x)] ?? 0);
  }
}

/** The picture's own alpha; opaque where it has none, or one component is looked at alone. */
function paintAlpha(image: Image, request: Request, rgba: Uint8ClampedArray): void {
  const alpha = request.display.solo.length > 0 ? undefined : componentLayout(image.format, 'A');
  if (alpha === undefined) for (let at = 3; at < rgba.length; at += 4) rgba[at] = 255;
  else eachSample(image, alpha, request, (at, value) => { rgba[at * 4 + 3] = (value * 255) / peakOf(alpha); });
}

/** R, G and B, each between its own black and white. */
function stretchRgb(image: Image, request: Request, occurring: Extent, rgba: Uint8ClampedArray): void {
  for (const [channel, name] of (['R', 'G', 'B'] as const).entries()) {
    const layout = componentLayout(image.format, name);
    if (layout === undefined) continue;
    const screen = toScreen(levelsOf(layout, request.display, image, occurring));
    eachSample(image, layout, request, (at, value) => { rgba[at * 4 + channel] = screen(value); });
  }
}

/** Y U V between a black and a white of luma: made RGB without rounding or clamping, so that what lies beyond is still there to be shown. */
function stretchYuv(image: Image, request: Request, occurring: Extent, rgba: Uint8ClampedArray): void {
  const layouts = (['Y', 'U', 'V'] as const).flatMap((name) => componentLayout(image.format, name) ?? []);
  const [luma] = layouts;
  if (luma === undefined) return;
  const color = { ...DEFAULT_COLOR, ...image.colorSpec, ...request.display.color };
  const own = ownLevels(luma, color, false, NOTHING);
  const { black, white } = levelsOf(luma, request.display, image, occurring);
  // Luma's own span is 0 … full scale of R, G and B.
  const full = 2 ** luma.bits - 1;
  const scaled = (value: number): number => ((value - own.black) * full) / (own.white - own.black);
  const screen = toScreen({ black: scaled(black), white: scaled(white) });
  const planes = new Map(layouts.map((layout): [string, Float64Array] => {
    const values = new Float64Array(rgba.length / 4);
    eachSample(image, layout, request, (at, value) => { values[at] = value; });
    return [layout.component, values];
  }));
  for (const [channel, { terms, add, denominator }] of yuvToRgbRows(color.matrix, color.range, luma.bits).entries()) {
    const inputs = terms.map(({ from, weight, centre }) => ({ values: planes.get(from), weight, centre }));
    for (let at = 0; at < rgba.length / 4; at += 1) {
      let sum = add;
      for (const { values, weight, centre } of inputs) sum += weight * ((values?.[at] ?? 0) - centre);
      rgba[at * 4 + channel] = screen(sum / denominator);
    }
  }
}

/** Colour between chosen levels, in the format's own numbers. */
function paintStretched(image: Image, request: Request, occurring: Extent): Tile {
  const { width, height } = sizeOf(request);
  const rgba = new Uint8ClampedArray(width * height * 4);
  (pixelFormat(image.format).family === 'yuv' ? stretchYuv : stretchRgb)(image, request, occurring, rgba);
  paintAlpha(image, request, rgba);
  return { width, height, rgba };
}

function paintGray(image: Image, layout: ComponentLayout, request: Request, occurring: Extent): Tile {
  const { width, height } = sizeOf(request);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const screen = toScreen(levelsOf(layout, request.display, image, occurring));
  eachSample(image, layout, request, (at, value) => rgba.fill(screen(value), at * 4, at * 4 + 3));
  paintAlpha(image, request, rgba);
  return { width, height, rgba };
}

/** Black and white points of a palette's colours, which have 8 bits. */
function applyPoints(rgba: Uint8ClampedArray, { black, white }: Display): void {
  if (black === undefined && white === undefined) return;
  const [from, to] = [black ?? 0, white ?? 255];
  const table = Uint8ClampedArray.from({ length: 256 }, (_, value) => (to === from ? 0 : ((value - from) * 255) / (to - from)));
  for (let at = 0; at < rgba.length; at += 1) if (at % 4 !== 3) rgba[at] = table[rgba[at] ?? 0] ?? 0;
}

/** Every step-th pixel of the rectangle; only the rows that are shown are converted. */
function pickColor(image: Image, request: Request, write: Kernel, area: Image): Uint8ClampedArray<ArrayBuffer> {
  const { rect, step } = request;
  const { width, height } = sizeOf(request);
  const [left, top] = [rect.x - (area.origin.x - image.origin.x), rect.y - (area.origin.y - image.origin.y)];
  // A target whose rows all lie on one another: each is picked from as soon as it is written.
  const line = new Uint32Array(area.width);
  const writeRow = write.prepare(area, { format: 'rgba', width: area.width, height: area.height, planes: [{ bytes: new Uint8Array(line.buffer), stride: 0 }], origin: { x: 0, y: 0 }, sharesBytes: true });
  const rgba = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = top + y * step;
    writeRow(row, row + 1);
    for (let x = 0, from = left; x < width; x += 1, from += step) rgba[y * width + x] = line[from] ?? 0;
  }
  return new Uint8ClampedArray(rgba.buffer);
}

/** Colour through the pipeline itself. */
function paintColor(image: Image, request: Request): Tile {
  const { rect, step } = request;
  const { width, height } = sizeOf(request);
  const area = subImage(image, rect, 'outward');
  const spec = { format: 'rgba', width: area.width, height: area.height } as const;
  const kernel = compile(planConversion({ ...specOf(area), colorSpec: { ...image.colorSpec, ...request.display.color }, palette: paletteOf(image) }, spec), 'simd');
  const isWhole = step === 1 && area.width === width && area.height === height;
  const rgba = isWhole ? new Uint8ClampedArray(width * height * 4) : pickColor(image, request, kernel, area);
  if (isWhole) kernel.run(area, wrapImage(new Uint8Array(rgba.buffer), spec));
  // Only a palette's indices come here with levels.
  applyPoints(rgba, request.display);
  return { width, height, rgba };
}

/** What the screen shows of an image: for looking at, never for reading values. @param occurring in the component that has no full scale */
export function paintTile(image: Image, request: Request, occurring: Extent): Tile {
  const { solo, black, white } = request.display;
  const { family } = pixelFormat(image.format);
  const alone = formatLayout(image.format).components.find(({ component }) => solo.includes(component));
  const gray = alone ?? (family === 'gray' ? componentLayout(image.format, 'Y') : undefined);
  // Levels of a colour are not those of a component that it does not have.
  const display = { ...request.display, solo: alone === undefined ? [] : solo };
  if (gray !== undefined) return paintGray(image, gray, { ...request, display }, occurring);
  return (black === undefined && white === undefined) || family === 'palette' ? paintColor(image, request) : paintStretched(image, { ...request, display }, occurring);
}

/** Black, blue, magenta, orange, yellow, white: darkness grows monotonically to light. */
const HEAT: readonly (readonly [number, number, number])[] = [[0, 0, 0], [40, 0, 120], [180, 20, 110], [240, 120, 20], [250, 220, 60], [255, 255, 255]];

function heat(value: number): readonly [number, number, number] {
  const position = Math.min(0.9999, value) * (HEAT.length - 1);
  const [low, high] = [HEAT[Math.floor(position)] ?? [0, 0, 0], HEAT[Math.floor(position) + 1] ?? [255, 255, 255]];
  const part = position - Math.floor(position);
  return [0, 1, 2].map((index) => (low[index] ?? 0) + ((high[index] ?? 0) - (low[index] ?? 0)) * part).reduce<[number, number, number]>((color, channel, index) => { color[index] = channel; return color; }, [0, 0, 0]);
}

/** The difference of two images of one format, at native depth. @param gain factor before it is shown */
export function paintDifference(a: Image, b: Image, request: Request, mode: 'difference' | 'heat', gain: number): Tile {
  const { width, height } = sizeOf(request);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const layouts = formatLayout(a.format).components.filter(({ component }) => component !== 'A').slice(0, 3);
  const most = new Float64Array(width * height);
  for (const [index, layout] of layouts.entries()) {
    const values = new Float64Array(width * height);
    const full = peakOf(layout);
    eachSample(a, layout, request, (at, value) => { values[at] = value; });
    eachSample(b, layout, request, (at, value) => {
      const shown = (Math.abs((values[at] ?? 0) - value) / full) * gain;
      most[at] = Math.max(most[at] ?? 0, shown);
      const byte = Math.min(255, Math.ceil(shown * 255));
      rgba[at * 4 + index] = byte;
      if (layouts.length === 1) rgba.fill(byte, at * 4, at * 4 + 3);
      rgba[at * 4 + 3] = 255;
    });
  }
  if (mode === 'heat') for (let at = 0; at < most.length; at += 1) rgba.set([...heat(most[at] ?? 0), 255], at * 4);
  return { width, height, rgba };
}
