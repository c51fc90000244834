import { DEFAULT_COLOR, LabError, allocImage, compile, paletteOf, pixelAt, pixelFormat, planConversion, specOf } from '../kernels/index.ts';
import type { ColorSpec, Image, ImageSpec } from '../kernels/index.ts';
import { comparedComponents, differenceMeter } from '../kernels/analysis/compare.ts';
import { differenceWalk } from '../kernels/analysis/differingPixels.ts';
import type { PixelPlace } from '../kernels/analysis/differingPixels.ts';
import { searchSettings } from '../kernels/search/settingsSearch.ts';
import type { SettingsSearch } from '../kernels/search/settingsSearch.ts';
import { ssimMeter } from '../kernels/analysis/ssim.ts';
import type { ComponentLayout } from '../kernels/image/formatLayout.ts';
import type { StoredImage } from './imageStore.ts';
import { CANCELLED, inBands, inTurns } from './pacing.ts';
import type { CompareRequest, Comparison, PairReading, PairSamples, SearchRequest } from './protocol.ts';

const BAND_ROWS = 16;

type IsCancelled = () => boolean;

const isSameColor = (a: ColorSpec, b: ColorSpec): boolean => a.matrix === b.matrix && a.range === b.range && a.siting === b.siting;

interface Colors {
  readonly of: ColorSpec;
  readonly other: ColorSpec;
}

/** Of what was made of the first, its colours as they were read then; of two that were opened, each one's own. Numbers of one kind are compared as they are stored. */
function colorsOf(image: Image, { image: other, info: { provenance } }: StoredImage, reading: PairReading | undefined): Colors {
  const of = { ...DEFAULT_COLOR, ...image.colorSpec, ...(reading === undefined && 'fromColor' in provenance ? provenance.fromColor : reading?.first) };
  const isOneKind = reading !== undefined && pixelFormat(image.format).family === pixelFormat(other.format).family;
  return { of, other: isOneKind ? of : { ...DEFAULT_COLOR, ...other.colorSpec, ...reading?.second } };
}

interface Kept {
  readonly key: string;
  readonly image: Image;
}

/** Two images side by side: the second is brought to the first's format, size and colours, and that is kept as long as both are. */
export class Comparisons {
  private readonly counterparts = new WeakMap<Image, WeakMap<Image, Kept>>();

  /** The second image as the first is: pixels repeated where it is smaller. The same object where nothing is to be done. */
  counterpart({ image }: StoredImage, second: StoredImage, reading?: PairReading): Image {
    const { image: other } = second;
    const colors = colorsOf(image, second, reading);
    const isResized = other.width !== image.width || other.height !== image.height;
    if (other.format === image.format && !isResized && isSameColor(colors.of, colors.other)) return other;
    const kept = this.counterparts.get(image) ?? new WeakMap<Image, Kept>();
    this.counterparts.set(image, kept);
    const key = JSON.stringify(colors);
    const known = kept.get(other);
    if (known?.key === key) return known.image;
    const from: ImageSpec = { ...specOf(other), palette: paletteOf(other), colorSpec: colors.other };
    const pipeline = planConversion(from, { ...specOf(image), colorSpec: colors.of, palette: paletteOf(image) }, isResized ? { resample: 'nearest' } : {});
    const made = allocImage(pipeline.to);
    compile(pipeline, 'simd').run(other, made);
    kept.set(other, { key, image: made });
    return made;
  }

  /** Taking turns with whoever else wants something: a large picture takes a while. */
  async compare(first: StoredImage, second: StoredImage, { reading, similarity }: CompareRequest, isCancelled: IsCancelled): Promise<readonly Comparison[]> {
    const { image } = first;
    const other = this.counterpart(first, second, reading);
    const rows: Comparison[] = [];
    for (const layout of comparedComponents(image, other)) {
      const meter = differenceMeter(image, other, layout);
      await inTurnsOf(meter, isCancelled);
      const row = meter.value();
      rows.push({ ...row, ssim: similarity ? await similarityOf(image, other, layout, row.differing, isCancelled) : undefined });
    }
    return rows;
  }

  async nextDifference(first: StoredImage, second: StoredImage, reading: PairReading | undefined, after: PixelPlace | undefined, direction: 1 | -1, isCancelled: IsCancelled): Promise<PixelPlace | undefined> {
    const walk = differenceWalk(first.image, this.counterpart(first, second, reading), after, direction);
    await inTurnsOf(walk, isCancelled);
    return walk.found();
  }

  samples(first: StoredImage, second: StoredImage, reading: PairReading | undefined, x: number, y: number): PairSamples {
    return { first: pixelAt(first.image, x, y), second: pixelAt(this.counterpart(first, second, reading), x, y) };
  }

  async search({ image }: StoredImage, { image: reference }: StoredImage, { conversion: { to, options, fromColor = {} }, referenceColor, twins }: SearchRequest, isCancelled: IsCancelled): Promise<SettingsSearch> {
    const target: ImageSpec = typeof to === 'string' ? { format: to, width: image.width, height: image.height } : to;
    const start = { from: image.format, fromColor, toColor: target.colorSpec ?? {}, options };
    const steps = searchSettings({ image, reference: { ...reference, colorSpec: { ...reference.colorSpec, ...referenceColor } }, to: target, start, twins });
    const found = await inTurns(steps, isCancelled);
    if (found === undefined) throw new LabError(CANCELLED);
    return found;
  }
}

async function inTurnsOf({ rows, take }: { readonly rows: number; readonly take: (from: number, to: number) => void }, isCancelled: IsCancelled): Promise<void> {
  if (!(await inBands(rows, BAND_ROWS, take, isCancelled))) throw new LabError(CANCELLED);
}

async function similarityOf(a: Image, b: Image, layout: ComponentLayout, differing: number, isCancelled: IsCancelled): Promise<number | undefined> {
  const meter = ssimMeter(a, b, layout);
  if (differing === 0) return meter.rows === 0 ? undefined : 1;
  await inTurnsOf(meter, isCancelled);
  return meter.value();
}
