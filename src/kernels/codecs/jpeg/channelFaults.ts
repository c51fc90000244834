import { LabError, toErrorInfo } from '../../labError.ts';
import type { HiStatus, LabErrorInfo } from '../../labError.ts';
import type { ChannelCall, ChannelState } from './channelTypes.ts';
import { CHANNEL_CALLS } from './channelTypes.ts';

/** @source CANN 8.0, “VENC/JPEGE Return Codes”; 0xA0088013 and 0xA0088014 have no macro there */
export const HI = {
  illegalParam: { code: '0xA0088003', name: 'HI_ERR_VENC_ILLEGAL_PARAM' },
  unexist: { code: '0xA0088005', name: 'HI_ERR_VENC_UNEXIST' },
  nullPtr: { code: '0xA0088006', name: 'HI_ERR_VENC_NULL_PTR' },
  notSupport: { code: '0xA0088008', name: 'HI_ERR_VENC_NOT_SUPPORT' },
  notPerm: { code: '0xA0088009', name: 'HI_ERR_VENC_NOT_PERM' },
  noBuf: { code: '0xA008800D', name: 'HI_ERR_VENC_NO_BUF' },
  bufEmpty: { code: '0xA008800E', name: 'HI_ERR_VENC_BUF_EMPTY' },
  bufTooSmall: { code: '0xA0088013' },
  timeOut: { code: '0xA0088014' },
  sysError: { code: '0xA0088015', name: 'HI_ERR_VENC_SYS_ERROR' },
} as const satisfies Record<string, HiStatus>;

/** What JPEGE returns for the fault behind each of our codes. A cancelled frame is not among them: JPEGE cannot cancel one. */
export const JPEGE_FAULTS = {
  'jpege/wrong-state': HI.notPerm,
  'jpege/no-buffer': HI.noBuf,
  'jpege/time-out': HI.timeOut,
  'jpege/destroyed': HI.unexist,
  'jpege/released': HI.bufEmpty,
  'jpege/attribute': HI.illegalParam,
  'jpege/pts': HI.illegalParam,
  'jpege/frame-size': HI.illegalParam,
  'jpege/encoder-failed': HI.sysError,
  'jpeg/quality': HI.illegalParam,
  'jpeg/tables': HI.illegalParam,
  'jpeg/option': HI.illegalParam,
  'jpeg/segment': HI.illegalParam,
  'encode/option': HI.illegalParam,
  'jpeg/subsampling': HI.notSupport,
  'jpeg/size': HI.notSupport,
  'jpeg/straight-format': HI.notSupport,
  'jpeg/straight-colour': HI.notSupport,
  'jpeg/straight-subsampling': HI.notSupport,
  'jpeg/buffer-too-small': HI.bufTooSmall,
} as const satisfies Record<string, HiStatus>;

const hiStatusOf = (code: string): HiStatus | undefined => Object.entries<HiStatus>(JPEGE_FAULTS).find(([known]) => known === code)?.[1];

/** Without what another vendor calls the fault: no word of VPI’s belongs to an Ascend device. */
export function withoutVpi({ vpiStatus: _, ...info }: LabErrorInfo): LabErrorInfo {
  return info;
}

/** Any thrown value as a fault of the channel: with JPEGE’s return code where it has one. */
export function asChannelFault(thrown: unknown): LabError {
  const info = withoutVpi(toErrorInfo(thrown));
  const hiStatus = info.hiStatus ?? hiStatusOf(info.code);
  return new LabError(hiStatus === undefined ? info : { ...info, hiStatus });
}

const fault = (code: keyof typeof JPEGE_FAULTS | 'jpege/cancelled', what: string, remedy: string): LabError => asChannelFault(new LabError({ code, what, remedy }));

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
  const { info } = fault('jpege/wrong-state', `${call} was called on a channel that is ${state}; it may be called when it is ${allowed.join(' or ')}.`, WAY_ON[state]);
  // A channel that was destroyed is none any more.
  throw new LabError(state === 'destroyed' ? { ...info, hiStatus: HI.unexist } : info);
}

type Size = { readonly width: number; readonly height: number };

/** What ends a frame without a stream. */
export const FRAME_FAULTS = {
  cancelled: (sequence: number) => fault('jpege/cancelled', `Frame ${String(sequence)} was cancelled.`, 'Send it again if it is wanted after all.'),
  destroyed: (sequence: number) => fault('jpege/destroyed', `The channel was destroyed before frame ${String(sequence)} was done.`, 'Stop the channel and wait for it before it is destroyed.'),
  failed: (sequence: number, thrown: unknown) => fault('jpege/encoder-failed', `The encoder failed at frame ${String(sequence)}: ${toErrorInfo(thrown).what}`, 'Send the frame again; if it fails again, try the scalar backend.'),
  tooLarge: ({ width, height }: Size, { maxWidth, maxHeight }: { readonly maxWidth: number; readonly maxHeight: number }) =>
    fault('jpege/frame-size', `The channel was created for frames up to ${String(maxWidth)}×${String(maxHeight)}; this one is ${String(width)}×${String(height)}.`, 'Create a channel for larger frames, or scale the frame down.'),
  pts: (pts: unknown) => fault('jpege/pts', `A frame’s pts is a whole number of microseconds, 0 or more; ${String(pts)} was given.`, 'Give the time at which the frame was taken, or leave it out.'),
  /** @param busyBuffers 0 when a buffer is free and the encoder is what keeps the frame waiting */
  notTaken: (code: 'jpege/no-buffer' | 'jpege/time-out', howLong: string, busyBuffers: number) =>
    busyBuffers > 0
      ? fault(code, `The frame could not be taken ${howLong}: all ${String(busyBuffers)} buffers hold frames in work or packets that nobody released.`, 'Release packets when they are read, or create the channel with more buffers.')
      : fault(code, `The frame could not be taken ${howLong}: the encoder is busy with earlier frames.`, 'Send fewer frames a second, or wait longer.'),
} as const;
