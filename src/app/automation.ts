import { LabError } from '../kernels/index.ts';
import type { ConvertOptions, ImageSpec, PixelFormatId, PixelSample, TraceRow } from '../kernels/index.ts';
import { ENCODER_ROWS } from '../workers/encode/client.ts';
import type { SettingsSearch } from '../kernels/search/settingsSearch.ts';
import type { BenchReport } from '../kernels/bench/report.ts';
import type { BenchPlan } from '../workers/bench/client.ts';
import type { EncodeResult, EncoderId, OptionValues } from '../workers/encode/client.ts';
import type { Comparison, Converted, ExportOptions, Exported, ImageInfo, Reply } from '../workers/pixels/protocol.ts';
import { checkBytes, checkChoice, checkEncoding, checkFormat, checkOptions, checkPlan, checkSpec } from './checks.ts';
import { referenceNamed, searchSettings, setReference } from './commands/comparing.ts';
import { convertNow, exportResult } from './commands/conversion.ts';
import { openFiles, openRaw } from './commands/files.ts';
import { showView } from './commands/view.ts';
import { encodeWith } from './commands/encoding.ts';
import { client, encoders } from './lab.ts';
import type { Lab } from './state/store.ts';
import { setParameters, useLab } from './state/store.ts';
import { fetchFile } from './fetchFile.ts';
import { activeImage, conversionOf, isWithReference, lastConverted, pairOf, readingOf } from './state/selectors.ts';

/** The commands as functions, for programs: `await window.swizzle.convert('nv12')`. Calls are worked off one after another; only what a person changes meanwhile takes the place of one. Every promise rejects with an Error whose `info` has code, what and remedy. */
export interface Automation {
  /** Opens a file, or the file behind an address of this origin; or several of them, among which a raw one may have its sidecar, a .json as `export('raw')` makes it: `openFile([raw, sidecar])`. The last one is active, and its facts are given; rejects where one could not be opened. */
  openFile(files: File | string | readonly (File | string)[]): Promise<ImageInfo>;
  openRaw(bytes: Uint8Array, spec: ImageSpec, name?: string): Promise<ImageInfo>;
  /** Converts the active image; the view follows. Resolves when the result is there; `ready` waits for the figures too. */
  convert(to: PixelFormatId, options?: ConvertOptions): Promise<Converted>;
  /** Values of the active image, or of the result. */
  pixel(x: number, y: number, which?: 'source' | 'result'): Promise<readonly PixelSample[]>;
  trace(x: number, y: number): Promise<readonly TraceRow[]>;
  /** How far the active image, or what was made of it, is from another open one, by its file's name; the view follows. */
  compare(reference: string, which?: 'source' | 'result'): Promise<readonly Comparison[]>;
  /** Which settings make of the active image, in the destination's format, what another open one is; the nearest first. */
  findSettings(reference: string): Promise<SettingsSearch>;
  /** The result as files: raw bytes and sidecar, PNG, JPEG (ours, straight from planes), PPM, Y4M or QOI. `values` maps float, signed and 32-bit values, and is asked for with them (`export/values`); `allowChanges` lets a file hold something else than the picture (`export/changes`), which a Y4M does not without it. */
  export(kind?: 'raw' | 'png' | 'jpeg' | 'ppm' | 'y4m' | 'qoi', which?: 'source' | 'result', options?: Pick<ExportOptions, 'values' | 'allowChanges'>): Promise<Exported>;
  /** Encodes the active image; the view follows. `bytes` is the file; `facts` has the times of the runs that fit into `budgetMs` (one where left out). */
  encode(encoder?: EncoderId, options?: OptionValues, budgetMs?: number): Promise<Omit<EncodeResult, 'file'> & { readonly bytes: Uint8Array }>;
  /** Why each encoder that is absent is so. */
  encoders(): Promise<readonly { readonly id: EncoderId; readonly title: string; readonly absence: string | undefined }[]>;
  /** Measures; the view follows. What the plan leaves out is as the view has it. */
  bench(plan?: Partial<BenchPlan>): Promise<BenchReport>;
  state(): Pick<Lab, 'sources' | 'activeKey' | 'parameters' | 'result' | 'encoding' | 'view' | 'notice'>;
  /** Resolves when nothing is under way. */
  ready(): Promise<void>;
  /** Ends the worker as a crash would: it must come back with everything. */
  crashWorker(): void;
}

function unwrap<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw new LabError(reply.error);
}

const NOTHING_OPEN = { code: 'automation/nothing-open', what: 'No image is open.', remedy: 'Call openFile or openRaw first.' } as const;

function active(): ImageInfo {
  const image = activeImage(useLab.getState());
  if (image === undefined) throw new LabError(NOTHING_OPEN);
  return image;
}

/** The result of the parameters of now. */
async function convertedNow(): Promise<Reply<Converted>> {
  return (await convertNow()) ?? { ok: false, error: NOTHING_OPEN };
}

const isBusy = ({ attempts, all, sweep, search, load, batch }: Lab['encoding']): boolean => [all, sweep, search, load, batch].some(({ state }) => state === 'running') || Object.values(attempts).some((attempt) => attempt?.state === 'running');

const isIdle = ({ busy, result, encoding }: Lab): boolean => busy.length === 0 && !isBusy(encoding) && result.state !== 'running' && !(result.state === 'done' && result.figures.state === 'running');

const EXPORT_KINDS = ['raw', 'png', 'jpeg', 'ppm', 'y4m', 'qoi'] as const;
const SIDES = ['source', 'result'] as const;

let last: Promise<unknown> = Promise.resolve();

/** Calls are worked off one after another, in the order in which they were made: none takes the place of another. */
function queued<A extends readonly unknown[], T>(verb: (...given: A) => Promise<T>): (...given: A) => Promise<T> {
  return (...given) => {
    const answer = last.then(() => verb(...given));
    last = answer.catch(() => undefined);
    return answer;
  };
}

const VERBS: Omit<Automation, 'state' | 'ready' | 'crashWorker' | 'encoders'> = {
  async openFile(files) {
    const given: readonly unknown[] = Array.isArray(files) ? files : [files];
    if (given.length === 0) throw new LabError({ code: 'automation/no-file', what: 'No file was given: the list is empty.', remedy: 'Give one File or address, or several.' });
    const sources = await openFiles(await Promise.all(given.map((file) => fetchFile(file))));
    const { notice } = useLab.getState();
    if (notice === undefined && sources.every((source) => source !== undefined)) return active();
    throw new LabError(notice ?? { code: 'automation/not-opened', what: 'The file was not opened: a later one took its place, or the page asks first because of its memory.', remedy: 'Open one after the other, and look at the page.' });
  },
  async openRaw(bytes, spec, name = 'raw') {
    checkBytes(bytes);
    checkSpec(spec);
    return unwrap(await openRaw(name, bytes, { spec, headerOffset: 0, padShort: false }));
  },
  async convert(to, options = {}) {
    active();
    checkFormat(to);
    checkOptions(options);
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    // In one step: what follows from a change of state follows once.
    useLab.setState(({ parameters, view }) => ({ parameters: { ...parameters, to, options: given, size: undefined }, view: { ...view, id: 'convert' } }));
    return unwrap(await convertedNow());
  },
  async pixel(x, y, which = 'source') {
    checkChoice('side', SIDES, which);
    const image = which === 'source' ? active() : (lastConverted(useLab.getState())?.image ?? active());
    return unwrap(await client.pixel(image.id, x, y, 'automation-pixel'));
  },
  async trace(x, y) {
    const image = active();
    return unwrap(await client.trace(image.id, x, y, conversionOf(useLab.getState(), image), 'automation'));
  },
  async compare(reference, which = 'source') {
    checkChoice('side', SIDES, which);
    const image = active();
    setReference(referenceNamed(reference));
    showView(which === 'source' ? 'inspect' : 'convert');
    if (which === 'result') unwrap(await convertedNow());
    const pair = pairOf(useLab.getState());
    if (pair === undefined || !isWithReference(pair)) throw new LabError({ code: 'automation/no-result', what: `There is nothing of ${image.name} to compare.`, remedy: 'Call convert first.' });
    return unwrap(await client.compare(pair.first.id, pair.second.id, { reading: readingOf(pair), similarity: true }, 'automation-compare'));
  },
  async findSettings(reference) {
    const image = active();
    setReference(referenceNamed(reference));
    const reply = await searchSettings(image);
    if (reply === undefined) throw new LabError({ code: 'automation/reference', what: `“${reference}” was closed.`, remedy: 'Open it again.' });
    return unwrap(reply);
  },
  async export(kind = 'raw', which = 'result', { values, allowChanges } = {}) {
    checkChoice('kind of file', EXPORT_KINDS, kind);
    checkChoice('side', SIDES, which);
    const exported = await exportResult(which, kind, { values, allowChanges });
    if (exported === undefined) throw new LabError(useLab.getState().notice ?? { code: 'automation/no-result', what: 'There is nothing to export.', remedy: 'Call convert first.' });
    return exported;
  },
  async encode(encoder = 'ours', options = {}, budgetMs = 0) {
    active();
    checkEncoding(encoder, options, budgetMs);
    const { encode } = useLab.getState().parameters;
    setParameters({ encode: { encoder, options: { ...encode.options, [encoder]: options } } });
    showView('encode');
    const reply = await encodeWith(encoder, options, budgetMs);
    if (reply === undefined) throw new LabError({ code: 'job/superseded', what: 'A newer encoding took the place of this one.', remedy: 'Wait for one before the next is asked for.' });
    const result = unwrap(reply);
    return { ...result, bytes: encoders.bytes(result.file) ?? new Uint8Array(0) };
  },
  async bench(plan = {}) {
    checkPlan(plan);
    setParameters({ bench: { ...useLab.getState().parameters.bench, ...plan } });
    showView('bench');
    const { run } = await import('./views/bench/commands.ts');
    return unwrap(await run());
  },
};

const AUTOMATION: Automation = {
  openFile: queued(VERBS.openFile),
  openRaw: queued(VERBS.openRaw),
  convert: queued(VERBS.convert),
  pixel: queued(VERBS.pixel),
  trace: queued(VERBS.trace),
  compare: queued(VERBS.compare),
  findSettings: queued(VERBS.findSettings),
  export: queued(VERBS.export),
  encode: queued(VERBS.encode),
  bench: queued(VERBS.bench),
  async encoders() {
    const absences = await encoders.absences();
    return ENCODER_ROWS.map(({ id, title }) => ({ id, title, absence: absences[id] }));
  },
  state() {
    const { sources, activeKey, parameters, result, encoding, view, notice } = useLab.getState();
    return { sources, activeKey, parameters, result, encoding, view, notice };
  },
  async ready() {
    await last;
    await document.fonts.ready;
    await new Promise<void>((resolve) => {
      if (isIdle(useLab.getState())) resolve();
      const stop = useLab.subscribe((lab) => { if (isIdle(lab)) { stop(); resolve(); } });
    });
  },
  crashWorker: () => client.simulateCrash(),
};

declare global {
  interface Window {
    swizzle: Automation;
  }
}

export function installAutomation(): void {
  window.swizzle = AUTOMATION;
}
