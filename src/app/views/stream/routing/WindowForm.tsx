import { Button, Note, NumberField, Section, Segments, SelectField } from '../../../ui/controls.tsx';
import { CLAIMED_ENCODINGS } from '../../../../workers/stream/client.ts';
import type { ClaimedEncoding, VideoCodec, WindowSetup } from '../../../../workers/stream/client.ts';
import { LARGEST_SIDE, wholeFault } from '../wholeFault.ts';
import { addWindow, changeWindow, select } from './commands.ts';
import { size } from './figures.ts';
import css from './routing.module.css';
import { selectedWindow, useRouting } from './state.ts';
import { Switch } from './Switch.tsx';

/** Layouts that an encoding's pixels may have. */
const LAYOUTS: Record<ClaimedEncoding, readonly string[]> = {
  rgb32: ['BGRX', 'RGBX', 'XRGB', 'XBGR', 'BGRA', 'RGBA', 'ARGB', 'ABGR'], rgb24: ['RGB', 'BGR'], bgr565: ['BGR565'], r210: ['r210'],
  jpeg: ['BGRX'], png: ['BGRX'], mmap: ['BGRX', 'RGBX'], scroll: ['BGRX'],
};

const SAYS: Record<ClaimedEncoding, string> = {
  rgb32: 'rgb32, 4 bytes a pixel', rgb24: 'rgb24, 3 bytes a pixel', bgr565: 'bgr565, packed 16 bits', r210: 'r210, packed 30 bits',
  jpeg: 'jpeg, compressed already', png: 'png, compressed already', mmap: 'mmap, shared memory', scroll: 'scroll, moves what is there',
};

const SCALINGS = [[1, 1], [2, 3], [1, 2], [1, 4]] as const;
const ratio = ([numerator, denominator]: WindowSetup['scaling']): string => `${String(numerator)}:${String(denominator)}`;

const CODECS = [{ value: 'auto', title: 'the first that fits' }, { value: 'vp8', title: 'VP8' }, { value: 'vp9', title: 'VP9' }, { value: 'av1', title: 'AV1' }, { value: 'h264', title: 'H.264' }] as const;
const DECODED = [{ value: 'YUV420P', title: 'YUV420P' }, { value: 'YUV444P', title: 'YUV444P' }, { value: 'YUV444P YUV420P', title: 'YUV444P, YUV420P' }, { value: 'YUV422P', title: 'YUV422P (no encoder)' }] as const;

const RAW: readonly ClaimedEncoding[] = ['rgb32', 'rgb24', 'bgr565', 'r210'];
const COMPRESSIONS = [{ value: 'none', title: 'no' }, { value: 'zlib', title: 'with zlib' }] as const;
const ENCODER_OPTIONS: readonly { readonly value: string; readonly title: string; readonly options: WindowSetup['encoderOptions'] }[] = [
  { value: 'none', title: 'none', options: undefined },
  { value: 'quality', title: 'quality 20', options: { quality: 20 } },
  { value: 'key_frame', title: 'key_frame', options: { key_frame: true } },
  { value: 'b_frames', title: 'b_frames 2', options: { b_frames: 2 } },
];

const named = (values: readonly string[]): readonly { readonly value: string; readonly title: string }[] => values.map((value) => ({ value, title: value }));

const OPTION = wholeFault(-1, 100);
const ROWS = wholeFault(1, 4096);

/** What arrives: the window and what its frames claim to be. */
function Arriving({ setup, change }: { readonly setup: WindowSetup; readonly change: (setup: Partial<WindowSetup>) => void }) {
  const source = useRouting(({ snapshot }) => snapshot?.source?.spec);
  const side = (most: number | undefined): ReturnType<typeof wholeFault> => wholeFault(2, most ?? LARGEST_SIDE, most === undefined ? '' : 'A window is cut out of the source, which is no larger.');
  return (
    <>
      <NumberField label="Width" value={setup.width} check={side(source?.width)} step={2} onChange={(width) => change({ width })} />
      <NumberField label="Height" value={setup.height} check={side(source?.height)} step={2} onChange={(height) => change({ height })} />
      {source !== undefined && (setup.width > source.width || setup.height > source.height) && <Note>{`The source has ${size(source)} pixels: the window is ${size({ width: Math.min(setup.width, source.width), height: Math.min(setup.height, source.height) })}.`}</Note>}
      <SelectField label="Encoding" value={setup.encoding} choices={CLAIMED_ENCODINGS.map((value) => ({ value, title: SAYS[value] }))} onChange={(encoding) => change({ encoding, rgbFormat: LAYOUTS[encoding][0] ?? 'BGRX' })} />
      <SelectField label="rgb_format" value={setup.rgbFormat} choices={named(LAYOUTS[setup.encoding])} onChange={(rgbFormat) => change({ rgbFormat })} />
      {RAW.includes(setup.encoding) && <SelectField label="Compressed" value={setup.compression ?? 'none'} choices={COMPRESSIONS} onChange={(value) => change({ compression: value === 'zlib' ? 'zlib' : undefined })} />}
      <NumberField label="Rows of × bytes" value={setup.rowAlign} check={ROWS} step={16} onChange={(rowAlign) => change({ rowAlign })} />
    </>
  );
}

/** What the client asks for. */
function Asked({ setup, change }: { readonly setup: WindowSetup; readonly change: (setup: Partial<WindowSetup>) => void }) {
  const codecOf = (value: string): VideoCodec | undefined => (value === 'vp8' || value === 'vp9' || value === 'av1' || value === 'h264' ? value : undefined);
  return (
    <>
      <Switch label="Proxy flag" value={setup.proxy} onChange={(proxy) => change({ proxy })} says="The frame is for the proxy to encode." />
      <SelectField label="Codec" value={setup.codec ?? 'auto'} choices={CODECS} onChange={(value) => change({ codec: codecOf(value) })} />
      <NumberField label="Quality, −1: none" value={setup.quality} check={OPTION} step={5} onChange={(quality) => change({ quality })} />
      <NumberField label="Speed, −1: none" value={setup.speed} check={OPTION} step={5} onChange={(speed) => change({ speed })} />
      <SelectField label="Scaling" value={ratio(setup.scaling)} choices={named(SCALINGS.map(ratio))} onChange={(value) => change({ scaling: SCALINGS.find((scaling) => ratio(scaling) === value) ?? [1, 1] })} />
      <SelectField label="Depth" value={String(setup.depth)} choices={named(['16', '24', '30', '32'])} onChange={(value) => change({ depth: Number(value) })} />
      <SelectField label="Encoder options" value={ENCODER_OPTIONS.find(({ options }) => options === setup.encoderOptions)?.value ?? 'none'} choices={ENCODER_OPTIONS} onChange={(chosen) => change({ encoderOptions: ENCODER_OPTIONS.find(({ value }) => value === chosen)?.options })} />
      <SelectField label="dst_formats" value={setup.dstFormats.join(' ')} choices={DECODED} onChange={(value) => change({ dstFormats: value.split(' ') })} />
    </>
  );
}

/** One window's frames and options; which one, is chosen above. */
export function WindowForm() {
  const windows = useRouting((state) => state.windows);
  const setup = useRouting(selectedWindow);
  const change = (next: Partial<WindowSetup>): void => changeWindow(setup.id, next);
  return (
    <Section title="Windows" aside={<Button look="small" onClick={addWindow}>Add a window</Button>}>
      {windows.length === 0 ? <Note>There is no window: add one.</Note> : (
        <>
          {windows.length > 1 && <Segments label="Window" value={String(setup.id)} choices={windows.map(({ id }) => ({ value: String(id), title: `Window ${String(id)}` }))} onChange={(id) => select(Number(id))} />}
          <h3 className={css['subhead']}>What arrives</h3>
          <Arriving setup={setup} change={change} />
          <h3 className={css['subhead']}>What the client asks</h3>
          <Asked setup={setup} change={change} />
        </>
      )}
    </Section>
  );
}
