import { useEffect, useRef } from 'react';
import { client } from '../../lab.ts';
import type { ImageInfo } from '../../../workers/protocol.ts';
import { setNotation } from '../../commands/view.ts';
import type { Notation } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Channel, Note, Section, Segments } from '../../ui/controls.tsx';
import { notateSample } from '../../ui/format.ts';
import { useReply } from '../../ui/useReply.ts';
import css from './inspect.module.css';

export const NOTATIONS: readonly { readonly value: Notation; readonly title: string }[] = [{ value: 'dec', title: 'dec' }, { value: 'hex', title: 'hex' }, { value: 'bin', title: 'bin' }, { value: 'norm', title: '0…1' }];

const REACH = 4;

/** 9 × 9 pixels around the picked one. */
function Loupe({ image, x, y }: { readonly image: ImageInfo; readonly x: number; readonly y: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const solo = useLab(({ view }) => view.solo);
  useEffect(() => {
    let isCurrent = true;
    const { width, height } = image.spec;
    const [left, top] = [Math.max(0, x - REACH), Math.max(0, y - REACH)];
    const rect = { x: left, y: top, width: Math.min(width, x + REACH + 1) - left, height: Math.min(height, y + REACH + 1) - top };
    void client.tile({ image: image.id, rect, step: 1, display: { solo: solo === undefined ? [] : [solo] } }).then((reply) => {
      const context = canvas.current?.getContext('2d');
      if (!isCurrent || !reply.ok || context === null || context === undefined) return;
      context.clearRect(0, 0, 9, 9);
      context.putImageData(new ImageData(reply.value.rgba, reply.value.width, reply.value.height), left - x + REACH, top - y + REACH);
    });
    return () => { isCurrent = false; };
  }, [image, x, y, solo]);
  return <canvas ref={canvas} className={css['loupe']} width={9} height={9} role="img" aria-label={`The 9 × 9 pixels around ${String(x)}, ${String(y)}`} />;
}

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
      <Loupe image={image} x={pixel.x} y={pixel.y} />
    </Section>
  );
}
