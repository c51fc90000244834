import type { DeviceFix } from '../../kernels/codecs/jpeg/device/lint.ts';
import type { Reply } from '../../workers/protocol.ts';
import { client, encoders } from '../lab.ts';
import type { ChannelPanel } from '../state/encoding.ts';
import { activeImage, sourceColor } from '../state/selectors.ts';
import { report, setEncoding, useLab } from '../state/store.ts';
import { optionsOf } from './encoding.ts';
import { addMade } from './files.ts';

const setChannel = (change: Partial<ChannelPanel>): void => setEncoding({ channel: { ...useLab.getState().encoding.channel, ...change } });

export const setChannelSetup = (change: Pick<Partial<ChannelPanel>, 'memory' | 'buffers'>): void => setChannel(change);

/** Asks for the channel's state after whatever was done to it. */
async function refresh<T>(reply: Reply<T>): Promise<Reply<T>> {
  setChannel({ view: await encoders.channel(), error: reply.ok ? undefined : reply.error });
  return reply;
}

export async function createChannel(): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  const { memory, buffers } = useLab.getState().encoding.channel;
  await refresh(await encoders.createChannel(image.id, { memory, buffers, options: optionsOf('ours') }));
}

export async function callChannel(call: 'start' | 'stop' | 'destroy'): Promise<void> {
  const answer = encoders.callChannel(call);
  // A stop may take a while; what it waits for is shown meanwhile.
  setChannel({ view: await encoders.channel() });
  await refresh(await answer);
}

/** A frame may wait for a buffer that long before it is refused. */
const SEND_TIMEOUT_MS = 10_000;

export async function sendFrame(): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  const answer = encoders.sendFrame(image.id, SEND_TIMEOUT_MS);
  setTimeout(() => void encoders.channel().then((view) => setChannel({ view })), 60);
  await refresh(await answer);
}

export async function releasePacket(sequence: number): Promise<void> {
  const reply = await refresh(await encoders.releasePacket(sequence));
  if (reply.ok) setChannel({ last: reply.value });
  // A frame that waited takes the buffer at once.
  setTimeout(() => void encoders.channel().then((view) => setChannel({ view })), 60);
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
    const reply = await encoders.load(image.id, optionsOf('ours'), channels, LOAD_MS, job.signal);
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

/** Mends one thing that a device would refuse; the result is a source of its own. */
export async function applyFix(fix: DeviceFix): Promise<void> {
  const image = activeImage(useLab.getState());
  if (image === undefined) return;
  const reply = await client.fix(image.id, fix, sourceColor(useLab.getState(), image));
  if (reply.ok) addMade(reply.value);
  else report(reply.error);
}
