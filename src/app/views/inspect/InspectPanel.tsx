import { Suspense, lazy } from 'react';
import type { Provenance } from '../../../workers/pixels/protocol.ts';
import { activeImage, activeSource } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Note, Section } from '../../ui/controls.tsx';
import { MemoryLayout } from '../../ui/MemoryLayout.tsx';
import { Levels } from '../../ui/Levels.tsx';
import { otherNames } from '../../ui/formatNames.ts';
import { group } from '../../state/format.ts';
import { occupancy } from './occupancy.ts';
import { PaletteTable } from './PaletteTable.tsx';
import { PixelReadout } from './PixelReadout.tsx';

// Fetched with the first raw file: most pictures bring their own geometry.
const Geometry = lazy(async () => ({ default: (await import('./Geometry.tsx')).Geometry }));
const Guesses = lazy(async () => ({ default: (await import('./Guesses.tsx')).Guesses }));
// Fetched with the second picture.
const CompareWith = lazy(async () => ({ default: (await import('./CompareWith.tsx')).CompareWith }));

/** How near the shown numbers are to the file's, by `fidelity`. */
const FIDELITY = {
  exact: 'read exactly',
  scaled: 'its numbers scaled',
  damaged: 'damaged: not all numbers may be as they were stored',
  browser: 'values via browser',
} as const;

const said = ({ decoder, fidelity, made }: Extract<Provenance, { readonly kind: 'decoded' }>): string => {
  if (made !== undefined && fidelity !== 'damaged') return made;
  if (fidelity === 'exact' && decoder === 'JPEG') return 'its own samples, as libjpeg’s accurate transform gives them';
  return fidelity === 'exact' && decoder === 'PNG' ? `${FIDELITY.exact}, every bit as stored` : FIDELITY[fidelity];
};

/** What is open, how it lies in memory, and what is at the picked pixel. */
export function InspectPanel() {
  const source = useLab(activeSource);
  const image = useLab(activeImage);
  const isAlone = useLab(({ sources }) => sources.length < 2);
  if (source === undefined) return undefined;
  const isRaw = source.file.type === 'raw';
  const provenance = image?.provenance;
  // Of a dump, no more than the file has: the last row's padding may be cut off.
  const available = provenance?.kind === 'raw' ? source.file.bytes - provenance.headerOffset : undefined;
  return (
    <>
      {image !== undefined && (
        <Section title="Format" aside={<span className="mono">{image.spec.format}</span>}>
          <MemoryLayout format={image.spec.format} />
          <Note>{`${String(image.spec.width)} × ${String(image.spec.height)} px · ${group(occupancy(image.spec, available).bytes)} B · stride ${image.planes.map(({ stride }) => String(stride)).join(', ')} B`}</Note>
          {provenance?.kind === 'decoded' && <Note>{`${source.file.type.toUpperCase()}, ${said(provenance)}`}</Note>}
          {provenance?.kind === 'decoded' && provenance.warnings.map((warning) => <Note key={warning}>{warning}</Note>)}
          <Note>{otherNames(image.spec.format)}</Note>
          {isRaw && source.file.hint !== undefined && source.file.hint.found.length > 0 && <Note>{`From the name: ${source.file.hint.found.join(', ')}.`}</Note>}
          {isRaw && source.file.hint?.doubts.map((doubt) => <Note key={doubt}>{doubt}</Note>)}
          {source.file.mismatch !== undefined && <Note>{source.file.mismatch}</Note>}
          {source.unused !== undefined && <Note>{source.unused}</Note>}
        </Section>
      )}
      {image !== undefined && !isAlone && <Suspense><CompareWith /></Suspense>}
      <Suspense>
        {isRaw && <Geometry source={source} />}
        {isRaw && source.guesses !== undefined && (source.guesses.length > 0 || source.file.hint?.width === undefined) && <Guesses key={source.key} source={source} />}
      </Suspense>
      {image !== undefined && <PixelReadout image={image} />}
      {image?.spec.format === 'pal8' && <PaletteTable key={image.id} image={image} />}
      {image !== undefined && <Levels image={image} />}
    </>
  );
}
