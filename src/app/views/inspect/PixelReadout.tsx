import { client } from '../../lab.ts';
import type { ImageInfo } from '../../../workers/protocol.ts';
import { setNotation } from '../../commands/view.ts';
import type { Notation } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Channel, Note, Section, Segments } from '../../ui/controls.tsx';
import { notateSample } from '../../ui/format.ts';
import { useReply } from '../../ui/useReply.ts';
import css from './inspect.module.css';
import { Loupe } from './Loupe.tsx';

export const NOTATIONS: readonly { readonly value: Notation; readonly title: string }[] = [{ value: 'dec', title: 'dec' }, { value: 'hex', title: 'hex' }, { value: 'bin', title: 'bin' }, { value: 'norm', title: '0…1' }];

/** Every component of the picked pixel: what is stored, and where. */
export function PixelReadout({ image }: { readonly image: ImageInfo }) {
  const pixel = useLab(({ view }) => view.pixel);
  const notation = useLab(({ view }) => view.notation);
  const key = pixel === undefined ? '' : `${image.id} ${String(pixel.x)} ${String(pixel.y)}`;
  const reply = useReply(key, pixel === undefined ? undefined : () => client.pixel(image.id, pixel.x, pixel.y));
  if (pixel === undefined) return <Section title="Pixel"><Note>Click a pixel to see its values and where its bytes lie. Arrow keys move it.</Note></Section>;
  const samples = reply?.ok === true ? reply.value : [];
  return (
    <Section title={`Pixel ${String(pixel.x)}, ${String(pixel.y)}`} aside={<Segments label="Notation" value={notation} choices={NOTATIONS} onChange={setNotation} />}>
      <dl className={css['values']}>
        {samples.map((sample) => [
          <dt key={`${sample.component} letter`}><Channel name={sample.component} /></dt>,
          <dd key={sample.component} className={css['value']} data-testid={`value-${sample.component}`}>{notateSample(sample, notation)}</dd>,
          <dd key={`${sample.component} place`} className={css['where']}>{`plane ${String(sample.plane)} · byte ${String(sample.byte)}${sample.bits === sample.wordBytes * 8 ? '' : ` · bits ${String(sample.shift + sample.bits - 1)}…${String(sample.shift)}`}`}</dd>,
        ])}
      </dl>
      <Loupe key={image.id} image={image} x={pixel.x} y={pixel.y} />
    </Section>
  );
}
