import { setComparing } from '../../commands/view.ts';
import type { Comparing } from '../../state/document.ts';
import { setView, useLab } from '../../state/store.ts';
import { NumberField, Segments } from '../controls.tsx';
import type { Choice } from '../controls.tsx';

const BOTH: readonly Choice<Comparing>[] = [{ value: 'swipe', title: 'swipe' }, { value: 'difference', title: 'diff' }, { value: 'heat', title: 'heat' }];

/** Source and result, as Convert and Encode have them. */
const OF_RESULT: readonly Choice<Comparing>[] = [{ value: 'result', title: 'result' }, { value: 'source', title: 'source' }, ...BOTH];

/** Something and the reference. */
const withReference = (title: string): readonly Choice<Comparing>[] => [{ value: 'result', title }, { value: 'reference', title: 'reference' }, ...BOTH];

/** Which of two pictures the stage shows, or both. @param against what the first of the two is called, when it is held against the reference */
export function OnStage({ against }: { readonly against?: string | undefined }) {
  const { comparing, gain } = useLab(({ view }) => view);
  const choices = against === undefined ? OF_RESULT : withReference(against);
  const shown = choices.some(({ value }) => value === comparing) ? comparing : 'result';
  return (
    <>
      <Segments label="On the stage" value={shown} choices={choices} onChange={setComparing} />
      {(comparing === 'difference' || comparing === 'heat') && <NumberField label="Gain" value={gain} min={1} onChange={(value) => setView({ gain: value })} />}
    </>
  );
}
