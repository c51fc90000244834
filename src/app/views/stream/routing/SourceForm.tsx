import { Button, FileButton, Note, NumberField, Section, SelectField } from '../../../ui/controls.tsx';
import { FormatPicker } from '../../../ui/FormatPicker.tsx';
import { LARGEST_PATTERN, LARGEST_SIDE, MOST_FPS, wholeFault } from '../wholeFault.ts';
import { change, changeChoice, openCapture, openFile, openPattern } from './commands.ts';
import css from './routing.module.css';
import { useRouting } from './state.ts';
import { Switch } from './Switch.tsx';

const KINDS = [
  { value: 'pattern', title: 'Test pattern' },
  { value: 'camera', title: 'Camera' },
  { value: 'screen', title: 'Tab, window or screen' },
  { value: 'video', title: 'Video file' },
  { value: 'raw', title: 'Raw dump of frames' },
  { value: 'y4m', title: 'Y4M' },
  { value: 'animation', title: 'Animated image' },
] as const;

const ACCEPTS: Partial<Record<string, string>> = { video: 'video/*,.mkv', y4m: '.y4m', animation: 'image/gif,image/webp,image/avif,image/png,image/apng' };

/** Of a row, and of a header before the first frame. */
const BYTES = wholeFault(0, 2 ** 30);

/** What must be known of pixels that say nothing of themselves. */
function Geometry() {
  const choice = useRouting((state) => state.choice);
  const isDump = choice.kind === 'raw';
  const side = wholeFault(1, isDump ? LARGEST_SIDE : LARGEST_PATTERN);
  return (
    <>
      <FormatPicker label="Format" value={choice.format} onChange={(format) => changeChoice({ format })} />
      <NumberField label="Width" value={choice.width} check={side} step={2} onChange={(width) => changeChoice({ width })} />
      <NumberField label="Height" value={choice.height} check={side} step={2} onChange={(height) => changeChoice({ height })} />
      {isDump && <NumberField label="Stride, 0: tight" value={choice.stride} check={BYTES} step={16} onChange={(stride) => changeChoice({ stride })} />}
      {isDump && <NumberField label="Header bytes" value={choice.headerOffset} check={BYTES} onChange={(headerOffset) => changeChoice({ headerOffset })} />}
      <NumberField label="Frames a second" value={choice.fps} check={wholeFault(1, MOST_FPS)} onChange={(fps) => changeChoice({ fps })} />
    </>
  );
}

function OpenButton() {
  const kind = useRouting(({ choice }) => choice.kind);
  const isOpening = useRouting((state) => state.isOpening);
  // One button at a time stands out: before a source is open the welcome's for the pattern, then that which plays it.
  const look = useRouting(({ snapshot }) => snapshot?.source !== undefined) ? 'plain' : 'primary';
  if (kind === 'pattern') return <Button disabled={isOpening} onClick={() => void openPattern()}>Open the pattern</Button>;
  if (kind === 'camera' || kind === 'screen') return <Button look={look} disabled={isOpening} onClick={() => void openCapture(kind)}>{kind === 'camera' ? 'Open the camera' : 'Share…'}</Button>;
  return <FileButton look={look} label="Open a file…" name="File of moving pictures" disabled={isOpening} accept={ACCEPTS[kind]} onFile={(file) => void openFile(file)} />;
}

/** Where the pictures come from, and how they are played. */
export function SourceForm() {
  const kind = useRouting(({ choice }) => choice.kind);
  const settings = useRouting((state) => state.settings);
  return (
    <Section title="Source">
      <SelectField label="Kind" value={kind} choices={KINDS} onChange={(next) => changeChoice({ kind: next })} />
      {(kind === 'pattern' || kind === 'raw') && <Geometry />}
      <div className={css['actions']}><OpenButton /></div>
      <NumberField label="Play at, fps" value={settings.fps} check={wholeFault(0, MOST_FPS)} onChange={(fps) => change({ fps })} />
      <Switch label="Loop" value={settings.loop} onChange={(loop) => change({ loop })} />
      {settings.fps === 0 && <Note>At 0 the source sets the pace.</Note>}
    </Section>
  );
}
