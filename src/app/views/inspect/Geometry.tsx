import { pixelFormat, requiredBytes, toErrorInfo } from '../../../kernels/index.ts';
import type { ImageSpec, LabErrorInfo } from '../../../kernels/index.ts';
import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import { rowSizes } from '../../../kernels/image/layout.ts';
import type { RawGeometry } from '../../../workers/protocol.ts';
import { setGeometry } from '../../commands/files.ts';
import { swapRedBlue, swappedFormat } from '../../commands/conversion.ts';
import type { Source } from '../../state/document.ts';
import { useLab } from '../../state/store.ts';
import { Button, ErrorNote, Note, NumberField, Section } from '../../ui/controls.tsx';
import { FormatPicker } from '../../ui/FormatPicker.tsx';
import { group } from '../../ui/format.ts';
import controls from '../../ui/controls.module.css';
import type { Occupancy } from './occupancy.ts';
import { framesIn, occupancy } from './occupancy.ts';

const ALIGNMENTS = [16, 64, 128, 256] as const;

interface Fix {
  readonly title: string;
  readonly geometry: RawGeometry;
}

/** Ways to make the numbers agree when the file is shorter than its geometry. */
function fixes(geometry: RawGeometry, fileBytes: number): readonly Fix[] {
  const { spec, headerOffset } = geometry;
  const rows = (height: number): ImageSpec => ({ ...spec, height });
  const out: Fix[] = [{ title: 'Show it, pad with 0', geometry: { ...geometry, padShort: true } }];
  const step = formatLayout(spec.format).chroma.y;
  let height = spec.height;
  // The most whole rows that the file has; sizes are monotonic in the height.
  let [low, high] = [0, spec.height];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (requiredBytes(rows(Math.max(1, middle))) + headerOffset <= fileBytes) low = middle;
    else high = middle - 1;
  }
  height = Math.floor(low / step) * step;
  if (height > 0 && height !== spec.height) out.push({ title: `Height ${String(height)}`, geometry: { ...geometry, spec: rows(height) } });
  const missing = requiredBytes(spec) + headerOffset - fileBytes;
  if (headerOffset >= missing && missing > 0) out.push({ title: `Offset −${String(missing)}`, geometry: { ...geometry, headerOffset: headerOffset - missing } });
  return out;
}

type Taken = Occupancy & { readonly frames: number };

/** What the geometry takes of a file, the header left out. */
function needed({ spec, headerOffset }: RawGeometry, fileBytes: number): Taken | { readonly error: LabErrorInfo } {
  try {
    const available = fileBytes - headerOffset;
    return { ...occupancy(spec, available), frames: framesIn(spec, available) };
  } catch (thrown) {
    return { error: toErrorInfo(thrown) };
  }
}

/** `67 of 67 B: 7 header, 45 samples, 15 padding`. */
function sum({ bytes, sampleBytes, paddingBytes, frames }: Taken, headerOffset: number, fileBytes: number): string {
  const spare = fileBytes - bytes - headerOffset;
  const parts = [[headerOffset, 'header'], [sampleBytes, 'samples'], [paddingBytes, 'padding'], [Math.max(0, spare), frames > 1 ? 'behind it' : 'left over']] as const;
  const named = parts.filter(([count]) => count > 0).map(([count, name]) => `${group(count)} ${name}`);
  return `${group(bytes + headerOffset)} of ${group(fileBytes)} B${named.length > 1 ? `: ${named.join(', ')}` : ''}`;
}

function tightStrides(spec: ImageSpec): readonly number[] {
  return pixelFormat(spec.format).planes.map((_, plane) => rowSizes(spec, plane).tightStride);
}

/** Format, size, offset and strides of a raw dump, and whether they add up to the file. */
export function Geometry({ source }: { readonly source: Source }) {
  const geometry = useLab(({ parameters }) => parameters.geometry[source.key]);
  if (geometry === undefined) return undefined;
  const { spec, headerOffset } = geometry;
  const apply = (change: Partial<RawGeometry>): void => void setGeometry(source.key, { ...geometry, padShort: false, ...change });
  const change = (part: Partial<ImageSpec>, keepStrides = false): void => apply({ spec: { ...spec, strides: keepStrides ? spec.strides : undefined, ...part } });
  const fileBytes = source.file.bytes;
  const need = needed(geometry, fileBytes);
  const strides = spec.strides ?? tightStrides(spec);
  const spare = 'bytes' in need ? fileBytes - headerOffset - need.bytes : 0;
  const align = (alignment: number): void => change({ strides: tightStrides(spec).map((stride) => Math.ceil(stride / alignment) * alignment) });
  return (
    <Section title="Geometry" aside={swappedFormat(spec.format) === undefined ? undefined : <Button look="small" onClick={swapRedBlue}>{pixelFormat(spec.format).family === 'yuv' ? 'Swap U and V' : 'Swap R and B'}</Button>}>
      <FormatPicker label="Format" value={spec.format} onChange={(format) => change({ format })} />
      <NumberField label="Width" value={spec.width} min={1} onChange={(width) => change({ width })} />
      <NumberField label="Height" value={spec.height} min={1} onChange={(height) => change({ height }, true)} />
      <NumberField label="Header, bytes" value={headerOffset} min={0} onChange={(offset) => apply({ headerOffset: offset })} />
      {strides.map((stride, plane) => (
        <NumberField key={plane} label={strides.length === 1 ? 'Stride, bytes' : `Stride of plane ${String(plane)}`} value={stride} onChange={(value) => change({ strides: strides.map((old, index) => (index === plane ? value : old)) })} />
      ))}
      <div className={controls['actions']} role="group" aria-label="Strides">
        <Button look="small" aria-pressed={spec.strides === undefined} onClick={() => change({ strides: undefined })}>tight</Button>
        {ALIGNMENTS.map((alignment) => <Button key={alignment} look="small" onClick={() => align(alignment)}>{`align ${String(alignment)}`}</Button>)}
      </div>
      {'bytes' in need && <p className="mono">{sum(need, headerOffset, fileBytes)}</p>}
      {'bytes' in need && need.frames > 1 && <Note>{`Holds ${String(need.frames)} frames; the first is shown.`}</Note>}
      {source.error !== undefined && (
        <ErrorNote error={source.error}>
          {'bytes' in need && spare < 0 && fixes(geometry, fileBytes).map((fix) => <Button key={fix.title} onClick={() => void setGeometry(source.key, fix.geometry)}>{fix.title}</Button>)}
          {source.error.code === 'memory/ask' && <Button onClick={() => void setGeometry(source.key, { ...geometry, allowLarge: true })}>Allocate it all the same</Button>}
          {'error' in need && <Button onClick={() => change({ strides: undefined })}>Tight strides</Button>}
        </ErrorNote>
      )}
      {geometry.padShort && spare < 0 && <Note>{`${group(-spare)} B past the end of the file are shown as 0.`}</Note>}
    </Section>
  );
}

