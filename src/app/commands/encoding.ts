import type { LabErrorInfo } from '../../kernels/index.ts';
import { isSuperseded } from '../../workers/pixels/client.ts';
import { ENCODER_ROWS, encoderRow } from '../../workers/encode/client.ts';
import type { EncodeResult, EncoderId, OptionValue, OptionValues } from '../../workers/encode/client.ts';
import type { ImageInfo, Reply } from '../../workers/pixels/protocol.ts';
import { encoders } from '../lab.ts';
import type { Attempt } from '../state/encoding.ts';
import { resultOf } from '../state/encoding.ts';
import { activeImage, encodedResult, sourceColor } from '../state/selectors.ts';
import { log, setEncoding, setParameters, useLab } from '../state/store.ts';
import { saveFile } from './saveFile.ts';

/** Milliseconds of runs after a change, and when all encoders are measured side by side. */
const [QUICK_MS, CAREFUL_MS] = [250, 700];
/** A moment for the next keystroke, so that half a number is not encoded. */
const SETTLE_MS = 120;

const running = new Map<EncoderId, AbortController>();
let allJob: AbortController | undefined;

export const chooseEncoder = (encoder: EncoderId): void => setParameters({ encode: { ...useLab.getState().parameters.encode, encoder } });

const DEFAULTS: OptionValues = {};

export const optionsOf = (encoder: EncoderId): OptionValues => useLab.getState().parameters.encode.options[encoder] ?? DEFAULTS;

/** A value that is the default is left out: links stay short. */
export function setEncodeOption(encoder: EncoderId, name: string, value: OptionValue): void {
  const { encode } = useLab.getState().parameters;
  const row = encoderRow(encoder).options.find(({ id }) => id === name);
  const merged = Object.entries({ ...encode.options[encoder], [name]: value }).filter(([id, one]) => id !== name || one !== row?.default);
  setParameters({ encode: { ...encode, options: { ...encode.options, [encoder]: Object.fromEntries(merged) } } });
}

export const resetEncodeOptions = (encoder: EncoderId): void => setParameters({ encode: { ...useLab.getState().parameters.encode, options: { ...useLab.getState().parameters.encode.options, [encoder]: {} } } });

export function setAttempt(encoder: EncoderId, attempt: Attempt | undefined): void {
  useLab.setState(({ encoding }) => ({ encoding: { ...encoding, attempts: { ...encoding.attempts, [encoder]: attempt } } }));
}

/** Whether what is made is of this image, its colours read as they are now. */
function isOf(image: ImageInfo | undefined): boolean {
  const lab = useLab.getState();
  return lab.encoding.of === image?.id && lab.encoding.ofColor === (image === undefined ? undefined : sourceColor(lab, image));
}

/** What was made of another image, or of this one read in other colours, is let go. */
export function forgetOthers(image: ImageInfo | undefined): void {
  const lab = useLab.getState();
  const { encoding } = lab;
  if (isOf(image)) return;
  for (const controller of running.values()) controller.abort();
  allJob?.abort();
  for (const attempt of Object.values(encoding.attempts)) {
    const result = resultOf(attempt);
    if (result !== undefined) void encoders.release(result);
  }
  setEncoding({ of: image?.id, ofColor: image === undefined ? undefined : sourceColor(lab, image), attempts: {}, sweep: { state: 'none' }, search: { state: 'none' }, found: undefined, load: { state: 'none' }, prediction: undefined, all: { state: 'none' } });
}

/** Asks once which encoders are there. */
export async function findEncoders(): Promise<void> {
  if (useLab.getState().encoding.absences === undefined) setEncoding({ absences: await encoders.absences() });
}

/** One encoder on the active image; the latest call of each encoder wins. The last result stays while a new one is made. */
export async function encodeWith(encoder: EncoderId, options: OptionValues, budgetMs: number, settleMs = 0): Promise<Reply<EncodeResult> | undefined> {
  const image = activeImage(useLab.getState());
  running.get(encoder)?.abort();
  if (image === undefined) return undefined;
  forgetOthers(image);
  const controller = new AbortController();
  running.set(encoder, controller);
  const last = resultOf(useLab.getState().encoding.attempts[encoder]);
  setAttempt(encoder, { state: 'running', last });
  if (settleMs > 0) await new Promise((resolve) => { setTimeout(resolve, settleMs); });
  const isStale = (): boolean => running.get(encoder) !== controller || !isOf(image);
  if (isStale()) return undefined;
  const reply = await encoders.encode({ image: image.id, encoder, options, budgetMs, signal: controller.signal });
  if (isStale()) {
    if (reply.ok) void encoders.release(reply.value);
    return undefined;
  }
  running.delete(encoder);
  if (reply.ok) {
    setAttempt(encoder, { state: 'done', result: reply.value });
    if (last !== undefined) void encoders.release(last);
  } else if (isSuperseded(reply.error)) setAttempt(encoder, last === undefined ? undefined : { state: 'done', result: last });
  else {
    log('error', `${encoderRow(encoder).title}: ${reply.error.what}`);
    setAttempt(encoder, { state: 'failed', error: reply.error, last });
    if (reply.error.code === 'memory/ask') askForMemory(image, reply.error, () => void encodeWith(encoder, options, budgetMs));
  }
  return reply;
}

function askForMemory({ id }: ImageInfo, { what, remedy }: LabErrorInfo, again: () => void): void {
  useLab.setState({ question: { title: 'This takes a lot of memory', text: `${what} ${remedy}`, confirm: 'Encode it all the same', run: () => { encoders.allowLarge(id); again(); } } });
}

/** What the current choice makes of the active image; called whenever either changes. */
export async function encodeNow(): Promise<void> {
  const lab = useLab.getState();
  const { encoder } = lab.parameters.encode;
  const image = activeImage(lab);
  forgetOthers(image);
  void predictNow();
  await encodeWith(encoder, optionsOf(encoder), QUICK_MS, SETTLE_MS);
}

/** The bound and the estimate of our encoder for the active image. */
async function predictNow(): Promise<void> {
  const lab = useLab.getState();
  const image = activeImage(lab);
  if (image === undefined || !lab.parameters.encode.encoder.startsWith('ours')) return;
  const options = optionsOf(lab.parameters.encode.encoder);
  const reply = await encoders.predict(image.id, options);
  if (isOf(image) && optionsOf(lab.parameters.encode.encoder) === options) setEncoding({ prediction: reply.ok ? reply.value : undefined });
}

/** Every encoder that is here, one after another, so that none disturbs another's time. */
export async function encodeAll(): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  allJob?.abort();
  forgetOthers(image);
  const job = new AbortController();
  allJob = job;
  await findEncoders();
  const absences = useLab.getState().encoding.absences ?? {};
  const present = ENCODER_ROWS.filter(({ id }) => absences[id] === undefined);
  for (const [done, { id }] of present.entries()) {
    if (job.signal.aborted) break;
    setEncoding({ all: { state: 'running', done, total: present.length, so: undefined } });
    job.signal.addEventListener('abort', () => running.get(id)?.abort(), { once: true });
    await encodeWith(id, optionsOf(id), CAREFUL_MS);
  }
  if (allJob === job && isOf(image)) setEncoding({ all: { state: 'done', so: undefined } });
}

export function cancelEncoding(): void {
  allJob?.abort();
  for (const controller of running.values()) controller.abort();
  for (const [encoder] of running) {
    const last = resultOf(useLab.getState().encoding.attempts[encoder]);
    setAttempt(encoder, last === undefined ? undefined : { state: 'done', result: last });
  }
  running.clear();
  if (useLab.getState().encoding.all.state === 'running') setEncoding({ all: { state: 'none' } });
}

const stem = (name: string): string => name.replace(/ · .*$/, '').replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'image';

/** What the file of an encoder is called. */
export const fileName = (image: string, encoder: EncoderId): string => `${stem(image)}-${encoder}.${encoderRow(encoder).extension}`;

/** Hands the chosen encoder's file to the person. */
export function downloadEncoded(result = encodedResult(useLab.getState())): void {
  const image = activeImage(useLab.getState());
  const bytes = result === undefined ? undefined : encoders.bytes(result.file);
  if (result === undefined || bytes === undefined || image === undefined) return;
  saveFile(fileName(image.name, result.encoder), new Blob([bytes], { type: encoderRow(result.encoder).mime }));
}
