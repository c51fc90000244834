import { planeLayouts } from '../../../kernels/index.ts';
import type { PixelSample } from '../../../kernels/index.ts';
import { client } from '../../lab.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { setNotation } from '../../commands/view.ts';
import type { Notation } from '../../state/document.ts';
import { activeSource } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Channel, Note, Section, Segments } from '../../ui/controls.tsx';
import { notateSample } from '../../ui/format.ts';
import { useReply } from '../../ui/useReply.ts';
import css from './inspect.module.css';
import { Loupe } from './Loupe.tsx';
import { IndexColour } from './PaletteTable.tsx';
import { usePalette } from './usePalette.ts';

export const NOTATIONS: readonly { readonly value: Notation; readonly title: string }[] = [{ value: 'dec', title: 'dec' }, { value: 'hex', title: 'hex' }, { value: 'bin', title: 'bin' }, { value: 'norm', title: '0…1' }];

/** First byte of each plane in the file; undefined where the bytes are not the file's own. */
function usePlaneStarts(image: ImageInfo): readonly number[] | undefined {
  const source = useLab(activeSource);
  const offsets = useLab(({ parameters }) => (source === undefined ? undefined : parameters.geometry[source.key]?.spec.offsets));
  if (image.provenance.kind !== 'raw' || source?.error !== undefined || image.provenance.paddedBytes > 0) return undefined;
  const { headerOffset } = image.provenance;
  return planeLayouts({ ...image.spec, offsets }).map(({ offset }) => headerOffset + offset);
}

/** `plane 0 · byte 12 · bits 9…0`, and the byte of the file where that is another. */
function place(sample: PixelSample, starts: readonly number[] | undefined): string {
  const start = starts?.[sample.plane] ?? 0;
  const bits = sample.bits === sample.wordBytes * 8 ? '' : ` · bits ${String(sample.shift + sample.bits - 1)}…${String(sample.shift)}`;
  return `plane ${String(sample.plane)} · byte ${String(sample.byte)}${start === 0 ? '' : `, ${String(start + sample.byte)} of the file`}${bits}`;
}

/** Every component of the picked pixel: what is stored, and where; of an index, the colour it stands for. */
export function PixelReadout({ image }: { readonly image: ImageInfo }) {
  const pixel = useLab(({ view }) => view.pixel);
  const notation = useLab(({ view }) => view.notation);
  const key = pixel === undefined ? '' : `${image.id} ${String(pixel.x)} ${String(pixel.y)}`;
  const starts = usePlaneStarts(image);
  const colors = usePalette(image);
  const reply = useReply(key, pixel === undefined ? undefined : () => client.pixel(image.id, pixel.x, pixel.y));
  if (pixel === undefined) return <Section title="Pixel"><Note>Click a pixel to see its values and where its bytes lie. Arrow keys move it.</Note></Section>;
  const samples = reply?.ok === true ? reply.value : [];
  const index = samples.find(({ component }) => component === 'I');
  return (
    <Section title={`Pixel ${String(pixel.x)}, ${String(pixel.y)}`} aside={<Segments label="Notation" value={notation} choices={NOTATIONS} onChange={setNotation} />}>
      <dl className={css['values']}>
        {samples.map((sample) => [
          <dt key={`${sample.component} letter`}><Channel name={sample.component} /></dt>,
          <dd key={sample.component} className={css['value']} data-testid={`value-${sample.component}`}>{notateSample(sample, notation)}</dd>,
          <dd key={`${sample.component} place`} className={css['where']}>{place(sample, starts)}</dd>,
        ])}
      </dl>
      {index !== undefined && colors !== undefined && <IndexColour index={index.value} colors={colors} />}
      <Loupe key={image.id} image={image} x={pixel.x} y={pixel.y} />
    </Section>
  );
}
