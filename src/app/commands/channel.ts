import { formatBytes } from '../../kernels/index.ts';
import { sayHiStatus } from '../../kernels/labError.ts';
import { withoutVpi } from '../../kernels/codecs/jpeg/channelFaults.ts';
import type { DeviceId } from '../../kernels/codecs/jpeg/device/limits.ts';
import type { DeviceFix } from '../../kernels/codecs/jpeg/device/lint.ts';
import { CHANNEL_ROWS } from '../../workers/encode/client.ts';
import type { OptionRow, OptionValue, OptionValues } from '../../workers/encode/client.ts';
import type { Reply } from '../../workers/pixels/protocol.ts';
import { client, encoders } from '../lab.ts';
import type { ChannelPanel } from '../state/encoding.ts';
import { activeImage, sourceColor } from '../state/selectors.ts';
import { log, report, setEncoding, useLab } from '../state/store.ts';
import { group } from '../ui/format.ts';
import { setOptions } from './conversion.ts';
import { optionsOf } from './encoding.ts';
import { addMade } from './files.ts';

const panel = (): ChannelPanel => useLab.getState().encoding.channel;
const setChannel = (change: Partial<ChannelPanel>): void => setEncoding({ channel: { ...panel(), ...change } });

export const setChannelSetup = (change: Pick<Partial<ChannelPanel>, 'memory' | 'buffers'>): void => setChannel(change);

const LONGEST_LOG = 60;
let nextLine = 1;

/** Writes down what was done, or why it was not; the newest error is shown until the next command. */
function tell<T>(call: string, reply: Reply<T>, says: (value: T) => string): Reply<T> {
  const error = reply.ok ? undefined : reply.error;
  setChannel({ lines: [{ key: nextLine++, says: reply.ok ? `${call}: ${says(reply.value)}` : `${call} was refused`, error }, ...panel().lines].slice(0, LONGEST_LOG), ...(error === undefined ? {} : { error }) });
  if (error !== undefined) log('error', `JPEG channel, ${call}: ${error.what} ${error.remedy}${error.hiStatus === undefined ? '' : ` JPEGE: ${sayHiStatus(error.hiStatus)}.`}`);
  return reply;
}

const refresh = async (): Promise<void> => setChannel({ view: await encoders.channel() });

function sayValue(row: OptionRow, value: OptionValue | undefined): string {
  switch (row.kind) {
    case 'switch': return value === true ? 'on' : 'off';
    case 'choice': return row.choices.find((choice) => choice.value === value)?.title ?? String(value);
    case 'number': return String(value);
    case 'text': return value === '' ? 'none' : row.id === 'tables' ? `${String(String(value).split(/[\s,;]+/).length)} steps` : `“${String(value)}”`;
  }
}

/** Parameters in words, each with its title. */
export const sayParams = (params: OptionValues): readonly (readonly [title: string, value: string])[] => CHANNEL_ROWS.map((row) => [row.title, sayValue(row, params[row.id] ?? row.default)]);

const inWords = (params: OptionValues): string => sayParams(params).map(([title, value]) => `${title} ${value}`).join(', ');

/** Only what is not JPEGE's own. */
const changedOf = (params: OptionValues): OptionValues => Object.fromEntries(CHANNEL_ROWS.flatMap(({ id, default: usual }) => { const value = params[id]; return value === undefined || value === usual ? [] : [[id, value]]; }));

/** Parameters whose value in the form is not the one in use, by their titles. */
export function unsetParams({ view, params }: ChannelPanel): readonly string[] {
  if (view === undefined || view.state === 'destroyed' || params === undefined) return [];
  return CHANNEL_ROWS.flatMap((row) => ((params[row.id] ?? row.default) === view.params[row.id] ? [] : [row.title]));
}

export const setChannelParam = (id: string, value: OptionValue): void => setChannel({ params: changedOf({ ...panel().params, [id]: value }) });

/** The bound and the estimate of a frame with the parameters in use. */
async function predictFrame(): Promise<void> {
  const image = activeImage(useLab.getState());
  const { view } = panel();
  if (image === undefined || view === undefined) return;
  const reply = await encoders.predict(image.id, view.params);
  setChannel({ prediction: reply.ok ? { ...reply.value, of: image.id } : undefined });
}

/** A channel for frames of the active picture's size; it starts with what was changed under Options, the rest as JPEGE has it. */
export async function createChannel(): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  const { memory, buffers, params } = panel();
  setChannel({ error: undefined });
  const options = params ?? changedOf(optionsOf('ours'));
  const reply = tell('create', await encoders.createChannel(image.id, { memory, buffers, options }), (view) => `frames up to ${String(image.spec.width)}×${String(image.spec.height)}, ${String(view.buffers)} buffers${memory === 'system' ? ` of ${formatBytes(view.bufferBytes)}` : ' of the user’s'}; ${inWords(view.params)}`);
  if (reply.ok) setChannel({ params: changedOf(reply.value.params) });
  await refresh();
  await predictFrame();
}

export async function callChannel(call: 'start' | 'stop' | 'destroy'): Promise<void> {
  setChannel({ error: undefined });
  const answer = encoders.callChannel(call);
  // A stop may take a while; what it waits for is shown meanwhile.
  await refresh();
  tell(call, await answer, ({ state }) => state);
  await refresh();
}

/** What stands in the form holds from the next frame on. @returns whether it was taken */
export async function setParams(): Promise<boolean> {
  setChannel({ error: undefined });
  const reply = tell('setParams', await encoders.setChannelParams(panel().params ?? {}), (view) => inWords(view.params));
  if (reply.ok) setChannel({ params: changedOf(reply.value.params), view: reply.value });
  await predictFrame();
  return reply.ok;
}

/** Brings the parameters in use into the form. */
export async function getParams(): Promise<void> {
  setChannel({ error: undefined });
  const reply = tell('getParams', await encoders.getChannelParams(), inWords);
  if (reply.ok) setChannel({ params: changedOf(reply.value) });
  await refresh();
}

/** A frame may wait for a buffer that long before it is refused. */
const SEND_TIMEOUT_MS = 10_000;

/** Sends the active picture. Parameters that were changed are set first, and a frame whose parameters are refused is not sent. */
export async function sendFrame(): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  if (unsetParams(panel()).length > 0 && !(await setParams())) return;
  setChannel({ error: undefined });
  const answer = encoders.sendFrame(image.id, SEND_TIMEOUT_MS);
  setTimeout(() => void refresh(), 60);
  tell('frame', await answer, ({ sequence, pts, bytes, ms }) => `#${String(sequence)}, pts ${pts === undefined ? 'none' : `${group(pts)} µs`}, ${formatBytes(bytes)} after ${ms.toFixed(1)} ms`);
  await refresh();
  if (panel().prediction?.of !== image.id) await predictFrame();
}

export async function releasePacket(sequence: number): Promise<void> {
  setChannel({ error: undefined });
  tell('release', await encoders.releasePacket(sequence), ({ copyMs }) => (copyMs === undefined ? `#${String(sequence)} was in the user’s memory: nothing was copied` : `#${String(sequence)} was copied out in ${copyMs.toFixed(3)} ms`));
  await refresh();
  // A frame that waited takes the buffer at once.
  setTimeout(() => void refresh(), 60);
}

const LOAD_MS = 1200;
let loadJob: AbortController | undefined;

/** Frames a second of 1, 2, … channels, each on a worker of its own. */
export async function measureChannels(): Promise<void> {
  const image = activeImage(useLab.getState());
  loadJob?.abort();
  if (image === undefined) return;
  const job = new AbortController();
  loadJob = job;
  const points: { readonly channels: number; readonly fps: number }[] = [];
  for (let channels = 1; channels <= encoders.workers; channels += 1) {
    setEncoding({ load: { state: 'running', done: channels - 1, total: encoders.workers, so: [...points] } });
    const reply = await encoders.load(image.id, panel().params ?? changedOf(optionsOf('ours')), channels, LOAD_MS, job.signal);
    if (loadJob !== job) return;
    if (!reply.ok) {
      setEncoding({ load: job.signal.aborted ? { state: 'cancelled', done: points.length, total: encoders.workers, so: points } : { state: 'failed', error: reply.error, so: points } });
      return;
    }
    points.push({ channels, fps: reply.value.reduce((sum, { frames, ms }) => sum + (frames * 1000) / ms, 0) });
  }
  setEncoding({ load: { state: 'done', so: points } });
}

export const cancelLoad = (): void => loadJob?.abort();

/** Mends one thing that a device would refuse: an option of the conversion, or the picture, as a source of its own. Of an Ascend device nothing is said in words of VPI's. */
export async function applyFix(fix: DeviceFix, device: DeviceId): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  if (fix.kind === 'option') {
    setOptions({ [fix.option]: undefined });
    return;
  }
  const reply = await client.fix(image.id, fix, sourceColor(useLab.getState(), image));
  if (reply.ok) addMade(reply.value);
  else report(device === 'jpege' ? withoutVpi(reply.error) : reply.error);
}
