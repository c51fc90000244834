import { resetOptions, setOptions } from '../../commands/conversion.ts';
import { setComparing } from '../../commands/view.ts';
import { useLab } from '../../state/store.ts';
import { lastConverted } from '../../state/selectors.ts';
import { Button, Note, NumberField, Section, SegmentsField } from '../../ui/controls.tsx';
import { group } from '../../state/format.ts';
import type { Control } from './inUse.ts';

const POLICIES = [{ value: 'clamp', title: 'clamp' }, { value: 'cast', title: 'cast' }] as const;

/** What VPI answers to a number that is none. */
const checkFinite = (value: number): string | undefined => (Number.isFinite(Math.fround(value)) ? undefined : 'Not a finite fp32 number: VPI answers INVALID_ARGUMENT.');

/** scale · x + offset, then clamp or cast. */
export function DepthFields({ inUse }: { readonly inUse: ReadonlySet<Control> }) {
  const { options } = useLab(({ parameters }) => parameters);
  const converted = useLab(lastConverted);
  const { scale = 1, offset = 0, policy = 'clamp' } = options;
  return (
    <Section title="Depth" aside={Object.keys(options).length > 0 ? <Button look="small" onClick={resetOptions}>Reset</Button> : undefined}>
      <NumberField label="Scale" value={scale} step={0.1} check={checkFinite} onChange={(value) => setOptions({ scale: value === 1 ? undefined : value })} />
      <NumberField label="Offset" value={offset} check={checkFinite} onChange={(value) => setOptions({ offset: value === 0 ? undefined : value })} />
      <SegmentsField title="Policy" label="Policy" value={policy} choices={POLICIES} onChange={(value) => setOptions({ policy: value === 'clamp' ? undefined : value })} />
      {!inUse.has('policy') && <Note>No step clamps or casts: every value fits.</Note>}
      {policy === 'cast' && converted !== undefined && converted.wrapped > 0 && (
        <p>
          {`Cast wraps ${group(converted.wrapped)} samples: undefined in C. `}
          <Button look="small" onClick={() => setComparing('heat')}>show</Button>
        </p>
      )}
      {converted !== undefined && converted.outsidePalette > 0 && <Note>{`${group(converted.outsidePalette)} pixels have an index past the palette; they are shown magenta.`}</Note>}
    </Section>
  );
}
