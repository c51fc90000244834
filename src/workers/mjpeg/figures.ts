import type { ChainView, MemorySample, Ratio, Timed } from './protocol.ts';
import type { ChainId } from './chain.ts';
import { CHAINS } from './chain.ts';
import type { StageCost, StageId } from './stageBook.ts';
import { STAGES, totalMs } from './stageBook.ts';

/** Frames that the figures are taken over. */
const SPAN = 90;
/** The first frames of a chain are compiled while they run: they would tell of the compiler. */
const WARM_UP = 8;
const LONGEST_MEMORY = 600;

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);

/**
 * The middle half of frames by their time. What stood out on either side is left aside as by a median,
 * and yet the means of the stages add up to the mean of the frame: shares are of one whole.
 */
export function middleFrames(frames: readonly (readonly StageCost[])[]): readonly (readonly StageCost[])[] {
  const sorted = frames.toSorted((a, b) => totalMs(a) - totalMs(b));
  const aside = Math.floor(sorted.length / 4);
  return sorted.slice(aside, sorted.length - aside);
}

/** Normal quantile of a 95 % interval. */
const Z = 1.959964;

/** Student's quantile of a 95 % interval, from the normal one. @source Abramowitz and Stegun, 26.7.5, two terms */
const studentOf = (freedom: number): number => Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2);

/**
 * Half the 95 % interval of the mean over the middle half: the spread of all values, those outside the middle moved to its ends.
 * @source Tukey and McLaughlin, “Less vulnerable confidence and significance procedures for location”, 1963
 */
export function middleError(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const aside = Math.floor(sorted.length / 4);
  const kept = sorted.length - 2 * aside;
  const [low, high] = [sorted[aside], sorted[sorted.length - aside - 1]];
  if (kept < 2 || low === undefined || high === undefined) return Infinity;
  const moved = sorted.map((value) => Math.min(high, Math.max(low, value)));
  const middle = mean(moved);
  const squares = moved.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return (studentOf(kept - 1) * Math.sqrt(squares / (moved.length - 1)) * Math.sqrt(moved.length)) / kept;
}

/** A chain's last frames. */
class ChainFigures {
  frames = 0;
  private bytes = 0;
  private costs: (readonly StageCost[])[] = [];
  private recent: (readonly StageCost[])[] = [];

  add(costs: readonly StageCost[], bytes: number): void {
    this.frames += 1;
    this.bytes = bytes;
    this.recent.push(costs);
    if (this.frames === WARM_UP + 1) this.costs = [];
    this.costs = [...this.costs.slice(1 - SPAN), costs];
  }

  /** The same frames without one of their stages. */
  without(left: StageId): Timed {
    const costs = this.costs.map((frame) => frame.filter(({ stage }) => stage !== left));
    return { ms: mean(middleFrames(costs).map(totalMs)), errorMs: middleError(costs.map(totalMs)) };
  }

  view(id: ChainId): ChainView {
    const middle = middleFrames(this.costs);
    const ms = mean(middle.map(totalMs));
    const errorMs = middleError(this.costs.map(totalMs));
    const ids = [...new Set(this.costs.flatMap((costs) => costs.map(({ stage }) => stage)))];
    return { id, frames: this.frames, measured: this.costs.length, ms, errorMs, fps: ms > 0 ? 1000 / ms : 0, bytes: this.bytes, stages: ids.map((stage) => this.stage(stage, middle)) };
  }

  /** Allocations a frame since the last call. */
  takeMemory(): { readonly allocations: number; readonly kib: number } | undefined {
    const { recent } = this;
    this.recent = [];
    if (recent.length === 0) return undefined;
    const sum = (of: (cost: StageCost) => number): number => mean(recent.map((costs) => costs.reduce((total, cost) => total + of(cost), 0)));
    return { allocations: sum(({ allocations }) => allocations), kib: sum(({ allocatedBytes }) => allocatedBytes) / 1024 };
  }

  private stage(stage: StageId, middle: readonly (readonly StageCost[])[]): StageCost {
    const own = this.costs.flatMap((costs) => costs.filter((cost) => cost.stage === stage));
    const of = (read: (cost: StageCost) => number): readonly number[] => own.map(read);
    return { stage, ms: mean(middle.map((costs) => totalMs(costs.filter((cost) => cost.stage === stage)))), copiedBytes: mean(of(({ copiedBytes }) => copiedBytes)), allocations: mean(of(({ allocations }) => allocations)), allocatedBytes: mean(of(({ allocatedBytes }) => allocatedBytes)) };
  }
}

/** Figures of all chains of a run. */
export class Figures {
  memory: readonly MemorySample[] = [];
  private readonly chains = new Map<ChainId, ChainFigures>();

  add(chain: ChainId, costs: readonly StageCost[], bytes: number): void {
    const figures = this.chains.get(chain) ?? new ChainFigures();
    this.chains.set(chain, figures);
    figures.add(costs, bytes);
  }

  views(): readonly ChainView[] {
    return Object.keys(CHAINS).flatMap((id) => Array.from(this.chains).flatMap(([chain, figures]) => (chain === id ? [figures.view(chain)] : [])));
  }

  /** Naive as it would be with a library that keeps its tables: the very same frames without their making. */
  kept(): Timed | undefined {
    return this.isWarm('naive') ? this.chains.get('naive')?.without('tables') : undefined;
  }

  isWarm(id: ChainId): boolean {
    return (this.chains.get(id)?.frames ?? 0) > WARM_UP;
  }

  /** @param at seconds since the start */
  sampleMemory(at: number): void {
    const perFrame = Object.fromEntries(Array.from(this.chains, ([id, figures]) => [id, figures.takeMemory()] as const).filter(([, sample]) => sample !== undefined));
    this.memory = [...this.memory.slice(1 - LONGEST_MEMORY), { at, perFrame }];
  }
}

/** One time over another, with half its 95 % interval; undefined while one of them is missing. */
export function ratioOf(slow: Timed | undefined, fast: Timed | undefined): Ratio | undefined {
  if (slow === undefined || fast === undefined || fast.ms === 0 || slow.ms === 0) return undefined;
  const times = slow.ms / fast.ms;
  return { times, error: times * Math.hypot(slow.errorMs / slow.ms, fast.errorMs / fast.ms) };
}

export const timedOf = (views: readonly ChainView[], id: ChainId): Timed | undefined => views.find((view) => view.id === id && view.frames > WARM_UP);

/** Which stage takes most, in words. */
export function bottleneckOf(views: readonly ChainView[]): string | undefined {
  const says = views.filter(({ id }) => id === 'naive' || id === 'fast').flatMap(({ id, ms, stages }) => {
    const worst = stages.toSorted((a, b) => b.ms - a.ms)[0];
    if (worst === undefined || ms === 0) return [];
    return [`${CHAINS[id].title}: ${STAGES[worst.stage].title} takes ${worst.ms.toFixed(2)} ms, ${String(Math.round((worst.ms / ms) * 100))} % of the frame.`];
  });
  const naive = views.find(({ id }) => id === 'naive');
  const gather = naive?.stages.find(({ stage }) => stage === 'decimate');
  const jpeg = naive?.stages.find(({ stage }) => stage === 'jpeg');
  const tables = naive?.stages.find(({ stage }) => stage === 'tables');
  const others = naive?.stages.filter(({ stage }) => stage !== 'jpeg' && stage !== 'tables') ?? [];
  const slow = tables !== undefined && jpeg !== undefined && tables.ms > jpeg.ms ? 'what the library does before it encodes anything' : 'encoding it';
  const verdict = gather === undefined || jpeg === undefined || totalMs(others) >= Math.max(jpeg.ms, tables?.ms ?? 0) ? [] : [`Turning the array into an image is not what is slow; ${slow} is.`];
  if (tables !== undefined && naive !== undefined) verdict.push(`Of naive’s frame ${String(Math.round((tables.ms / naive.ms) * 100))} % goes into tables that the library builds anew for each picture, which is no part of encoding it.`);
  return says.length === 0 ? undefined : [...says, ...verdict].join(' ');
}
