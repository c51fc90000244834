import { byteLength, pixelFormat, planeLayouts, toErrorInfo } from '../../../kernels/index.ts';
import type { ImageSpec, LabErrorInfo, PixelFormatId } from '../../../kernels/index.ts';
import { sharesChroma } from '../../../kernels/image/exchange.ts';
import { alignedStrides } from '../../../kernels/image/layout.ts';
import { storedRows, withStoredRows } from '../../../kernels/image/storedRows.ts';
import type { RawGeometry } from '../../../workers/pixels/protocol.ts';
import { setGeometry } from '../../commands/files.ts';
import { swapRedBlue, swappedFormat } from '../../commands/swap.ts';
import type { Source } from '../../state/document.ts';
import { updateSource, useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, NumberField, Section } from '../../ui/controls.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { FormatPicker } from '../../ui/FormatPicker.tsx';
import { group } from '../../ui/format.ts';
import controls from '../../ui/controls.module.css';
import css from './inspect.module.css';
import { fixes } from './fixes.ts';
import { changeSpec, fittingStrides, swapChroma } from './layoutEdits.ts';
import type { Occupancy } from './occupancy.ts';
import { solveSize } from './solveSize.ts';
import { framesIn, occupancy } from './occupancy.ts';

const ALIGNMENTS = [16, 64, 128, 256] as const;
const LONGEST_EDGE = 100_000_000;

function checkEdge(value: number): string | undefined {
  if (!Number.isInteger(value)) return 'A whole number of pixels.';
  if (value < 1) return 'At least 1.';
  return value > LONGEST_EDGE ? `At most ${group(LONGEST_EDGE)}.` : undefined;
}

const checkBytes = (value: number): string | undefined => (Number.isSafeInteger(value) && value >= 0 ? undefined : 'A whole number of bytes.');

/** `frame` counts from 0: so many whole frames lie before the one that is shown. */
type Taken = Occupancy & { readonly frames: number; readonly frame: number; readonly frameBytes: number };

/** What the geometry takes of a file, the header left out. */
function needed({ spec, headerOffset }: RawGeometry, fileBytes: number): Taken | { readonly error: LabErrorInfo } {
  try {
    const available = fileBytes - headerOffset;
    const frameBytes = byteLength(spec);
    const frame = Math.floor(headerOffset / frameBytes);
    return { ...occupancy(spec, available), frameBytes, frame, frames: frame + framesIn(spec, available) };
  } catch (thrown) {
    return { error: toErrorInfo(thrown) };
  }
}

/** `67 of 67 B: 7 header, 45 samples, 15 padding`. */
function sum({ bytes, sampleBytes, paddingBytes, frames, frame }: Taken, headerOffset: number, fileBytes: number): string {
  const spare = fileBytes - bytes - headerOffset;
  const parts = [[headerOffset, frame > 0 ? 'before it' : 'header'], [sampleBytes, 'samples'], [paddingBytes, 'padding'], [Math.max(0, spare), frames > 1 ? 'behind it' : 'left over']] as const;
  const named = parts.filter(([count]) => count > 0).map(([count, name]) => `${group(count)} ${name}`);
  return `${group(bytes + headerOffset)} of ${group(fileBytes)} B${named.length > 1 ? `: ${named.join(', ')}` : ''}`;
}

interface EditProps {
  readonly geometry: RawGeometry;
  readonly apply: (change: Partial<RawGeometry>) => void;
}

/** Strides, one a plane, with the common ones a click away. */
function Strides({ geometry: { spec, headerOffset }, apply, fileBytes }: EditProps & { readonly fileBytes: number }) {
  const strides = spec.strides ?? alignedStrides(spec);
  const change = (next: readonly number[] | undefined): void => apply({ spec: changeSpec(spec, { strides: next }) });
  const fitting = checkEdge(spec.width) === undefined && checkEdge(spec.height) === undefined ? fittingStrides(spec, fileBytes - headerOffset) : undefined;
  const isFitting = fitting?.join() === strides.join();
  return (
    <>
      {strides.map((stride, plane) => (
        <NumberField key={plane} waits label={strides.length === 1 ? 'Stride, bytes' : `Stride of plane ${String(plane)}`} value={stride} check={checkBytes} onChange={(value) => change(strides.map((old, index) => (index === plane ? value : old)))} />
      ))}
      <div className={controls['actions']} role="group" aria-label="Strides">
        <Button look="small" aria-pressed={spec.strides === undefined} onClick={() => change(undefined)}>tight</Button>
        {ALIGNMENTS.map((alignment) => <Button key={alignment} look="small" onClick={() => change(alignedStrides(spec, alignment))}>{`align ${String(alignment)}`}</Button>)}
        {fitting !== undefined && !isFitting && <Button look="small" onClick={() => change(fitting)}>{`fit ${String(fitting[0])}`}</Button>}
      </div>
    </>
  );
}

/** Where each plane begins, for rows of padding between them and planes in another order. */
function Starts({ geometry: { spec }, apply }: EditProps) {
  const starts = planeLayouts(spec).map(({ offset }) => offset);
  const change = (offsets: readonly number[] | undefined): void => apply({ spec: { ...spec, offsets } });
  return (
    <div className={css['inner']}><Fold title="Starts of planes" aside={spec.offsets === undefined ? 'one after another' : starts.map(group).join(', ')}>
      {starts.map((start, plane) => <NumberField key={plane} waits label={`Start of plane ${String(plane)}`} value={start} check={checkBytes} onChange={(value) => change(starts.map((old, index) => (index === plane ? value : old)))} />)}
      <div className={controls['actions']}><Button look="small" aria-pressed={spec.offsets === undefined} onClick={() => change(undefined)}>one after another</Button></div>
      <Note>Bytes from the end of the header.</Note>
    </Fold></div>
  );
}

/** Reads two components the other way round: by a format with the other order, by planes in the other order, or else by a copy of the picture that is shown. */
function SwapButton({ geometry: { spec }, apply, isSound, isRead }: EditProps & { readonly isSound: boolean; readonly isRead: boolean }) {
  const swapped = isSound ? swapChroma(spec) : undefined;
  if (swapped !== undefined) return <Button look="small" onClick={() => apply({ spec: swapped })}>Swap U and V</Button>;
  const hasTwin = swappedFormat(spec.format) !== undefined;
  if (!hasTwin && !sharesChroma(spec.format)) return undefined;
  if (!hasTwin) return <Button look="small" disabled={!isRead} title={`No format is ${spec.format} with U and V the other way round: the bytes are copied with the two exchanged, as a source of its own.`} onClick={swapRedBlue}>Copy with U and V swapped</Button>;
  return <Button look="small" onClick={swapRedBlue}>{pixelFormat(spec.format).family === 'yuv' ? 'Swap U and V' : 'Swap R and B'}</Button>;
}

/** What is wrong with the geometry, what the stage shows meanwhile, and ways on. */
function Fault({ source, geometry, apply, isShort }: EditProps & { readonly source: Source; readonly isShort: boolean }) {
  const { error, key, views, file } = source;
  const [shown] = views;
  if (error === undefined) return undefined;
  return (
    <>
      <ErrorNote error={error}>
        {isShort && fixes(geometry, file.bytes).map((fix) => <Button key={fix.title} onClick={() => void setGeometry(key, fix.geometry)}>{fix.title}</Button>)}
        {error.code === 'memory/ask' && <Button onClick={() => void setGeometry(key, { ...geometry, allowLarge: true })}>Allocate it all the same</Button>}
        {error.code === 'layout/stride' && <Button onClick={() => apply({ spec: changeSpec(geometry.spec, { strides: undefined }) })}>Tight strides</Button>}
      </ErrorNote>
      {shown !== undefined && <Note>{`The stage still shows ${shown.spec.format} ${String(shown.spec.width)}×${String(shown.spec.height)}, the last that could be read.`}</Note>}
    </>
  );
}

/** Format, size, offset and strides of a raw dump, and whether they add up to the file. */
export function Geometry({ source }: { readonly source: Source }) {
  const geometry = useLab(({ parameters }) => parameters.geometry[source.key]);
  if (geometry === undefined) return undefined;
  const { spec, headerOffset } = geometry;
  const apply = (change: Partial<RawGeometry>): void => void setGeometry(source.key, { ...geometry, padShort: false, ...change });
  const change = (part: Partial<ImageSpec>): void => apply({ spec: changeSpec(spec, part) });
  const resize = (part: Partial<ImageSpec>): void => {
    updateSource(source.key, { hasOwnSize: true, solved: undefined });
    change(part);
  };
  const setFormat = (format: PixelFormatId): void => {
    const solved = source.hasOwnSize === true ? undefined : solveSize(format, geometry, source.file, source.guesses);
    updateSource(source.key, { solved: solved?.says });
    if (solved === undefined) change({ format });
    else apply({ spec: solved.spec, headerOffset: solved.headerOffset });
  };
  const fileBytes = source.file.bytes;
  const need = needed(geometry, fileBytes);
  const isSound = 'bytes' in need;
  const stored = isSound ? storedRows(spec) : undefined;
  const spare = isSound ? fileBytes - headerOffset - need.bytes : 0;
  return (
    <Section title="Geometry" aside={<SwapButton geometry={geometry} apply={apply} isSound={isSound} isRead={source.error === undefined && source.views.length > 0} />}>
      <FormatPicker label="Format" value={spec.format} onChange={setFormat} />
      <NumberField waits label="Width" value={spec.width} check={checkEdge} onChange={(width) => resize({ width })} />
      <NumberField waits label="Height" value={spec.height} check={checkEdge} onChange={(height) => resize({ height })} />
      {source.solved !== undefined && <Note>{source.solved}</Note>}
      <NumberField waits label="Header, bytes" value={headerOffset} check={checkBytes} onChange={(offset) => apply({ headerOffset: offset })} />
      {isSound && need.frames > 1 && <NumberField waits label={`Frame, of ${String(need.frames)}`} value={need.frame + 1} check={(value) => (Number.isInteger(value) && value >= 1 && value <= need.frames ? undefined : `1 … ${String(need.frames)}.`)} onChange={(frame) => apply({ headerOffset: headerOffset + (frame - 1 - need.frame) * need.frameBytes })} />}
      <Strides geometry={geometry} apply={apply} fileBytes={fileBytes} />
      {isSound && stored !== undefined && <NumberField waits label="Stored rows" value={stored} check={(value) => (Number.isInteger(value) && value >= spec.height ? undefined : `A whole number, at least ${String(spec.height)}.`)} onChange={(rows) => apply({ spec: withStoredRows(spec, rows) })} />}
      {isSound && pixelFormat(spec.format).planes.length > 1 && <Starts geometry={geometry} apply={apply} />}
      {isSound && <p className="mono">{sum(need, headerOffset, fileBytes)}</p>}
      {isSound && need.frames > 1 && <Note>{`Holds ${String(need.frames)} frames; ${need.frame === 0 ? 'the first' : `frame ${String(need.frame + 1)}`} is shown.`}</Note>}
      <Fault source={source} geometry={geometry} apply={apply} isShort={isSound && spare < 0} />
      {geometry.padShort && spare < 0 && <Note>{`${group(-spare)} B past the end of the file are shown as 0.`}</Note>}
    </Section>
  );
}
