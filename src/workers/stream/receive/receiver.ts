import { unzlibSync } from 'fflate';
import { LabError, decodeJpeg, wrapImage } from '../../../kernels/index.ts';
import type { Image } from '../../../kernels/index.ts';
import { decodePng } from '../../../kernels/codecs/png.ts';
import type { Packet } from '../packet.ts';
import { formatOfXpra, isRawEncoding } from '../rawFormats.ts';
import { COMPRESSORS, VIDEO_CODECS } from '../routeTypes.ts';
import type { FrameLedger } from '../sources/frameLedger.ts';
import { VideoReceiver } from './videoReceiver.ts';

const isVideo = (encoding: string): boolean => VIDEO_CODECS.some((codec) => codec === encoding);

function rawImage({ payload, options, width, height, rowstride, encoding }: Packet): Image {
  const format = formatOfXpra(options.rgb_format ?? (encoding === 'rgb24' ? 'RGB' : 'BGRX'));
  if (format === undefined) throw new LabError({ code: 'stream/rgb-format', what: `The client knows no layout “${options.rgb_format ?? ''}”.`, remedy: 'Send an rgb_format such as BGRX or RGB.' });
  return wrapImage(payload, { format, width, height, strides: [rowstride] });
}

/** The packet with its pixels as they were before they were compressed. @throws LabError `stream/compressed` */
function uncompressed(packet: Packet): Packet {
  const compressor = COMPRESSORS.find((name) => packet.options[name] !== undefined && packet.options[name] !== false && packet.options[name] !== 0);
  if (compressor === undefined) return packet;
  if (compressor !== 'zlib') throw new LabError({ code: 'stream/compressed', what: `The client cannot decompress ${compressor}.`, remedy: 'Send the pixels plain, or compressed with zlib.' });
  // No more than the rows that are claimed: whatever else is in there is not asked for.
  return { ...packet, payload: unzlibSync(packet.payload, { out: new Uint8Array(packet.rowstride * packet.height) }) };
}

/** A window at the client: everything that is sent to it is decoded again. */
export class Receiver {
  private readonly video: VideoReceiver;

  constructor(ledger: FrameLedger) {
    this.video = new VideoReceiver(ledger);
  }

  /** What the client shows; undefined where the packet brings no pixels. Valid until the next packet. @throws LabError */
  async receive(packet: Packet): Promise<Image | undefined> {
    const { encoding } = packet;
    if (encoding === 'scroll') return undefined;
    if (isVideo(encoding)) return this.video.receive(packet);
    if (encoding === 'jpeg') return decodeJpeg(packet.payload).image;
    if (encoding === 'png') return decodePng(packet.payload);
    if (encoding === 'mmap' || isRawEncoding(encoding)) return rawImage(uncompressed(packet));
    throw new LabError({ code: 'stream/encoding', what: `The client cannot decode “${encoding}”.`, remedy: 'Claim one of the encodings of the list.' });
  }

  close(): void {
    this.video.close();
  }
}
