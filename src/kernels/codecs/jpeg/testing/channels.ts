import { JpegChannel, encodeFrameHere, encodeJpeg } from '../index.ts';
import type { ChannelAttributes, FrameEncoder } from '../index.ts';
import { texturedImage } from './pictures.ts';

export const frame = texturedImage('nv12', 64, 48);
/** What a channel makes of `frame` when nobody sets its parameters. */
export const file = encodeJpeg(frame, { quality: 100 });

export const channelWith = (attributes: Partial<ChannelAttributes> = {}): JpegChannel => JpegChannel.create({ maxWidth: 1920, maxHeight: 1080, buffers: 2, memory: { mode: 'system', bufferBytes: 100_000 }, encode: encodeFrameHere, ...attributes });
export const started = (attributes: Partial<ChannelAttributes> = {}): JpegChannel => {
  const channel = channelWith(attributes);
  channel.start();
  return channel;
};

/** An encoder whose frames finish when the test says so. */
export function gatedEncoder(): { readonly encode: FrameEncoder; readonly finish: () => void; readonly fail: (thrown: unknown) => void; readonly inside: () => number; readonly wasCancelled: () => boolean } {
  const gates: { readonly open: () => void; readonly fail: (thrown: unknown) => void; readonly isCancelled: () => boolean }[] = [];
  const encode: FrameEncoder = async (job) => {
    await new Promise<void>((open, fail) => gates.push({ open, fail, isCancelled: job.isCancelled }));
    return encodeFrameHere(job);
  };
  return { encode, finish: () => gates.shift()?.open(), fail: (thrown) => gates.shift()?.fail(thrown), inside: () => gates.length, wasCancelled: () => gates[0].isCancelled() };
}
