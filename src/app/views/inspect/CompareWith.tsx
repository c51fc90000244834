import { AgainstReference } from '../../ui/compare/AgainstReference.tsx';
import { ReferenceField } from '../../ui/compare/ReferenceField.tsx';
import { usePair } from '../../ui/compare/usePair.ts';
import { Section } from '../../ui/controls.tsx';

/** This picture against another that is open. */
export function CompareWith() {
  const pair = usePair();
  return (
    <Section title="Compare">
      <ReferenceField none="nothing" />
      {pair !== undefined && <AgainstReference pair={pair} />}
    </Section>
  );
}
