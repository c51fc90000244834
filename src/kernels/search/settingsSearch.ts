import { compile } from '../backends/index.ts';
import { allocImage, specOf } from '../image/image.ts';
import { freeImage } from '../image/arena.ts';
import { paletteOf } from '../image/palette.ts';
import { componentSize, readComponentRow } from '../image/rows.ts';
import { subImage } from '../image/views.ts';
import type { Image, ImageSpec, Rect } from '../image/types.ts';
import { LabError } from '../labError.ts';
import { planConversion } from '../pipeline/plan.ts';
import type { ConvertOptions } from '../pipeline/step.ts';
import type { Subsampling } from '../tables/chroma.ts';
import type { ColorSpec } from '../tables/colorSpecs.ts';
import { pixelFormat } from '../tables/pixelFormats.ts';
import type { PixelFormatId } from '../tables/pixelFormats.ts';
import { compareImages, comparedComponents } from '../analysis/compare.ts';
import type { ComponentDifference } from '../analysis/compare.ts';
import { isDifferent } from '../analysis/differingPixels.ts';
import { axesOf } from './settingsAxes.ts';
import type { Settings } from './settingsAxes.ts';

export type { Settings };

/** How near settings come to the reference, over all components. */
export interface Finding {
  readonly settings: Settings;
  /** dB over full scale; Infinity when every sample is the same. */
  readonly psnr: number;
  /** In stored numbers. */
  readonly maxError: number;
  readonly differing: number;
  readonly samples: number;
  /** The same of each component, in the result's format: what the settings leave unexplained. */
  readonly components: readonly Pick<ComponentDifference, 'component' | 'maxError' | 'differing' | 'samples'>[];
}

/** Where samples of one component differ, in numbers of the component’s own grid over the whole picture. */
export interface Unexplained {
  readonly component: string;
  readonly plane: number;
  /** The first of them, row after row. */
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** Pixels that one sample covers. */
  readonly sub: Subsampling;
}

export interface SettingsSearch {
  /** What the search began with. */
  readonly start: Finding;
  /** Each nearer than the next, the nearest first; of settings that come equally near only those that were tried first. */
  readonly findings: readonly Finding[];
  /** Where the nearest settings leave a difference; nothing of components that they explain. */
  readonly unexplained: readonly Unexplained[];
  readonly tried: number;
  /** The part that was looked at. */
  readonly rect: Rect;
}

export interface SearchQuestion {
  readonly image: Image;
  /** In the image's size; as another program made it of the image, in any format. */
  readonly reference: Image;
  /** Format and palette of what is made. */
  readonly to: ImageSpec;
  readonly start: Settings;
  /** Formats of the same layout as which the source's bytes may be read. */
  readonly twins: readonly PixelFormatId[];
}

/** Of a large picture a part of this side is enough. */
const SIDE = 512;
/** Places of parts are multiples of it: no chroma sample is cut, and no block, be it of 6 pixels (v210) or of 8 (monob). */
const GRID = 24;
/** Pixels at a part's edges that are left out, some being made of fewer neighbours than in the whole picture. */
const MARGIN = GRID;
const MOST_FINDINGS = 8;
const MOST_ROUNDS = 4;
const MOST_PLACES = 3;

function middle({ width, height }: Image): Rect {
  const along = (size: number): readonly [number, number] => (size <= SIDE ? [0, size] : [Math.floor((size - SIDE) / 2 / GRID) * GRID, SIDE]);
  const [[x, wide], [y, high]] = [along(width), along(height)];
  return { x, y, width: wide, height: high };
}

/** The part of a part whose pixels come out as they do in the whole. */
function inner({ width, height }: Image, part: Rect): Rect {
  const [x, y] = [part.width < width ? MARGIN : 0, part.height < height ? MARGIN : 0];
  return { x, y, width: part.width - 2 * x, height: part.height - 2 * y };
}

/** The reference in the format of what is compared with it. YUV stays the numbers it is: its matrix and range are what is being asked for. */
function referenceIn({ format, palette }: ImageSpec, colorSpec: Partial<ColorSpec>, reference: Image): Image {
  if (reference.format === format) return reference;
  const isBothYuv = [reference.format, format].every((id) => pixelFormat(id).family === 'yuv');
  return converted(reference, { format, palette, width: reference.width, height: reference.height, colorSpec: isBothYuv ? undefined : colorSpec });
}

/** By the quickest backend: whichever a person chose, the values are the same. */
function converted(image: Image, to: ImageSpec, options: ConvertOptions = {}): Image {
  const pipeline = planConversion({ ...specOf(image), palette: paletteOf(image) }, to, options);
  const made = allocImage(pipeline.to, image);
  compile(pipeline, 'simd').run(image, made);
  return made;
}

function together(settings: Settings, a: Image, b: Image): Finding {
  const rows = compareImages(a, b);
  const samples = rows.reduce((sum, row) => sum + row.samples, 0);
  const error = rows.reduce((sum, row) => sum + 10 ** (-row.psnr / 10) * row.samples, 0) / samples;
  return { settings, psnr: error === 0 ? Infinity : -10 * Math.log10(error), maxError: Math.max(...rows.map(({ maxError }) => maxError)), differing: rows.reduce((sum, row) => sum + row.differing, 0), samples, components: rows.map(({ component, maxError, differing, samples: own }) => ({ component, maxError, differing, samples: own })) };
}

/** The first samples of each component that differ. @param left and `top`: pixels of the whole picture before the images’ first */
function placesOf(a: Image, b: Image, left: number, top: number): readonly Unexplained[] {
  return comparedComponents(a, b).flatMap((layout) => {
    const { width, height } = componentSize(a, layout);
    const { component, plane, sub } = layout;
    const [rowA, rowB] = [new Float64Array(width), new Float64Array(width)];
    const places: { readonly x: number; readonly y: number }[] = [];
    for (let y = 0; y < height && places.length < MOST_PLACES; y += 1) {
      readComponentRow(a, layout, y, rowA);
      readComponentRow(b, layout, y, rowB);
      for (let x = 0; x < width && places.length < MOST_PLACES; x += 1) if (isDifferent(rowA[x] ?? 0, rowB[x] ?? 0)) places.push({ x: Math.floor(left / sub.x) + x, y: Math.floor(top / sub.y) + y });
    }
    return places.length === 0 ? [] : [{ component, plane, sub, places }];
  });
}

/** Tries settings on the middle of an image. */
class Trial {
  private readonly part: Image;
  private readonly expected: Image;
  private readonly inside: Rect;
  private readonly to: ImageSpec;
  readonly rect: Rect;
  private readonly known = new Map<string, Finding | undefined>();

  constructor({ image, reference, to, start }: SearchQuestion) {
    this.rect = middle(image);
    this.part = subImage(image, this.rect);
    this.inside = inner(image, this.rect);
    this.to = to;
    this.expected = subImage(referenceIn(to, start.toColor, subImage(reference, this.rect)), this.inside);
  }

  get tried(): number {
    return this.known.size;
  }

  findings(): readonly Finding[] {
    return [...this.known.values()].filter((finding) => finding !== undefined);
  }

  /** @returns undefined where there is no such conversion */
  take(settings: Settings): Finding | undefined {
    const key = JSON.stringify(settings);
    if (!this.known.has(key)) this.known.set(key, this.make(settings));
    return this.known.get(key);
  }

  /** Where settings that can be taken leave a difference. */
  unexplained(settings: Settings): readonly Unexplained[] {
    return this.judge(settings, (made) => placesOf(made, this.expected, this.rect.x + this.inside.x, this.rect.y + this.inside.y));
  }

  /** What `look` finds in the part that settings make. */
  private judge<T>(settings: Settings, look: (made: Image) => T): T {
    const part = { ...this.part, format: settings.from, colorSpec: { ...this.part.colorSpec, ...settings.fromColor } };
    const { format, palette } = this.to;
    const made = converted(part, { format, palette, width: part.width, height: part.height, colorSpec: settings.toColor }, settings.options);
    const found = look(subImage(made, this.inside));
    freeImage(made);
    return found;
  }

  private make(settings: Settings): Finding | undefined {
    try {
      return this.judge(settings, (made) => together(settings, made, this.expected));
    } catch (thrown) {
      if (thrown instanceof LabError) return undefined;
      throw thrown;
    }
  }
}

/** Every finding that comes nearer than all before it in the list would, nearest first, none twice. */
function ranked(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<number, Finding>();
  for (const finding of findings) if (!first.has(finding.psnr)) first.set(finding.psnr, finding);
  return [...first.values()].toSorted((a, b) => b.psnr - a.psnr).slice(0, MOST_FINDINGS);
}

/**
 * Which settings make of `image` what `reference` is: one setting after another is tried with all its values, the nearest is kept, and again until nothing comes nearer.
 * Yields how many conversions were tried, so that others can have a turn.
 * @throws LabError `compare/size`, and as `planConversion` for the settings it begins with
 */
export function* searchSettings(question: SearchQuestion): Generator<number, SettingsSearch, void> {
  const { image, reference, to, start } = question;
  if (to.width !== image.width || to.height !== image.height) throw new LabError({ code: 'compare/size', what: `The result is ${String(to.width)}×${String(to.height)}, the source ${String(image.width)}×${String(image.height)}: settings are searched where both are of one size.`, remedy: 'Choose the size 1 : 1 first.' });
  if (reference.width !== image.width || reference.height !== image.height) throw new LabError({ code: 'compare/size', what: `The reference is ${String(reference.width)}×${String(reference.height)}, the source ${String(image.width)}×${String(image.height)}: settings are searched where both are of one size.`, remedy: 'Choose a reference of the source’s size.' });
  const trial = new Trial(question);
  const begun = trial.take(start);
  if (begun === undefined) throw new LabError({ code: 'search/start', what: `There is no conversion from ${image.format} to ${to.format} with the settings of now.`, remedy: 'Choose options that can be converted with, then search again.' });
  let best = begun;
  const axes = axesOf(image.format, to.format, reference.format, question.twins);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = best;
    for (const axis of axes) {
      for (const change of axis) {
        if (best.psnr === Infinity) break;
        const finding = trial.take(change(best.settings));
        if (finding !== undefined && finding.psnr > best.psnr) best = finding;
        yield trial.tried;
      }
    }
    if (best === before) break;
  }
  const findings = ranked(trial.findings());
  const nearest = findings[0] ?? begun;
  return { start: begun, findings, unexplained: nearest.differing === 0 ? [] : trial.unexplained(nearest.settings), tried: trial.tried, rect: trial.rect };
}
