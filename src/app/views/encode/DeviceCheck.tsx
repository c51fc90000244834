import { useState } from 'react';
import { DEVICE_LIMITS } from '../../../kernels/codecs/jpeg/device/limits.ts';
import type { DeviceId } from '../../../kernels/codecs/jpeg/device/limits.ts';
import { lintForDevice } from '../../../kernels/codecs/jpeg/device/lint.ts';
import type { ImageInfo } from '../../../workers/pixels/protocol.ts';
import { applyFix } from '../../commands/channel.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Segments } from '../../ui/controls.tsx';
import css from './encode.module.css';

const DEVICES = [{ value: 'jpege', title: 'JPEGE' }, { value: 'vic', title: 'VPI VIC' }] as const;

/** What a device would refuse of the picture as it is, and of the conversion where it converts, each with a button that mends it. */
export function DeviceCheck({ image }: { readonly image: ImageInfo }) {
  const [device, setDevice] = useState<DeviceId>('jpege');
  const options = useLab(({ parameters }) => parameters.options);
  const findings = lintForDevice(device, { ...image.spec, offsets: undefined }, options);
  const { title, plainOnly } = DEVICE_LIMITS[device];
  return (
    <>
      <Segments label="Device" value={device} choices={DEVICES} onChange={setDevice} />
      {findings.length === 0 && <p className={css['fine']} role="status">{`${title} takes this ${image.spec.format} ${String(image.spec.width)}×${String(image.spec.height)} as it is${plainOnly ? ', and the scale, offset and policy that Convert has' : ''}.`}</p>}
      {findings.map(({ rule, what, fixTitle, fix }) => (
        <div key={rule} className={css['finding']}>
          <p>{what}</p>
          <Button look="small" onClick={() => void applyFix(fix, device)}>{fixTitle}</Button>
        </div>
      ))}
      {findings.some(({ fix }) => fix.kind !== 'option') && <Note>A fix of the picture makes a copy, as a source of its own.</Note>}
    </>
  );
}
