import { planWriting, sayChanges } from '../../kernels/codecs/writing.ts';
import type { ValueMapping } from '../../kernels/codecs/writing.ts';
import type { ColorSpec, ConvertOptions, PixelFormatId } from '../../kernels/index.ts';
import { isSuperseded } from '../../workers/pixels/client.ts';
import type { Converted, ExportKind, ExportOptions, Exported, ImageId, ImageInfo, Reply, RowAlignment } from '../../workers/pixels/protocol.ts';
import { client } from '../lab.ts';
import { activeColor, activeImage, activeSource, colorKey, conversionOf, lastConverted, sourceColor } from '../state/selectors.ts';
import type { Lab } from '../state/store.ts';
import { log, report, setParameters, useLab } from '../state/store.ts';
import { compareInTwo } from './comparing.ts';
import { busy, openRaw } from './files.ts';
import { saveFile } from './saveFile.ts';

/** The lane of figures of a result and its source. */
const FIGURES = 'compare';

export function setDestination(to: PixelFormatId): void {
  setParameters({ to });
}

/** `undefined` takes an option back to its default. */
export function setOptions(change: ConvertOptions): void {
  const { options } = useLab.getState().parameters;
  const merged = Object.entries({ ...options, ...change }).filter(([, value]) => value !== undefined);
  setParameters({ options: Object.fromEntries(merged) });
}

export function setColor(side: 'fromColor' | 'toColor', change: Partial<ColorSpec>): void {
  const lab = useLab.getState();
  const { fromColor, toColor } = lab.parameters;
  if (side === 'toColor') {
    setParameters({ toColor: { ...toColor, ...change } });
    return;
  }
  const key = activeColorKey();
  if (key !== undefined) setParameters({ fromColor: { ...fromColor, [key]: { ...activeColor(lab), ...change } } });
}

/** Takes back what was chosen of a side's colours: it is again as the file or the source has it. */
export function clearColor(side: 'fromColor' | 'toColor', part: keyof ColorSpec): void {
  const lab = useLab.getState();
  const without = (color: Partial<ColorSpec> | undefined): Partial<ColorSpec> => Object.fromEntries(Object.entries(color ?? {}).filter(([name]) => name !== part));
  const key = activeColorKey();
  if (side === 'toColor') setParameters({ toColor: without(lab.parameters.toColor) });
  else if (key !== undefined) setParameters({ fromColor: { ...lab.parameters.fromColor, [key]: without(activeColor(lab)) } });
}

function activeColorKey(): string | undefined {
  const lab = useLab.getState();
  const [source, image] = [activeSource(lab), activeImage(lab)];
  return source === undefined || image === undefined ? undefined : colorKey(source, image);
}

/** Everything of this conversion but the destination format as VPI has it. */
export function resetOptions(): void {
  const key = activeColorKey();
  const others = Object.entries(useLab.getState().parameters.fromColor).filter(([one]) => one !== key);
  setParameters({ options: {}, size: undefined, fromColor: Object.fromEntries(others), toColor: {} });
}

/** Turns the conversion round: the result becomes a source of its own, and the source's format the destination. */
export async function swapDirection(): Promise<void> {
  const lab = useLab.getState();
  const [image, made] = [activeImage(lab), lastConverted(lab)?.image];
  const bytes = made === undefined ? undefined : (await exportResult('result', 'raw'))?.files[0]?.bytes;
  if (image === undefined || made === undefined || bytes === undefined) return;
  const { format, width, height, colorSpec, palette } = made.spec;
  await openRaw(`${image.name} as ${format}`, bytes, { spec: { format, width, height, colorSpec, palette }, headerOffset: 0, padShort: false });
  const isResized = width !== image.spec.width || height !== image.spec.height;
  setParameters({ to: image.spec.format, toColor: {}, size: isResized ? { width: image.spec.width, height: image.spec.height } : undefined });
  if (isResized) setOptions({ decimate: undefined, resample: lab.parameters.options.resample ?? 'nearest' });
}

/** What is being made, so that whoever asks for the same waits for it. */
let underWay: { readonly key: string; readonly reply: Promise<Reply<Converted>> } | undefined;

/** Makes the result of the current parameters, its picture first; called whenever they or the source change. */
export async function convertNow(allowLarge = false): Promise<Reply<Converted> | undefined> {
  const lab = useLab.getState();
  const image = activeImage(lab);
  stopFigures();
  if (image === undefined) {
    const last = lastConverted(lab);
    useLab.setState({ result: { state: 'none' } });
    if (last !== undefined) void client.release([last.image.id]);
    return undefined;
  }
  const key = JSON.stringify([image.id, conversionOf(lab, image), allowLarge]);
  if (underWay?.key === key && lab.result.state === 'running') return underWay.reply;
  const own = { key, reply: makeResult(lab, image, allowLarge) };
  underWay = own;
  const reply = await own.reply;
  if (underWay === own) underWay = undefined;
  return reply;
}

async function makeResult(lab: Lab, image: ImageInfo, allowLarge: boolean): Promise<Reply<Converted>> {
  const last = lastConverted(lab);
  const since = performance.now();
  useLab.setState({ result: { state: 'running', since, last } });
  const reply = await client.convert(image.id, { ...conversionOf(lab, image), allowLarge });
  if (!reply.ok) {
    const { result } = useLab.getState();
    // Cancelled by the person, and nothing newer is under way.
    if (isSuperseded(reply.error) && result.state === 'running' && result.since === since) {
      useLab.setState({ result: { state: 'failed', error: { code: 'job/cancelled', what: 'The conversion was cancelled.', remedy: 'Change an option, or choose the format again, to start it anew.' }, last } });
    }
    if (!isSuperseded(reply.error)) {
      log('error', reply.error.what);
      useLab.setState({ result: { state: 'failed', error: reply.error, last } });
      if (reply.error.code === 'memory/ask') useLab.setState({ question: { title: 'This takes a lot of memory', text: `${reply.error.what} ${reply.error.remedy}`, confirm: 'Convert it all the same', run: () => void convertNow(true) } });
    }
    return reply;
  }
  if (last !== undefined) void client.release([last.image.id]);
  if (!isOpen(useLab.getState(), image.id)) {
    // Closed meanwhile: there is nothing to show it beside.
    useLab.setState(({ result }) => (result.state === 'running' && result.since === since ? { result: { state: 'none' } } : {}));
    void client.release([reply.value.image.id]);
    return reply;
  }
  void compareNow(image, reply.value);
  return reply;
}

/** Measures how far a result is from its source, quick figures first. */
async function compareNow(source: ImageInfo, converted: Converted): Promise<void> {
  useLab.setState({ result: { state: 'done', converted, figures: { state: 'running', rows: undefined } } });
  await compareInTwo(source, converted.image, undefined, FIGURES, (reply, isWhole) => {
    const { result } = useLab.getState();
    if (result.state !== 'done' || result.converted !== converted || result.figures.state !== 'running') return false;
    if (reply.ok) useLab.setState({ result: { ...result, figures: { state: isWhole ? 'done' : 'running', rows: reply.value } } });
    else useLab.setState({ result: { ...result, figures: isSuperseded(reply.error) ? { state: 'stopped', rows: result.figures.rows } : { state: 'failed', error: reply.error } } });
    return true;
  });
}

/** Ends the measuring; what is known so far stays. */
export const stopFigures = (): void => client.cancel(FIGURES);

const isOpen = ({ sources }: Pick<Lab, 'sources'>, image: ImageId): boolean => sources.some(({ views }) => views.some(({ id }) => id === image));

/** Lets go of the result where its source was closed, and of what is still measured of it. */
export function dropResult(): void {
  const lab = useLab.getState();
  const { result } = lab;
  const last = lastConverted(lab)?.image;
  if (last?.provenance.kind !== 'converted' || isOpen(lab, last.provenance.from)) return;
  stopFigures();
  useLab.setState({ result: result.state === 'running' ? { ...result, last: undefined } : { state: 'none' } });
  void client.release([last.id]);
}

/** Takes up the measuring that was stopped. */
export function resumeFigures(): void {
  const lab = useLab.getState();
  const image = activeImage(lab);
  if (image !== undefined && lab.result.state === 'done' && lab.result.figures.state === 'stopped') void compareNow(image, lab.result.converted);
}

/** A picture as files; a source in the colours that a person says it has. @param retry does it all the same, once the person agreed to the memory */
export async function exportResult(which: 'source' | 'result', kind: ExportKind, options: ExportOptions = {}, retry?: () => void): Promise<Exported | undefined> {
  const lab = useLab.getState();
  const image = which === 'source' ? activeImage(lab) : lastConverted(lab)?.image;
  if (image === undefined) return undefined;
  const reply = await busy(client.export(image.id, kind, { ...options, color: sourceColor(lab, image) }));
  if (reply.ok) return reply.value;
  if (reply.error.code === 'memory/ask' && retry !== undefined) useLab.setState({ question: { title: 'This takes a lot of memory', text: `${reply.error.what} ${reply.error.remedy}`, confirm: 'Write it all the same', run: retry } });
  else report(reply.error.code === 'job/cancelled' ? { ...reply.error, what: 'Writing the file was cancelled.' } : reply.error);
  return undefined;
}

/** How the rows of raw files lie that are downloaded from now on. */
export function setRowAlignment(rowAlignment: RowAlignment): void {
  useLab.setState({ rowAlignment });
}

/** How values without a white of their own become a downloaded picture's from now on. */
export function setValueMapping(valueMapping: ValueMapping): void {
  useLab.setState({ valueMapping });
}

/** Hands files to the person; a raw file comes with its sidecar. A Y4M that cannot hold the picture as it is asks first. */
export async function download(which: 'source' | 'result', kind: ExportKind, agreed: Pick<ExportOptions, 'allowLarge' | 'allowChanges'> = {}): Promise<void> {
  const lab = useLab.getState();
  const image = which === 'source' ? activeImage(lab) : lastConverted(lab)?.image;
  const writing = image === undefined || kind !== 'y4m' ? undefined : planWriting(image.spec.format, kind);
  if (image !== undefined && writing !== undefined && writing.changes.length > 0 && agreed.allowChanges !== true) {
    useLab.setState({ question: { title: `Y4M cannot hold ${image.spec.format} as it is`, text: `It would be written as ${writing.format}. ${sayChanges(writing) ?? ''} Raw bytes keep everything.`, confirm: 'Write it so', run: () => void download(which, kind, { ...agreed, allowChanges: true }) } });
    return;
  }
  const { rowAlignment, valueMapping: values } = lab;
  const exported = await exportResult(which, kind, { rowAlignment, values, ...agreed }, () => void download(which, kind, { ...agreed, allowLarge: true }));
  for (const { name, type, bytes } of exported?.files ?? []) saveFile(name, new Blob([bytes], { type }));
}
