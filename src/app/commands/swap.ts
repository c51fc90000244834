import { sharesChroma } from '../../kernels/image/exchange.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import { client } from '../lab.ts';
import { activeImage, activeSource, sourceColor } from '../state/selectors.ts';
import { log, report, useLab } from '../state/store.ts';
import { activeGeometry, addRaw, busy, setGeometry } from './files.ts';

const PAIRS: readonly (readonly [PixelFormatId, PixelFormatId])[] = [
  ['rgb24', 'bgr24'], ['rgba', 'bgra'], ['argb', 'abgr'], ['rgb0', 'bgr0'], ['0rgb', '0bgr'], ['rgb565le', 'bgr565le'], ['rgb565be', 'bgr565be'], ['x2rgb10le', 'x2bgr10le'], ['a2rgb10le', 'a2bgr10le'], ['nv12', 'nv21'], ['nv24', 'nv42'], ['yuyv422', 'yvyu422'], ['uyvy422', 'vyuy422'],
];

/** The same layout with red and blue (or U and V) exchanged, where there is one. */
export function swappedFormat(format: PixelFormatId): PixelFormatId | undefined {
  const pair = PAIRS.find((formats) => formats.includes(format));
  return pair?.find((candidate) => candidate !== format);
}

/** “R and B look swapped”: reads a raw source the other way round, or makes a copy that is. */
export function swapRedBlue(): void {
  const active = activeGeometry();
  const format = active?.geometry.spec.format;
  const swapped = format === undefined ? undefined : swappedFormat(format);
  if (active !== undefined && swapped !== undefined) void setGeometry(active.key, { ...active.geometry, spec: { ...active.geometry.spec, format: swapped } });
  else if (format !== undefined && sharesChroma(format)) void copyWithChromaExchanged();
  else log('info', 'Red and blue, or U and V, can be exchanged in a raw source whose format has a twin, or whose U and V lie in one plane.');
}

/** For a raw source whose format has no twin: its picture with U and V exchanged as a raw source of its own, read and coloured alike. */
async function copyWithChromaExchanged(): Promise<void> {
  const lab = useLab.getState();
  const [image, active] = [activeImage(lab), activeGeometry()];
  // Of a geometry that could not be read there is no picture.
  if (image === undefined || active === undefined || activeSource(lab)?.error !== undefined) return;
  const reply = await busy(client.exchangeChroma(image.id));
  if (reply.ok) await addRaw(reply.value, { spec: { ...active.geometry.spec, offsets: undefined }, headerOffset: 0, padShort: false }, sourceColor(lab, image));
  else report(reply.error);
}
