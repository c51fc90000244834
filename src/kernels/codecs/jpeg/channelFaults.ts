import { LabError, toErrorInfo } from '../../labError.ts';
import type { ChannelCall, ChannelState } from './channelTypes.ts';
import { CHANNEL_CALLS } from './channelTypes.ts';

const fault = (code: keyof typeof JPEGE_FAULTS, what: string, remedy: string): LabError => new LabError({ code, what, remedy, vpiStatus: 'INVALID_OPERATION' });

/** What to do instead, by state. */
const WAY_ON: Record<ChannelState, string> = {
  created: 'Start the channel first.',
  started: 'Stop the channel first.',
  stopping: 'Wait until the frames that were sent are done.',
  stopped: 'Start the channel again.',
  destroyed: 'Create a new channel.',
};

/** @throws LabError `jpege/wrong-state` */
export function checkCall(call: ChannelCall, state: ChannelState): void {
  const allowed: readonly ChannelState[] = CHANNEL_CALLS[call];
  if (allowed.includes(state)) return;
  throw fault('jpege/wrong-state', `${call} was called on a channel that is ${state}; it may be called when it is ${allowed.join(' or ')}.`, WAY_ON[state]);
}

/** What JPEGE calls the fault behind each of our codes. */
export const JPEGE_FAULTS = {
  'jpege/wrong-state': 'not permitted',
  'jpege/no-buffer': 'no buffer',
  'jpege/time-out': 'time-out',
  'jpege/cancelled': 'not permitted',
  'jpege/destroyed': 'channel does not exist',
  'jpege/released': 'null pointer',
  'jpege/attribute': 'illegal parameter',
  'jpege/frame-size': 'not supported',
  'jpege/encoder-failed': 'encoder failed',
  'jpeg/quality': 'illegal parameter',
  'jpeg/tables': 'illegal parameter',
  'jpeg/option': 'illegal parameter',
  'jpeg/subsampling': 'not supported',
  'jpeg/size': 'not supported',
  'jpeg/straight-format': 'not supported',
  'jpeg/straight-colour': 'not supported',
  'jpeg/straight-subsampling': 'not supported',
  'jpeg/buffer-too-small': 'buffer too small',
} as const;

type Size = { readonly width: number; readonly height: number };

/** What ends a frame without a stream. */
export const FRAME_FAULTS = {
  cancelled: (sequence: number) => fault('jpege/cancelled', `Frame ${String(sequence)} was cancelled.`, 'Send it again if it is wanted after all.'),
  destroyed: (sequence: number) => fault('jpege/destroyed', `The channel was destroyed before frame ${String(sequence)} was done.`, 'Stop the channel and wait for it before it is destroyed.'),
  failed: (sequence: number, thrown: unknown) => fault('jpege/encoder-failed', `The encoder failed at frame ${String(sequence)}: ${toErrorInfo(thrown).what}`, 'Send the frame again; if it fails again, try the scalar backend.'),
  tooLarge: ({ width, height }: Size, { maxWidth, maxHeight }: { readonly maxWidth: number; readonly maxHeight: number }) =>
    fault('jpege/frame-size', `The channel was created for frames up to ${String(maxWidth)}×${String(maxHeight)}; this one is ${String(width)}×${String(height)}.`, 'Create a channel for larger frames, or scale the frame down.'),
  /** @param busyBuffers 0 when a buffer is free and the encoder is what keeps the frame waiting */
  notTaken: (code: 'jpege/no-buffer' | 'jpege/time-out', howLong: string, busyBuffers: number) =>
    busyBuffers > 0
      ? fault(code, `The frame could not be taken ${howLong}: all ${String(busyBuffers)} buffers hold frames in work or packets that nobody released.`, 'Release packets when they are read, or create the channel with more buffers.')
      : fault(code, `The frame could not be taken ${howLong}: the encoder is busy with earlier frames.`, 'Send fewer frames a second, or wait longer.'),
} as const;
