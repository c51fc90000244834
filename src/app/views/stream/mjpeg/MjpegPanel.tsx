import { PRESETS } from '../../../../workers/mjpeg/client.ts';
import type { PresetId } from '../../../../workers/mjpeg/client.ts';
import { Button, FileButton, Note, NumberField, Section, SegmentsField, SelectField } from '../../../ui/controls.tsx';
import { FormatPicker } from '../../../ui/FormatPicker.tsx';
import { LARGEST_PATTERN, MOST_FPS, wholeFault } from '../wholeFault.ts';
import { canRecordToFile, change, choose, finishRecording, inspect, openFile, record, start, stop } from './commands.ts';
import css from './mjpeg.module.css';
import { isUntouched, useBench } from './state.ts';

const KINDS = [
  { value: 'pattern', title: 'Test pattern' }, { value: 'camera', title: 'Camera' }, { value: 'screen', title: 'Tab, window or screen' },
  { value: 'video', title: 'Video file' }, { value: 'y4m', title: 'Y4M' }, { value: 'animation', title: 'Animated image' },
] as const;
const FILTERS = [{ value: 'nearest', title: 'Every n-th' }, { value: 'box', title: 'Box' }, { value: 'bilinear', title: 'Bilinear' }] as const;
const CHROMA = [{ value: 'nearest', title: '4:2:0, first of four' }, { value: 'box', title: '4:2:0, averaged' }] as const;
const PRESET_IDS: readonly PresetId[] = ['naive', 'fast', 'both', 'steps'];
const PRESET_CHOICES = PRESET_IDS.map((value) => ({ value, title: PRESETS[value].title }));

const ACCEPTS: Partial<Record<string, string>> = { video: 'video/*,.mkv', y4m: '.y4m', animation: 'image/gif,image/webp,image/avif,image/png,image/apng' };

function StartButton() {
  const kind = useBench(({ choice }) => choice.kind);
  const isRunning = useBench(({ snapshot }) => snapshot?.state === 'running');
  const isStarting = useBench((state) => state.isStarting);
  // The welcome beside it has the same button, and is what a stranger should see first.
  const isSecond = useBench(isUntouched) && kind === 'pattern';
  const accept = ACCEPTS[kind];
  if (isRunning) return <Button onClick={() => void stop()}>Stop</Button>;
  if (accept !== undefined) return <FileButton look="primary" label="Start with a file…" accept={accept} onFile={(file) => void start(file)} />;
  return <Button look={isSecond ? 'plain' : 'primary'} disabled={isStarting} onClick={() => void start()}>Start</Button>;
}

function SourceForm() {
  const choice = useBench((state) => state.choice);
  return (
    <Section title="Source">
      <SelectField label="Kind" value={choice.kind} choices={KINDS} onChange={(kind) => choose({ kind })} />
      {choice.kind === 'pattern' && (
        <>
          <FormatPicker label="Format" value={choice.format} onChange={(format) => choose({ format })} />
          <NumberField label="Width" value={choice.width} check={wholeFault(8, LARGEST_PATTERN)} onChange={(width) => choose({ width })} step={2} />
          <NumberField label="Height" value={choice.height} check={wholeFault(8, LARGEST_PATTERN)} onChange={(height) => choose({ height })} step={2} />
        </>
      )}
      <div className={css['actions']}><StartButton /></div>
    </Section>
  );
}

function ChainForm() {
  const settings = useBench((state) => state.settings);
  return (
    <Section title="Chain">
      <SegmentsField title="Preset" label="Preset" value={settings.preset} choices={PRESET_CHOICES} onChange={(preset) => change({ preset })} />
      <NumberField label="Decimation n" value={settings.decimate} check={wholeFault(1, 256)} onChange={(decimate) => change({ decimate })} />
      <SelectField label="Mode" value={settings.filter} choices={FILTERS} onChange={(filter) => change({ filter })} />
      <SelectField label="Chroma" value={settings.chroma} choices={CHROMA} onChange={(chroma) => change({ chroma })} />
      <NumberField label="Quality" value={settings.quality} check={wholeFault(1, 100)} onChange={(quality) => change({ quality })} />
      <NumberField label="Target fps" value={settings.fps} check={wholeFault(0, MOST_FPS)} onChange={(fps) => change({ fps })} />
      <NumberField label="Ceiling, kbit/s" value={settings.ceiling / 1000} check={wholeFault(0, 1_000_000)} step={100} onChange={(kilobits) => change({ ceiling: kilobits * 1000 })} />
      <Note>{settings.fps === 0 ? 'At 0 fps frames are made as fast as they can be.' : 'A frame that is late is left out: the newest wins.'} {settings.ceiling > 0 ? 'Above the ceiling the quality falls in proportion, by a quarter a frame at most and to 5 at least; below 85 % of it, it rises by 1.' : 'At 0 there is no ceiling.'}</Note>
    </Section>
  );
}

function RecordForm() {
  const recording = useBench(({ snapshot }) => snapshot?.recording);
  const isRunning = useBench(({ snapshot }) => snapshot?.state === 'running');
  const made = useBench(({ snapshot }) => snapshot?.made ?? 0);
  return (
    <Section title="Stream">
      <div className={css['actions']}>
        {recording === undefined
          ? <Button disabled={!isRunning} onClick={() => void record(false)}>Record</Button>
          : <Button onClick={() => void finishRecording()}>End the recording</Button>}
        {recording === undefined && canRecordToFile() && <Button disabled={!isRunning} onClick={() => void record(true)}>Record to a file…</Button>}
        <Button disabled={made === 0} onClick={() => void inspect()}>Inspect a part</Button>
        <FileButton label="Open an .mjpeg…" accept=".mjpeg,.mjpg,.bin,multipart/x-mixed-replace,video/x-motion-jpeg" onFile={(file) => void openFile(file)} />
      </div>
      {recording !== undefined && <p className={css['mono']} role="status"><span data-volatile>{recording.frames} frames, {(recording.bytes / 1000).toFixed(0)} kB recorded</span></p>}
    </Section>
  );
}

/** Settings of the MJPEG bench. */
export function MjpegPanel() {
  return (
    <>
      <SourceForm />
      <ChainForm />
      <RecordForm />
    </>
  );
}
