import { CHROMA_FILTERS, MATRICES, RANGES, ROUNDINGS, SITINGS, planConversion } from '../../../kernels/index.ts';
import type { ColorSpec, ConvertOptions, ImageSpec, Step } from '../../../kernels/index.ts';

/** What is planned: two images and how one is made of the other. */
export interface Ask {
  readonly from: ImageSpec;
  readonly to: ImageSpec;
  readonly options: ConvertOptions;
}

type Change = (ask: Ask) => Ask;

const keysOf = <T extends string>(row: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(row).filter((key): key is T => Object.hasOwn(row, key));
const colors = (side: 'from' | 'to', values: readonly Partial<ColorSpec>[]): readonly Change[] => values.map((color) => (ask) => ({ ...ask, [side]: { ...ask[side], colorSpec: { ...ask[side].colorSpec, ...color } } }));
const options = (values: readonly ConvertOptions[]): readonly Change[] => values.map((value) => (ask) => ({ ...ask, options: { ...ask.options, ...value } }));

const matrices = keysOf(MATRICES).map((matrix) => ({ matrix }));
const ranges = keysOf(RANGES).map((range) => ({ range }));
const sitings = keysOf(SITINGS).map((siting) => ({ siting }));
const alphas = ['straight', 'premultiplied'] as const;

/** Every value of each control. */
const VALUES = {
  fromMatrix: colors('from', matrices),
  fromRange: colors('from', ranges),
  fromSiting: colors('from', sitings),
  toMatrix: colors('to', matrices),
  toRange: colors('to', ranges),
  toSiting: colors('to', sitings),
  rounding: options(keysOf(ROUNDINGS).map((rounding) => ({ rounding }))),
  depthMode: options([undefined, 'exact' as const, 'replicate' as const, 'shift' as const].map((depthMode) => ({ depthMode }))),
  chromaUp: options(keysOf(CHROMA_FILTERS).map((chromaUp) => ({ chromaUp }))),
  chromaDown: options(keysOf(CHROMA_FILTERS).map((chromaDown) => ({ chromaDown }))),
  dither: options([{ dither: 'none' }, { dither: 'ordered' }]),
  policy: options([{ policy: 'clamp' }, { policy: 'cast' }]),
  alphaFrom: options(alphas.map((alphaFrom) => ({ alphaFrom }))),
  alphaTo: options(alphas.map((alphaTo) => ({ alphaTo }))),
} as const satisfies Record<string, readonly Change[]>;

export type Control = keyof typeof VALUES;

/** A step as it works: filters of blocks do not look at where chroma lies. */
const asItWorks = (step: Step): Step => ((step.kind === 'upsample' || step.kind === 'downsample') && (step.filter === 'nearest' || step.filter === 'box') ? { ...step, siting: 'left' } : step);

/** The steps, as text; of what cannot be planned, why. */
function stepsOf({ from, to, options: given }: Ask): string {
  try {
    return JSON.stringify(planConversion(from, to, given).steps.map(asItWorks));
  } catch (thrown) {
    return String(thrown);
  }
}

/** Which controls make a difference: those of whose values at least one leads to other steps than the rest. */
export function controlsInUse(ask: Ask): ReadonlySet<Control> {
  const now = stepsOf(ask);
  return new Set(keysOf(VALUES).filter((control) => VALUES[control].some((change) => stepsOf(change(ask)) !== now)));
}

/** What the depth block does where nothing is chosen. */
export function depthByDefault(ask: Ask): 'exact' | 'kept' {
  const by = (depthMode: ConvertOptions['depthMode']): string => stepsOf({ ...ask, options: { ...ask.options, depthMode } });
  return by(undefined) === by('exact') ? 'exact' : 'kept';
}
