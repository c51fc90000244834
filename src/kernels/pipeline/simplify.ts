import { behaviour } from './steps/index.ts';
import type { Signal } from './signal.ts';
import type { Pipeline, Step } from './step.ts';

/** What is known of the values before each step, and after the last. */
export function signalsOf(pipeline: Pipeline): readonly Signal[] {
  const { width, height } = pipeline.from;
  const signals: Signal[] = [{ width, height, channels: [] }];
  for (const step of pipeline.steps) signals.push(behaviour(step).output(signals[signals.length - 1] ?? { width, height, channels: [] }));
  return signals;
}

/** Without the steps that change nothing for the values that reach them. */
function withoutIdentities(pipeline: Pipeline): Pipeline {
  const signals = signalsOf(pipeline);
  const empty: Signal = { width: 0, height: 0, channels: [] };
  return { ...pipeline, steps: pipeline.steps.filter((step, index) => !behaviour(step).isIdentity(signals[index] ?? empty)) };
}

/** A step without the channels that nobody behind it looks at; undefined when nothing of it is left. */
function narrowed(step: Step, live: ReadonlySet<string>): Step | undefined {
  const keep = <T extends { readonly name: string }>(rows: readonly T[]): readonly T[] => rows.filter(({ name }) => live.has(name));
  switch (step.kind) {
    case 'load': return { ...step, channels: step.channels.filter((name) => live.has(name)) };
    case 'unpack': return { ...step, components: step.components.filter((name) => live.has(name)) };
    case 'swizzle': return { ...step, order: step.order.filter((name) => live.has(name)) };
    case 'fill': { const channels = keep(step.channels); return channels.length === 0 ? undefined : { ...step, channels }; }
    case 'matrix': return { ...step, rows: step.rows.filter(({ to }) => live.has(to)) };
    case 'rescale': { const rows = step.rows.filter(({ to }) => live.has(to)); return rows.length === 0 ? undefined : { ...step, rows }; }
    case 'bit-depth': { const channels = keep(step.channels); return channels.length === 0 ? undefined : { ...step, channels }; }
    case 'range': case 'round': case 'clamp': case 'cast': case 'premultiply': case 'unpremultiply': {
      const channels = step.channels.filter((name) => live.has(name));
      return channels.length === 0 ? undefined : { ...step, channels };
    }
    default: return step;
  }
}

/** Without channels that never reach the store. */
function withoutDeadChannels(pipeline: Pipeline): Pipeline {
  const steps: Step[] = [];
  let live: ReadonlySet<string> = new Set();
  for (const step of pipeline.steps.toReversed()) {
    const kept = step.kind === 'store' ? step : narrowed(step, live);
    if (kept === undefined) continue;
    steps.unshift(kept);
    live = behaviour(kept).needs(live);
  }
  return { ...pipeline, steps };
}

/** Of two swizzles in a row the second says it all. */
function mergedSwizzles(pipeline: Pipeline): Pipeline {
  return { ...pipeline, steps: pipeline.steps.filter((step, index) => !(step.kind === 'swizzle' && pipeline.steps[index + 1]?.kind === 'swizzle')) };
}

/** A shorter list that gives the same bytes for every image. */
export function simplify(pipeline: Pipeline): Pipeline {
  const once = mergedSwizzles(withoutDeadChannels(withoutIdentities(pipeline)));
  return once.steps.length === pipeline.steps.length && JSON.stringify(once.steps) === JSON.stringify(pipeline.steps) ? pipeline : simplify(once);
}
