import type { StreamDescription } from './encoders/encoder.ts';
import type { Decision, FrameOptions, RoutedFrame, WindowId } from './route.ts';

/** A frame as it arrives at the proxy. */
export interface SessionFrame extends RoutedFrame {
  /** Counts the window's frames. */
  readonly sequence: number;
  /** Pixels, or compressed bytes; stay as they are until the answer comes. */
  readonly payload: Uint8Array;
}

/** A frame as it leaves for the client. */
export interface Packet {
  readonly window: WindowId;
  readonly sequence: number;
  readonly encoding: string;
  readonly payload: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Bytes from row to row of raw pixels; 0 for streams, which have no rows. */
  readonly rowstride: number;
  readonly options: FrameOptions;
  /** The network layer must not compress it again. */
  readonly isMarkedCompressed: boolean;
  readonly keyFrame: boolean;
  readonly stream: StreamDescription | undefined;
}

/** What became of a frame. */
export type Outcome =
  | { readonly state: 'sent'; readonly decision: Decision; readonly packet: Packet }
  | { readonly state: 'dropped'; readonly decision: Decision; readonly why: string };

/** The packet of a frame that nothing is done to. */
export function asItIs(frame: SessionFrame, options: FrameOptions | undefined, isMarkedCompressed: boolean): Packet {
  const { window, sequence, encoding, payload, width, height, rowstride } = frame;
  return { window, sequence, encoding, payload, width, height, rowstride, options: options ?? {}, isMarkedCompressed, keyFrame: true, stream: undefined };
}
