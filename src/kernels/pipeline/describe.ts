import { behaviour } from './steps/index.ts';
import { checkPipeline } from './model.ts';
import type { Pipeline, Step } from './step.ts';

/** A block as a diagram shows it: its name above, its parameters inside. */
export interface BlockText {
  readonly kind: Step['kind'];
  readonly title: string;
  readonly params: string;
}

export function describeSteps(pipeline: Pipeline): readonly BlockText[] {
  checkPipeline(pipeline);
  return pipeline.steps.map((step) => {
    const { title, params } = behaviour(step);
    return { kind: step.kind, title, params };
  });
}

/** The pipeline in one line a step; the same text for the same list, so it serves as its key. */
export function describePipeline(pipeline: Pipeline): string {
  return describeSteps(pipeline).map(({ title, params }) => `${title} (${params})`).join('\n');
}
