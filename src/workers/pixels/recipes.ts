import type { LabErrorInfo } from '../../kernels/index.ts';
import type { Reply } from './protocol.ts';
import type { Call, Id, PixelsLife } from './life.ts';

/** How something in the worker came about. */
export interface Recipe {
  /** What bringing it back is called: “opening “a.png””. */
  readonly title: string;
  /** Ids that the app knows, in the order in which `make` gives a worker's own. */
  readonly ids: readonly Id[];
  readonly needs: readonly Id[];
  /** As of a call. */
  readonly silentMs: number;
  readonly make: (life: PixelsLife) => Promise<Reply<readonly Id[]>>;
}

interface Kept extends Recipe {
  /** How often a worker ended of itself while this was being made and nothing else was under way. */
  ended: number;
  /** When it last did; milliseconds of `performance.now`. */
  endedAt: number;
  readonly underWay: WeakMap<PixelsLife, Promise<LabErrorInfo | undefined>>;
}

const MOST_ENDS = 3;

/** After so long another try is made, when it is asked for. */
const AGAIN_AFTER_MS = 10_000;

const unrestorable = (title: string): LabErrorInfo => ({
  code: 'worker/unrestorable',
  what: `${title.charAt(0).toUpperCase()}${title.slice(1)} again stopped the worker ${String(MOST_ENDS)} times in a row, with nothing else under way.`,
  remedy: 'What it was made from is kept, and the others are not affected. Ask for it again in a few seconds, or close it; a smaller part of it may still open.',
});

/** Remembers how everything came about, and gives a new worker what it is asked for, when it is asked for it. */
export class Recipes {
  private list: Kept[] = [];
  private readonly held = new Set<Id>();

  add(recipe: Recipe): void {
    this.list.push({ ...recipe, ended: 0, endedAt: 0, underWay: new WeakMap() });
    for (const id of recipe.ids) this.held.add(id);
  }

  /**
   * What the app lets go. A source stays known as long as a result was made from it.
   * @returns every id that is now of no use to anybody
   */
  forget(ids: readonly Id[]): readonly Id[] {
    for (const id of ids) this.held.delete(id);
    const needed = new Set<Id>(this.held);
    const kept: Kept[] = [];
    const gone = new Set<Id>(ids);
    // What needs something was made after it: one pass from the newest to the oldest sees every need.
    for (const recipe of this.list.toReversed()) {
      if (recipe.ids.some((id) => needed.has(id))) {
        kept.unshift(recipe);
        for (const id of recipe.needs) needed.add(id);
      } else for (const id of recipe.ids) gone.add(id);
    }
    this.list = kept;
    return [...gone];
  }

  /** Sees to it that the worker has all of `ids`. @returns what stood in the way */
  async bring(life: PixelsLife, ids: readonly Id[]): Promise<LabErrorInfo | undefined> {
    for (const id of ids) {
      const recipe = life.has(id) ? undefined : this.list.find((candidate) => candidate.ids.includes(id));
      if (recipe === undefined) continue;
      const making = recipe.underWay.get(life) ?? this.remake(life, recipe);
      recipe.underWay.set(life, making);
      const error = await making;
      if (error === undefined) continue;
      recipe.underWay.delete(life);
      return error;
    }
    return undefined;
  }

  private async remake(life: PixelsLife, recipe: Kept): Promise<LabErrorInfo | undefined> {
    const missing = await this.bring(life, recipe.needs);
    if (missing !== undefined) return missing;
    // One after another, so that a worker that ends tells which one it was.
    const turn = life.restoring.then(() => this.make(life, recipe));
    life.restoring = turn.then(() => undefined, () => undefined);
    return turn;
  }

  private async make(life: PixelsLife, recipe: Kept): Promise<LabErrorInfo | undefined> {
    if (recipe.ended >= MOST_ENDS && performance.now() - recipe.endedAt < AGAIN_AFTER_MS) return unrestorable(recipe.title);
    const call: Call = { title: recipe.title, job: 0, silentMs: recipe.silentMs, isBlamed: false };
    life.onCrash = () => {
      if (life.underWay.length !== 1) return;
      recipe.ended += 1;
      recipe.endedAt = performance.now();
    };
    const reply = await life.during(call, () => recipe.make(life));
    life.onCrash = undefined;
    recipe.ended = 0;
    if (!reply.ok) return reply.error;
    for (const [index, id] of recipe.ids.entries()) life.name(id, reply.value[index] ?? id);
    return undefined;
  }
}
