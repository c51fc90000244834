import { byteLength, formatBytes, requiredBytes, toErrorInfo } from '../../kernels/index.ts';
import type { ColorSpec, ImageSpec, LabErrorInfo } from '../../kernels/index.ts';
import { planeLayouts, proportionalStrides, rowSizes } from '../../kernels/image/layout.ts';
import type { FileFacts, FileId, FileWay, GuessRow, ImageId, ImageInfo, OpenOptions, Opened, RawGeometry, Reply } from '../../workers/pixels/protocol.ts';
import { isSuperseded } from '../../workers/pixels/client.ts';
import { client, encoders } from '../lab.ts';
import type { Source, SourceSettings } from '../state/document.ts';
import { activeSource, colorKey } from '../state/selectors.ts';
import { log, report, setInAllHistory, setParameters, setView, updateSource, useLab } from '../state/store.ts';
import { faultOf, faultsTogether } from './openFaults.ts';
import { unusedSidecar, withSidecars } from './sidecars.ts';
import type { ToOpen } from './sidecars.ts';

const GONE: LabErrorInfo = { code: 'source/unknown', what: 'The source is not open any more.', remedy: 'Open it again.' };

/** Runs something the person waits for, so that a bar can say so; several may be under way at once. */
export async function busy<T>(work: Promise<T>): Promise<T> {
  const job = { since: performance.now() };
  useLab.setState(({ busy: jobs }) => ({ busy: [...jobs, job] }));
  try {
    return await work;
  } finally {
    useLab.setState(({ busy: jobs }) => ({ busy: jobs.filter((one) => one !== job) }));
  }
}

function addSource(opened: Omit<Opened, 'guesses'> & Pick<Source, 'guesses'>, sample: string | undefined, { fromColor }: SourceSettings = {}): Source {
  const source: Source = { key: opened.file.id, file: opened.file, views: opened.images, active: opened.images[0]?.id, guesses: opened.guesses, sample, reading: undefined, unused: undefined, error: undefined };
  const [first] = source.views;
  const key = first === undefined ? source.key : colorKey(source, first);
  // Before the source is there, so that it is never read without.
  if (fromColor !== undefined) setInAllHistory((parameters) => ({ ...parameters, fromColor: { ...parameters.fromColor, [key]: fromColor } }));
  useLab.setState(({ sources }) => ({ sources: [...sources, source], activeKey: source.key, notice: undefined }));
  setView({ zoom: 0, pixel: undefined, solo: undefined, black: undefined, white: undefined });
  if (opened.file.mismatch !== undefined) log('info', `${opened.file.name}: ${opened.file.mismatch}`);
  return source;
}

/** Takes in what a worker made as a source of its own. */
export const addMade = (opened: Opened): Source => addSource(opened, undefined);

/** The planes of U and V in the other order, which are alike in size: YV12 is yuv420p so. */
function vBeforeU(spec: ImageSpec): ImageSpec {
  const [y, first, second] = planeLayouts(spec).map(({ offset }) => offset);
  return y === undefined || first === undefined || second === undefined ? spec : { ...spec, offsets: [y, second, first] };
}

/** The name's format and size: as it has them where whole frames fill the file, else with the stride or header of the guess that explains every byte. */
function namedGeometry({ hint, bytes }: FileFacts, guesses: readonly GuessRow[]): RawGeometry | undefined {
  if (hint?.width === undefined || hint.height === undefined || hint.format === undefined) return undefined;
  const { format, width, height, strides, colorSpec } = hint;
  const [first] = strides ?? [];
  const isWide = first !== undefined && first >= rowSizes({ format, width }, 0).rowBytes;
  const named: ImageSpec = { format, width, height, colorSpec, strides: isWide ? proportionalStrides({ format, width }, first) : undefined };
  const isWhole = requiredBytes(named) === bytes || bytes % byteLength(named) === 0;
  const exact = isWhole ? undefined : guesses.find(({ spec, headerOffset }) => spec.format === format && spec.width === width && spec.height === height && (byteLength(spec) + headerOffset === bytes || spec.offsets !== undefined));
  const spec = exact === undefined ? named : { ...exact.spec, colorSpec };
  return { spec: hint.vBeforeU === true ? vBeforeU(spec) : spec, headerOffset: exact?.headerOffset ?? 0, padShort: false };
}

/** The geometry to begin with: what the name says, else the likeliest guess. */
function firstGeometry(file: FileFacts, guesses: readonly GuessRow[]): RawGeometry {
  const [best] = guesses;
  const { hint, bytes } = file;
  const named = namedGeometry(file, guesses);
  if (named !== undefined) return named;
  if (best !== undefined) return { spec: best.spec, headerOffset: best.headerOffset, padShort: false };
  const side = Math.max(1, Math.floor(Math.sqrt(bytes)));
  return { spec: { format: hint?.width === undefined ? 'gray' : (hint.format ?? 'gray'), width: hint?.width ?? side, height: hint?.height ?? side }, headerOffset: 0, padShort: false };
}

interface Opening {
  readonly name: string;
  readonly sample?: string | undefined;
  readonly settings?: SourceSettings | undefined;
  /** The name of the sidecar beside it. */
  readonly sidecar?: string | undefined;
  /** Whether its geometry is a link's. */
  readonly isLinked?: boolean;
  /** Opens it all the same, once the person agreed to the memory. */
  readonly retry?: () => void;
  /** What was opened, where it can be read another way. */
  readonly file?: File;
}

async function settle(reply: Reply<Opened>, { name, sample, settings, sidecar, isLinked = false, retry, file }: Opening): Promise<Source | undefined> {
  if (!reply.ok) {
    if (reply.error.code === 'memory/ask' && retry !== undefined) useLab.setState({ question: { title: 'This takes a lot of memory', text: `${reply.error.what} ${reply.error.remedy}`, confirm: 'Open it all the same', run: retry } });
    else if (reply.error.code === 'job/cancelled') report({ ...reply.error, what: `Opening “${name}” was cancelled.`, remedy: 'Open it again if it was not meant so.' });
    else if (!isSuperseded(reply.error)) {
      report(faultOf(name, reply.error));
      if (file !== undefined && file.size > 0) useLab.setState(({ unopened }) => ({ unopened: [...unopened, file] }));
    }
    return undefined;
  }
  const source = addSource(reply.value, sample, settings);
  const isDecoded = reply.value.images.length > 0;
  const unused = sidecar === undefined ? undefined : unusedSidecar(name, sidecar, { isDecoded, isLinked });
  updateSource(source.key, { unused });
  if (unused !== undefined) log('info', unused);
  if (!isDecoded) await beginGeometry(source.key, settings?.geometry ?? firstGeometry(source.file, reply.value.guesses));
  return source;
}

/** Opens files one after another, a raw one as its sidecar among them says; the last one is shown, and one notice tells of all that failed. @returns of each file but the sidecars its source, where it could be opened */
export async function openFiles(files: readonly File[]): Promise<readonly (Source | undefined)[]> {
  const faults: LabErrorInfo[] = [];
  useLab.setState({ unopened: [] });
  const sources: (Source | undefined)[] = [];
  for (const one of await busy(withSidecars(files))) {
    sources.push(await openOne(one));
    const { notice } = useLab.getState();
    if (notice !== undefined) faults.push(notice);
  }
  useLab.setState({ notice: faultsTogether(faults) });
  return sources;
}

/** The geometry that its sidecar says counts where no link has another. */
async function openOne(one: ToOpen, options: OpenOptions = {}): Promise<Source | undefined> {
  const { file, geometry, sidecar } = one;
  useLab.setState({ notice: undefined });
  const reply = await busy(client.open(file, file.name, options));
  const { awaited } = useLab.getState();
  const isAwaited = reply.ok && awaited?.name === file.name;
  if (isAwaited) useLab.setState({ awaited: undefined });
  const linked = isAwaited ? fitting(awaited.geometry, file) : undefined;
  const settings = { ...(isAwaited ? awaited : {}), geometry: linked ?? geometry };
  return settle(reply, { name: file.name, settings, sidecar, isLinked: linked !== undefined, retry: () => void openOne(one, { ...options, allowLarge: true }), ...(options.reading === 'raw' ? {} : { file }) });
}

/** Reads as raw pixels what could not be opened as the file that it begins like, or else the active source, whatever it was decoded as. */
export async function readAsRaw(): Promise<void> {
  const { unopened, notice } = useLab.getState();
  const files = notice !== undefined && unopened.length > 0 ? unopened : await activeFile();
  useLab.setState({ unopened: [] });
  for (const file of files) await openOne({ file, geometry: undefined, sidecar: undefined }, { reading: 'raw' });
}

/** The active source's bytes as a file. */
async function activeFile(): Promise<readonly File[]> {
  const source = activeSource(useLab.getState());
  if (source === undefined || source.file.bytes === 0) {
    report({ code: 'source/no-file', what: 'There is no file to read as raw pixels.', remedy: 'Open one first.' });
    return [];
  }
  const reply = await busy(client.fileBytes(source.file.id));
  if (reply.ok) return [new File([Uint8Array.from(reply.value)], source.file.name)];
  report(reply.error);
  return [];
}

/** A link's geometry, where the file that now has the name is long enough for it. */
function fitting(geometry: RawGeometry | undefined, { name, size }: File): RawGeometry | undefined {
  if (geometry === undefined) return undefined;
  try {
    const needed = requiredBytes(geometry.spec) + geometry.headerOffset;
    if (geometry.padShort || needed <= size) return geometry;
    log('info', `${name}: the link’s geometry needs ${formatBytes(needed)}, this file has ${formatBytes(size)}; it was not used.`);
  } catch (thrown) {
    log('info', `${name}: the link’s geometry was not used. ${toErrorInfo(thrown).what}`);
  }
  return undefined;
}

/** @param settings what a link says of it */
export async function openSample(id: string, settings?: SourceSettings): Promise<Source | undefined> {
  return settle(await busy(client.sample(id)), { name: id, sample: id, settings });
}

/** Bytes as a raw dump of a known geometry. */
export async function openRaw(name: string, bytes: Uint8Array, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
  const kept = await busy(client.keep(name, bytes));
  if (!kept.ok) return kept;
  return addRaw(kept.value, geometry);
}

/** Takes in a file that a worker keeps as a raw source of its own. @param fromColor what is said over the colours of the geometry */
export async function addRaw(file: FileFacts, geometry: RawGeometry, fromColor?: Partial<ColorSpec>): Promise<Reply<ImageInfo>> {
  const { key } = addSource({ file, images: [], guesses: undefined }, undefined, { fromColor });
  const reply = await beginGeometry(key, geometry);
  // For whoever doubts the geometry; nobody waits for it.
  void client.guess(file.id).then((guessed) => { if (guessed.ok) updateSource(key, { guesses: guessed.value }); });
  return reply;
}

/** Reads a raw source for the first time. */
async function beginGeometry(key: string, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
  updateSource(key, { reading: geometry });
  setInAllHistory((parameters) => ({ ...parameters, geometry: { ...parameters.geometry, [key]: geometry } }));
  return applyGeometry(key, geometry);
}

/** Reads a raw source with another geometry. The last picture stays while this one cannot be made. */
export async function setGeometry(key: string, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
  // Said before the parameters are: what follows from an undo is not to follow from this.
  updateSource(key, { reading: geometry });
  setParameters({ geometry: { ...useLab.getState().parameters.geometry, [key]: geometry } });
  return applyGeometry(key, geometry);
}

/** As `setGeometry`, for a geometry that the parameters already have (undo, links). */
export async function applyGeometry(key: string, geometry: RawGeometry): Promise<Reply<ImageInfo>> {
  const source = useLab.getState().sources.find((candidate) => candidate.key === key);
  if (source === undefined) return { ok: false, error: GONE };
  updateSource(key, { reading: geometry });
  const reply = await client.openRaw(source.file.id, geometry);
  if (reply.ok && !isOpen(key)) letGo([reply.value.id]);
  else if (reply.ok) {
    updateSource(key, { views: [reply.value], active: reply.value.id, error: undefined });
    letGo(source.views.map(({ id }) => id));
  } else if (!isSuperseded(reply.error)) {
    log('error', reply.error.what);
    updateSource(key, { error: reply.error });
  }
  return reply;
}

/** A source may be closed while a picture of it is made. */
const isOpen = (key: string): boolean => useLab.getState().sources.some((source) => source.key === key);

/** Pictures that nobody can look at any more, and the file they were read from. */
function letGo(images: readonly ImageId[], file?: FileId): void {
  encoders.closed(images);
  void client.release(file === undefined ? images : [file, ...images]);
}

export function selectSource(key: string): void {
  useLab.setState({ activeKey: key });
  setView({ zoom: 0, pixel: undefined, solo: undefined, black: undefined, white: undefined });
}

/** Another way to see the active source's file: a JPEG's own planes instead of RGB. */
export function selectView(key: string, id: ImageInfo['id']): void {
  useLab.setState({ activeKey: key });
  updateSource(key, { active: id });
}

/** A further way to see a file, made now and shown beside those that are there. */
export async function openWay(key: string, way: FileWay): Promise<Reply<ImageInfo>> {
  const source = useLab.getState().sources.find((candidate) => candidate.key === key);
  if (source === undefined) return { ok: false, error: GONE };
  const reply = await busy(client.openAs(source.file.id, way.id));
  if (reply.ok && !isOpen(key)) letGo([reply.value.id]);
  else if (reply.ok) {
    const now = useLab.getState().sources.find((candidate) => candidate.key === key);
    updateSource(key, { views: [...(now?.views ?? []), reply.value], file: { ...source.file, ways: now?.file.ways?.filter(({ id }) => id !== way.id) } });
    selectView(key, reply.value.id);
  } else if (!isSuperseded(reply.error)) report(faultOf(source.file.name, reply.error));
  return reply;
}

export function removeSource(key: string): void {
  const { sources, activeKey, referenceKey } = useLab.getState();
  const removed = sources.find((source) => source.key === key);
  const rest = sources.filter((source) => source.key !== key);
  useLab.setState({ sources: rest, activeKey: activeKey === key ? rest[rest.length - 1]?.key : activeKey, referenceKey: referenceKey === key ? undefined : referenceKey });
  if (removed !== undefined) letGo(removed.views.map(({ id }) => id), removed.file.id);
}

/** The active raw source's key and geometry. */
export function activeGeometry(): { readonly key: string; readonly geometry: RawGeometry } | undefined {
  const lab = useLab.getState();
  const source = activeSource(lab);
  const geometry = source === undefined ? undefined : lab.parameters.geometry[source.key];
  return source === undefined || geometry === undefined ? undefined : { key: source.key, geometry };
}
