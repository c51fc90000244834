import type { RangeId } from '../tables/colorSpecs.ts';
import type { MatrixId } from '../tables/colorSpecs.ts';
import { quantisation, recode } from './colorMath.ts';
import type { Draft } from './draft.ts';
import { isScaled } from './model.ts';
import type { ConvertOptions, NumberType, RationalRow } from './step.ts';

/** How a group of channels is to be coded after the depth block. */
export interface DepthPlan {
  readonly names: readonly string[];
  readonly fromRange: RangeId;
  readonly toRange: RangeId;
  readonly typeOf: (name: string) => NumberType;
  /** Numbers keep their value: VPI's pairs, and grays that are measurements. */
  readonly keepValue: boolean;
  readonly matrix: MatrixId;
  readonly options: ConvertOptions;
}

type Target = { readonly range: RangeId; readonly typeOf: (name: string) => NumberType };

/** Each channel from its own coding to the target's, exactly. */
export function recodeAll(draft: Draft, plan: Pick<DepthPlan, 'names' | 'fromRange' | 'matrix' | 'options'>, target: Target): void {
  let narrows = false;
  const rows = plan.names.flatMap((name): RationalRow[] => {
    const bits = draft.channel(name)?.bits;
    if (bits === undefined) return [];
    const type = target.typeOf(name);
    const from = quantisation(name, bits, plan.fromRange, plan.matrix);
    if (type.kind === 'float') return [recode(name, 32, from, 'float')];
    narrows ||= bits > type.bits;
    return [recode(name, type.bits, from, quantisation(name, type.bits, target.range, plan.matrix))];
  });
  const float = plan.names.some((name) => target.typeOf(name).kind === 'float');
  if (rows.length > 0) draft.add({ kind: 'rescale', rows, float, rounding: plan.options.rounding ?? 'half-away', dither: narrows && !float && plan.options.dither === 'ordered' });
}

/** Names in groups of one type: 565 clamps red and blue apart from green. */
function groupsByType(names: readonly string[], typeOf: DepthPlan['typeOf']): readonly { readonly names: readonly string[]; readonly type: NumberType }[] {
  const groups = new Map<string, { names: string[]; type: NumberType }>();
  for (const name of names) {
    const type = typeOf(name);
    const key = JSON.stringify(type);
    const group = groups.get(key) ?? { names: [], type };
    group.names.push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** range → round → clamp or cast, the block of VPI. `scaleOf`: for floats, whose 1.0 is full scale. */
function valueDepth(draft: Draft, plan: DepthPlan, scaleOf?: (type: NumberType) => number): void {
  const { scale = 1, offset = 0, rounding = 'half-away', policy = 'clamp' } = plan.options;
  for (const { names: channels, type } of groupsByType(plan.names, plan.typeOf)) {
    draft.add({ kind: 'range', channels, scale: scaleOf?.(type) ?? scale, offset });
    if (type.kind === 'int') draft.add({ kind: 'round', channels, rounding });
    draft.add({ kind: policy, channels, type });
  }
}

const fullScale = (type: NumberType): number => (type.kind === 'int' ? 2 ** type.bits - 1 : 1);

/** Full scale to full scale. */
function scaledDepth(draft: Draft, plan: DepthPlan): void {
  const target: Target = { range: plan.toRange, typeOf: plan.typeOf };
  const isFloat = plan.names.some((name) => draft.channel(name)?.kind === 'float');
  const toFloat = plan.names.some((name) => plan.typeOf(name).kind === 'float');
  const mode = plan.options.depthMode ?? 'exact';
  if (isFloat && toFloat) return;
  if (isFloat) {
    valueDepth(draft, plan, fullScale);
    recodeAll(draft, { ...plan, fromRange: 'full' }, target);
    return;
  }
  if (mode !== 'exact' && !toFloat) {
    const bitsOf = (name: string): number => { const type = plan.typeOf(name); return type.kind === 'int' ? type.bits : 32; };
    draft.add({ kind: 'bit-depth', mode, channels: plan.names.map((name) => ({ name, from: draft.channel(name)?.bits ?? bitsOf(name), to: bitsOf(name) })) });
  }
  recodeAll(draft, plan, target);
}

/** Brings colour channels to the destination's numbers. */
export function planDepth(draft: Draft, plan: DepthPlan): void {
  if (!plan.keepValue && !isScaled(plan.options)) {
    scaledDepth(draft, plan);
    return;
  }
  const rangesDiffer = plan.fromRange !== plan.toRange;
  const typeNow = (name: string): NumberType => ({ kind: 'int', signed: false, bits: draft.channel(name)?.bits ?? 8 });
  const isInteger = plan.names.every((name) => draft.channel(name)?.kind === 'int');
  if (rangesDiffer && isInteger && plan.fromRange === 'limited') recodeAll(draft, plan, { range: 'full', typeOf: typeNow });
  valueDepth(draft, plan);
  const toInteger = plan.names.every((name) => plan.typeOf(name).kind === 'int');
  if (rangesDiffer && toInteger && plan.toRange === 'limited') recodeAll(draft, { ...plan, fromRange: 'full' }, { range: 'limited', typeOf: typeNow });
}
