import { LabError } from '../../labError.ts';
import { HI } from './channelFaults.ts';
import type { JpegPacket } from './channelTypes.ts';
import type { StageTime } from './stages.ts';

interface PacketFacts {
  readonly sequence: number;
  readonly pts: number | undefined;
  readonly target: Uint8Array;
  readonly byteLength: number;
  readonly stages: readonly StageTime[];
  readonly release: () => void;
  readonly isGone: () => boolean;
}

/** A packet over a channel's buffer. */
export function packetOf({ sequence, pts, target, byteLength, stages, release, isGone }: PacketFacts): JpegPacket {
  let released = false;
  const view = (): Uint8Array => {
    if (!released && !isGone()) return target.subarray(0, byteLength);
    throw new LabError({ code: 'jpege/released', what: `The buffer of frame ${String(sequence)} was given back${released ? '' : ' with its channel'}; its ${String(byteLength)} B are gone.`, remedy: 'Read or copy a packet before it is released.', hiStatus: HI.bufEmpty });
  };
  const packet: JpegPacket = {
    sequence, pts, byteLength, stages,
    get bytes() {
      return view();
    },
    take: () => {
      const started = performance.now();
      const bytes = view().slice();
      const copyMs = performance.now() - started;
      packet.release();
      return { bytes, copyMs };
    },
    release: () => {
      if (released) return;
      released = true;
      release();
    },
  };
  return packet;
}
