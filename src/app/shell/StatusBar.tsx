import { useEffect, useState } from 'react';
import type { PixelSample } from '../../kernels/index.ts';
import { client } from '../lab.ts';
import { pointer } from '../state/pointer.ts';
import { activeImage, shownImages } from '../state/selectors.ts';
import { useLab } from '../state/store.ts';
import { notateSample, percent } from '../state/format.ts';
import { useReply } from '../ui/useReply.ts';
import { Button } from '../ui/controls.tsx';
import { missingParts } from '../parts.ts';
import { show } from '../commands/view.ts';
import css from './shell.module.css';

function useWorkerState(): string {
  const [state, setState] = useState(client.state());
  useEffect(() => client.onState(setState), []);
  return state;
}

function useMemory(): string {
  const [bytes, setBytes] = useState(0);
  const image = useLab((lab) => activeImage(lab)?.id);
  const result = useLab((lab) => lab.result);
  useEffect(() => { void client.memory().then(setBytes); }, [image, result]);
  return `${(bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0)} MiB`;
}

/** The pixel under the pointer, else the picked one: where, and its stored values. */
function Readout() {
  const at = pointer(({ at: hovered }) => hovered);
  const picked = useLab(({ view }) => view.pixel);
  const image = useLab((lab) => shownImages(lab).main);
  const notation = useLab(({ view }) => view.notation);
  const place = at ?? picked;
  const key = place === undefined || image === undefined ? '' : `${image.id} ${String(place.x)} ${String(place.y)}`;
  const reply = useReply<readonly PixelSample[]>(key, place === undefined || image === undefined ? undefined : () => client.pixel(image.id, place.x, place.y, 'status'));
  if (place === undefined || reply?.ok !== true) return <span className={css['readout']}>{image === undefined ? 'Nothing open' : 'Point at a pixel'}</span>;
  const values = reply.value.map((sample) => `${sample.component} ${notateSample(sample, notation)}`).join('  ');
  return <span className={`${css['readout'] ?? ''} mono`} aria-live={at === undefined ? 'polite' : 'off'}>{`${String(place.x)}, ${String(place.y)}   ${values}`}</span>;
}

/** The one place that says what the browser lacks. */
function Missing() {
  const [missing] = useState(missingParts);
  if (missing.length === 0) return undefined;
  return <Button look="small" data-volatile onClick={() => show('browser')} title={missing.map(({ title }) => title).join(', ')}>{missing.length === 1 ? '1 part missing' : `${String(missing.length)} parts missing`}</Button>;
}

export function StatusBar() {
  const zoom = pointer(({ zoom: current }) => current);
  const hasImage = useLab((lab) => activeImage(lab) !== undefined);
  return (
    <footer className={css['status']}>
      <Readout />
      {hasImage && <span className="mono">{percent(zoom)}</span>}
      <span className={css['wide']} data-volatile>worker {useWorkerState()}</span>
      <span className={`mono ${css['wide'] ?? ''}`} data-volatile title="Bytes of the files and images that are open">{useMemory()}</span>
      <Missing />
      <span className={css['wide']} title="Cross-origin isolated pages have shared memory and fine timers">{crossOriginIsolated ? 'isolated' : 'not isolated'}</span>
    </footer>
  );
}
