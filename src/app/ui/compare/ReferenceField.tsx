import { useShallow } from 'zustand/react/shallow';
import { setReference } from '../../commands/comparing.ts';
import type { Source } from '../../state/document.ts';
import { otherPictures } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { SelectField } from '../controls.tsx';
import type { Choice } from '../controls.tsx';

const NONE = '';

const titleOf = ({ key, file, views, active }: Source, sources: readonly Source[]): string => {
  const spec = views.find(({ id }) => id === active)?.spec;
  const isNamedTwice = sources.some((other) => other.key !== key && other.file.name === file.name);
  return isNamedTwice && spec !== undefined ? `${file.name} · ${spec.format} ${String(spec.width)}×${String(spec.height)}` : file.name;
};

/** Another open source to hold this one against; there is nothing to choose while one alone is open. @param none what is compared, or not, without a reference */
export function ReferenceField({ none }: { readonly none: string }) {
  const sources = useLab((lab) => lab.sources);
  const others = useLab(useShallow(otherPictures));
  const referenceKey = useLab((lab) => lab.referenceKey);
  if (sources.length < 2) return undefined;
  const choices: readonly Choice<string>[] = [{ value: NONE, title: none }, ...others.map((source) => ({ value: source.key, title: titleOf(source, sources) }))];
  const chosen = choices.some(({ value }) => value === referenceKey) ? referenceKey : undefined;
  return <SelectField label="Against" value={chosen ?? NONE} choices={choices} onChange={(key) => setReference(key === NONE ? undefined : key)} />;
}
