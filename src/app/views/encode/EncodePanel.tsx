import { ENCODER_ROWS, encoderRow } from '../../../workers/encode/client.ts';
import { chooseEncoder, resetEncodeOptions, setEncodeOption } from '../../commands/encoding.ts';
import { activeImage } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, Note, Section, SelectField } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { OptionForm } from '../../ui/OptionForm.tsx';
import { Batch } from './Batch.tsx';
import { Channel } from './Channel.tsx';
import { DeviceCheck } from './DeviceCheck.tsx';
import { Outcome } from './Outcome.tsx';
import { Target } from './Target.tsx';

/** Which encoder, in a sentence what it is, and why it is absent where it is. */
function EncoderChoice() {
  const { encoder } = useLab(({ parameters }) => parameters.encode);
  const absences = useLab(({ encoding }) => encoding.absences);
  const choices = ENCODER_ROWS.map(({ id, title }) => ({ value: id, title: absences?.[id] === undefined ? title : `${title} (absent)` }));
  return (
    <Section title="Encoder">
      <SelectField label="Encoder" value={encoder} choices={choices} onChange={chooseEncoder} />
      <Note>{encoderRow(encoder).says}</Note>
      {absences?.[encoder] !== undefined && <Note>{`Absent: ${absences[encoder]}`}</Note>}
    </Section>
  );
}

const NONE = {} as const;

function Options() {
  const { encoder, options } = useLab(({ parameters }) => parameters.encode);
  const row = encoderRow(encoder);
  const values = options[encoder] ?? NONE;
  if (row.options.length === 0) return undefined;
  return (
    <Section title="Options" aside={Object.keys(values).length > 0 ? <Button look="small" onClick={() => resetEncodeOptions(encoder)}>Reset</Button> : undefined}>
      <OptionForm key={encoder} rows={row.options} values={values} onChange={(id, value) => setEncodeOption(encoder, id, value)} />
    </Section>
  );
}

/** What an encoder makes of the active picture, and everything around our own. */
export default function EncodePanel() {
  const image = useLab(activeImage);
  const encoder = useLab(({ parameters }) => parameters.encode.encoder);
  if (image === undefined) return <Section title="Encode"><Note>Open a picture, or make this file one in Inspect.</Note></Section>;
  return (
    <>
      <EncoderChoice />
      <Outcome image={image} />
      <Options />
      {encoderRow(encoder).sweep !== undefined && <Fold title="Pick by target"><Target /></Fold>}
      <Fold title="Device check"><DeviceCheck image={image} /></Fold>
      <Fold title="JPEG channel"><Channel image={image} /></Fold>
      <Fold title="Batch"><Batch /></Fold>
    </>
  );
}
