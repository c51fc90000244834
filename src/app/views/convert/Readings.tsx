import { pixelFormat } from '../../../kernels/index.ts';
import type { ColorSpec, TraceRow } from '../../../kernels/index.ts';
import { client } from '../../lab.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { setColor } from '../../commands/conversion.ts';
import { sourceColor } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Section } from '../../ui/controls.tsx';
import { usePlace } from '../../ui/usePlace.ts';
import { useReply } from '../../ui/useReply.ts';
import css from './convert.module.css';

const READINGS: readonly { readonly title: string; readonly color: Pick<ColorSpec, 'matrix' | 'range'> }[] = [
  { title: 'literal: BT.601 full', color: { matrix: 'bt601', range: 'full' } },
  { title: 'BT.601 limited', color: { matrix: 'bt601', range: 'limited' } },
  { title: 'BT.709 limited', color: { matrix: 'bt709', range: 'limited' } },
];

function stored(rows: readonly TraceRow[]): readonly number[] {
  const values = rows[rows.length - 1]?.after ?? [];
  return ['R', 'G', 'B'].map((name) => values.find((value) => value.name === name)?.value ?? 0);
}

/** The picked pixel's colour under one reading of its numbers. */
function Reading({ image, title, color }: { readonly image: ImageInfo; readonly title: string; readonly color: Pick<ColorSpec, 'matrix' | 'range'> }) {
  const pixel = usePlace('source');
  const chosen = useLab((lab) => sourceColor(lab, image));
  const now = { matrix: 'bt601', range: 'full', ...image.spec.colorSpec, ...chosen };
  const { width, height } = image.spec;
  const ask = pixel === undefined ? undefined : () => client.trace(image.id, pixel.x, pixel.y, { to: { format: 'rgb24', width, height }, options: {}, fromColor: color }, `reading ${title}`);
  const reply = useReply(`${image.id} ${String(pixel?.x)} ${String(pixel?.y)} ${title}`, ask);
  if (reply?.ok !== true) return undefined;
  const rgb = stored(reply.value);
  const isNow = now.matrix === color.matrix && now.range === color.range;
  return (
    <li className={css['reading']}>
      <span>{title} <span className="mono">{`(${rgb.join(', ')})`}</span></span>
      <span className={css['swatch']} style={{ background: `rgb(${rgb.join(' ')})` }} />
      <Button look="small" aria-pressed={isNow} aria-label={`Read the source as ${title}`} onClick={() => setColor('fromColor', color)}>{isNow ? 'in use' : 'use'}</Button>
    </li>
  );
}

/** A YUV pixel read literally and as video: for the person who hunts a wrong colour. */
export function Readings({ image }: { readonly image: ImageInfo }) {
  const pixel = useLab(({ view }) => view.pixel);
  if (pixelFormat(image.spec.format).family !== 'yuv') return undefined;
  return (
    <Section title="The same pixel, read otherwise">
      {pixel === undefined ? <Note>Pick a pixel to compare full and limited range, BT.601 and BT.709.</Note> : <ul className={css['readings']}>{READINGS.map(({ title, color }) => <Reading key={title} image={image} title={title} color={color} />)}</ul>}
    </Section>
  );
}
