/** Our JPEG encoder: baseline, straight from planes. */
export { encodeJpeg, encodeJpegInto } from './encodeJpeg.ts';
export { predictJpegSize } from './predict.ts';
export type { SizeBound } from './predict.ts';
export { estimateJpegSize } from './estimate.ts';
export type { SizeEstimate } from './estimate.ts';
export { JPEG_CHROMA, JPEG_DEFAULTS } from './options.ts';
export type { Density, JpegChroma, JpegOptions } from './options.ts';
export { JPEG_STAGES } from './stages.ts';
export type { JpegStage, StageTime } from './stages.ts';
export { bandTables, countBand, cutBand, encodeBand, joinBands, planBands } from './bands.ts';
export type { Band, BandPlan } from './bands.ts';
export { JpegChannel } from './channel.ts';
export { CHANNEL_CALLS, JPEGE_FAULTS } from './channelTypes.ts';
export type { CancelSignal, ChannelAttributes, ChannelState, ChannelStatus, FrameEncoder, FrameJob, FrameOptions, JpegPacket } from './channelTypes.ts';
export { encodeFrameHere } from './frameEncoder.ts';
