import { DEFAULT_COLOR, LabError, allocImage, bestBackend, compile, paletteOf, pixelAt, pixelFormat, planConversion, specOf } from '../../kernels/index.ts';
import type { ColorSpec, ConvertOptions, Image, ImageSpec } from '../../kernels/index.ts';
import { wayBack } from '../../kernels/pipeline/wayBack.ts';
import { comparedComponents, differenceMeter } from '../../kernels/analysis/compare.ts';
import type { ComponentDifference } from '../../kernels/analysis/compare.ts';
import { differenceWalk } from '../../kernels/analysis/differingPixels.ts';
import type { PixelPlace } from '../../kernels/analysis/differingPixels.ts';
import { searchSettings } from '../../kernels/search/settingsSearch.ts';
import type { SettingsSearch } from '../../kernels/search/settingsSearch.ts';
import { ssimMeter } from '../../kernels/analysis/ssim.ts';
import type { ComponentLayout } from '../../kernels/image/formatLayout.ts';
import { giveUp } from './imageStore.ts';
import type { StoredImage } from './imageStore.ts';
import { CANCELLED, inBands, inTurns } from '../line/pacing.ts';
import type { CompareRequest, Comparison, ImageId, PairReading, PairSamples, SearchRequest } from './protocol.ts';

const BAND_ROWS = 16;
/** Rows that are converted before others may get a turn. */
const BACK_ROWS = 64;

type IsCancelled = () => boolean;

interface Pace {
  readonly isCancelled: IsCancelled;
  readonly turn: () => Promise<void>;
}

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

interface Counterpart {
  /** What it depends on besides the two images. */
  readonly key: string;
  readonly image: Promise<Image>;
}

/** How the numbers of what was made of an image become that image's own again; of two that were opened, nothing is undone. */
function undoing({ image, info: { provenance } }: StoredImage, to: Image, reading: PairReading | undefined): ConvertOptions {
  return reading === undefined && provenance.kind === 'converted' ? wayBack(provenance.options, to.format, image.format, provenance.wrapped) : {};
}

/** What was found of an image and another of its format and size. */
interface Found {
  readonly rows: readonly Comparison[];
  readonly similarity: boolean;
}

/** By two images; forgotten with either. */
class PairMap<T> {
  private readonly maps = new WeakMap<Image, WeakMap<Image, T>>();

  get(first: Image, second: Image): T | undefined {
    return this.maps.get(first)?.get(second);
  }

  set(first: Image, second: Image, value: T): T {
    const map = this.maps.get(first) ?? new WeakMap<Image, T>();
    this.maps.set(first, map);
    map.set(second, value);
    return value;
  }
}

/** Two images side by side: the second is brought to the first's format, size and colours. Nothing is made or measured twice while both are there. */
export class Comparisons {
  private readonly counterparts = new PairMap<Counterpart>();
  private readonly found = new PairMap<Found>();
  private readonly turn: () => Promise<void>;
  private readonly isThere: (image: ImageId) => boolean;

  /** @param turn how work in the background lets others have theirs   @param isThere whether an image was not let go yet */
  constructor(turn: () => Promise<void>, isThere: (image: ImageId) => boolean) {
    this.turn = turn;
    this.isThere = isThere;
  }

  /**
   * The second image as the first is: scale and offset undone, pixels repeated where it is smaller. The same object where nothing is to be done.
   * @throws LabError `compare/scaled` where they cannot be undone, `job/cancelled` when one of the two is let go meanwhile
   */
  async counterpart(first: StoredImage, second: StoredImage, reading?: PairReading): Promise<Image> {
    const { image } = first;
    const { image: other } = second;
    const { of, other: otherColor } = colorsOf(image, second, reading);
    const isResized = other.width !== image.width || other.height !== image.height;
    const options: ConvertOptions = { ...undoing(second, image, reading), resample: isResized ? 'nearest' : undefined };
    if (other.format === image.format && isSameColor(of, otherColor) && Object.values(options).every((value) => value === undefined)) return other;
    const key = JSON.stringify([of, otherColor, options]);
    const known = this.counterparts.get(image, other);
    if (known?.key === key) return known.image;
    const isGone = (): boolean => !this.isThere(first.info.id) || !this.isThere(second.info.id);
    return this.counterparts.set(image, other, { key, image: this.brought(isGone, { ...other, colorSpec: otherColor }, { ...specOf(image), colorSpec: of, palette: paletteOf(image) }, options) }).image;
  }

  /** Several may wait for it: it is made to its end, unless nobody can ask for it any more. */
  private async brought(isGone: IsCancelled, other: Image, spec: ImageSpec, options: ConvertOptions): Promise<Image> {
    const pipeline = planConversion({ ...specOf(other), palette: paletteOf(other) }, spec, options);
    const made = allocImage(pipeline.to, other);
    if (!(await inBands(made.height, BACK_ROWS, compile(pipeline, bestBackend(pipeline)).prepare(other, made), isGone, 0, this.turn))) giveUp(made);
    return { ...made, origin: other.origin };
  }

  /** Taking turns with whoever else wants something: a large picture takes a while. */
  async compare(first: StoredImage, second: StoredImage, { reading, similarity }: CompareRequest, isCancelled: IsCancelled): Promise<readonly Comparison[]> {
    const { image } = first;
    const other = await this.counterpart(first, second, reading);
    if (isCancelled()) throw new LabError(CANCELLED);
    const known = this.found.get(image, other);
    if (known !== undefined && (known.similarity || !similarity)) return known.rows;
    const rows: Comparison[] = [];
    for (const [index, layout] of comparedComponents(image, other).entries()) {
      const row = known?.rows[index] ?? (await differenceOf(image, other, layout, this.pace(isCancelled)));
      rows.push(similarity ? { ...row, ssim: await similarityOf(image, other, layout, row.differing, this.pace(isCancelled)) } : row);
    }
    return this.found.set(image, other, { rows, similarity }).rows;
  }

  async nextDifference(first: StoredImage, second: StoredImage, reading: PairReading | undefined, after: PixelPlace | undefined, direction: 1 | -1, isCancelled: IsCancelled): Promise<PixelPlace | undefined> {
    const walk = differenceWalk(first.image, await this.counterpart(first, second, reading), after, direction);
    await inTurnsOf(walk, this.pace(isCancelled));
    return walk.found();
  }

  async samples(first: StoredImage, second: StoredImage, reading: PairReading | undefined, x: number, y: number): Promise<PairSamples> {
    return { first: pixelAt(first.image, x, y), second: pixelAt(await this.counterpart(first, second, reading), x, y) };
  }

  private pace(isCancelled: IsCancelled): Pace {
    return { isCancelled, turn: this.turn };
  }

  async search({ image }: StoredImage, { image: reference }: StoredImage, { conversion: { to, options, fromColor = {} }, referenceColor, twins }: SearchRequest, isCancelled: IsCancelled): Promise<SettingsSearch> {
    const target: ImageSpec = typeof to === 'string' ? { format: to, width: image.width, height: image.height } : to;
    const start = { from: image.format, fromColor, toColor: target.colorSpec ?? {}, options };
    const steps = searchSettings({ image, reference: { ...reference, colorSpec: { ...reference.colorSpec, ...referenceColor } }, to: target, start, twins });
    const found = await inTurns(steps, isCancelled, this.turn);
    if (found === undefined) throw new LabError(CANCELLED);
    return found;
  }
}

async function inTurnsOf({ rows, take }: { readonly rows: number; readonly take: (from: number, to: number) => void }, { isCancelled, turn }: Pace): Promise<void> {
  if (!(await inBands(rows, BAND_ROWS, take, isCancelled, 0, turn))) throw new LabError(CANCELLED);
}

async function differenceOf(a: Image, b: Image, layout: ComponentLayout, pace: Pace): Promise<ComponentDifference> {
  const meter = differenceMeter(a, b, layout);
  await inTurnsOf(meter, pace);
  return meter.value();
}

async function similarityOf(a: Image, b: Image, layout: ComponentLayout, differing: number, pace: Pace): Promise<number | undefined> {
  const meter = ssimMeter(a, b, layout);
  if (differing === 0) return meter.rows === 0 ? undefined : 1;
  await inTurnsOf(meter, pace);
  return meter.value();
}
