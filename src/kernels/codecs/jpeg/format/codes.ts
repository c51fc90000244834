/** Second byte of the markers that are named in the code. @source ITU-T T.81, table B.1 */
export const MARKER = {
  TEM: 0x01, SOF0: 0xc0, SOF1: 0xc1, SOF2: 0xc2, DHT: 0xc4, JPG: 0xc8, DAC: 0xcc, RST0: 0xd0, RST7: 0xd7, SOI: 0xd8, EOI: 0xd9, SOS: 0xda,
  DQT: 0xdb, DNL: 0xdc, DRI: 0xdd, DHP: 0xde, EXP: 0xdf, APP0: 0xe0, APP1: 0xe1, APP15: 0xef, COM: 0xfe,
} as const;

/** How a frame is coded, by the marker of its header. */
export const FRAME_KINDS: Record<number, string> = {
  [MARKER.SOF0]: 'baseline', [MARKER.SOF1]: 'extended sequential', [MARKER.SOF2]: 'progressive', 0xc3: 'lossless',
  0xc5: 'differential sequential', 0xc6: 'differential progressive', 0xc7: 'differential lossless',
  0xc9: 'extended sequential, arithmetic', 0xca: 'progressive, arithmetic', 0xcb: 'lossless, arithmetic',
  0xcd: 'differential sequential, arithmetic', 0xce: 'differential progressive, arithmetic', 0xcf: 'differential lossless, arithmetic',
};

export const isFrameHeader = (marker: number): boolean => FRAME_KINDS[marker] !== undefined;

export const isRestart = (marker: number): boolean => marker >= MARKER.RST0 && marker <= MARKER.RST7;

/** Neither a length nor a payload follows. */
export const isSelfStanding = (marker: number): boolean => marker === MARKER.SOI || marker === MARKER.EOI || marker === MARKER.TEM || isRestart(marker);
