import { ArrowLeftRight } from 'lucide-react';
import { pixelFormat, vpiSupport } from '../../../kernels/index.ts';
import { unlikePlain } from '../../../kernels/tables/vpiSupport.ts';
import { resetOptions, setDestination, swapDirection } from '../../commands/conversion.ts';
import { activeImage, destinationOf, shownImages, targetSize } from '../../state/selectors.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, Section } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { FormatPicker } from '../../ui/FormatPicker.tsx';
import { Levels } from '../../ui/Levels.tsx';
import { MemoryLayout } from '../../ui/MemoryLayout.tsx';
import { ColorFields } from './ColorFields.tsx';
import { Compare } from './Compare.tsx';
import { DepthFields } from './DepthFields.tsx';
import { Downloads } from './Downloads.tsx';
import { MoreOptions } from './MoreOptions.tsx';
import { Readings } from './Readings.tsx';
import { SizeFields } from './SizeFields.tsx';
import { useAsk } from './useAsk.ts';

/** Who else converts this pair, as VPI's own table has it. */
function VpiLine() {
  const image = useLab(activeImage);
  const parameters = useLab((lab) => lab.parameters);
  if (image === undefined) return undefined;
  const { options } = parameters;
  const to = destinationOf({ parameters }, image);
  const { format, width, height } = image.spec;
  const { cpu, cuda, vic, vicReason } = vpiSupport(format, to, unlikePlain(options).length === 0, width, height);
  const made = targetSize({ parameters }, image);
  if (made.width !== width || made.height !== height) return <Note>VPI 3.2: a conversion keeps the size; its Rescale is an operation of its own.</Note>;
  const say = (supported: boolean): string => (supported ? 'yes' : 'no');
  return <Note>{`VPI 3.2: CPU ${say(cpu)}, CUDA ${say(cuda)}, VIC ${say(vic)}${vicReason === undefined ? '' : ` (${vicReason})`}, PVA no`}</Note>;
}

/** The format on the other side: converting back is a click. */
function Failure() {
  const result = useLab((lab) => lab.result);
  if (result.state !== 'failed') return undefined;
  return <Section title="Not converted"><ErrorNote error={result.error}><Button onClick={resetOptions}>Options as VPI has them</Button></ErrorNote></Section>;
}

/** Source → destination, every parameter, and how far the result is from the source. */
export function ConvertPanel() {
  const image = useLab(activeImage);
  const asked = useAsk();
  const shown = useLab((lab) => shownImages(lab).main);
  if (image === undefined || asked === undefined) return <Section title="Convert"><Note>Open a picture, or make this file one in Inspect.</Note></Section>;
  const { ask, inUse } = asked;
  const to = ask.to.format;
  return (
    <>
      <Section title="Source" aside={<span className="mono">{image.spec.format}</span>}>
        <ColorFields side="fromColor" ask={ask} inUse={inUse} image={image} />
      </Section>
      <Section title="Destination" aside={<Button look="small" aria-label="Swap source and destination" onClick={() => void swapDirection()}><ArrowLeftRight size={12} /> swap</Button>}>
        <FormatPicker label="Format" value={to} onChange={setDestination} />
        <MemoryLayout format={to} />
        {pixelFormat(to).family === 'palette' && <Note>The source’s palette, else 6 × 6 × 6 colours and 40 grays.</Note>}
        <ColorFields side="toColor" ask={ask} inUse={inUse} image={image} />
        <VpiLine />
      </Section>
      <SizeFields image={image} />
      <DepthFields inUse={inUse} />
      <Failure />
      <Readings image={image} />
      <Compare />
      {shown !== undefined && <Levels image={shown} />}
      <Fold title="Rounding, depth, chroma, dither, alpha"><MoreOptions ask={ask} inUse={inUse} /></Fold>
      <Downloads />
    </>
  );
}
