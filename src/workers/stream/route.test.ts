import { describe, expect, test } from 'vitest';
import { RAW_ENCODINGS } from './rawFormats.ts';
import { IDLE_MS, ROUTE_TABLE, route } from './route.ts';
import type { Capabilities, Decision, EncoderFacts, FrameOptions, RouteAction, RoutedFrame, WindowState } from './route.ts';

const FRAME: RoutedFrame = { window: 7, encoding: 'rgb32', width: 640, height: 480, rowstride: 2624 };
const OPTIONS: FrameOptions = { rgb_format: 'BGRX', proxy: true, quality: 60, speed: 40 };
const EIGHT_BIT = ['BGRX', 'RGBX', 'BGRA', 'RGB'];
const ALL: Capabilities = { passthrough: false, jpeg: true, video: [{ codec: 'vp9', rgbFormats: EIGHT_BIT, csc: ['YUV420P', 'YUV444P'] }, { codec: 'h264', rgbFormats: EIGHT_BIT, csc: ['YUV420P'] }] };
const FRESH: WindowState = { isLost: false, encoder: undefined, dstFormats: undefined, idleMs: 0, wasIdle: false };
const ENCODER: EncoderFacts = { codec: 'vp9', csc: 'YUV420P', width: 640, height: 480, scaling: [1, 1], depth: 24 };
const RUNNING: WindowState = { ...FRESH, encoder: ENCODER, idleMs: 33 };

interface Case {
  readonly says: string;
  readonly frame?: Partial<RoutedFrame>;
  readonly options?: FrameOptions | undefined;
  readonly capabilities?: Partial<Capabilities>;
  readonly state?: Partial<WindowState>;
  readonly row: Decision['row'];
  readonly action: Partial<RouteAction>;
}

const CASES: readonly Case[] = [
  { says: 'mmap is untouched, even with everything on', frame: { encoding: 'mmap' }, capabilities: { passthrough: true }, state: { isLost: true }, row: 1, action: { do: 'untouched' } },
  { says: 'scroll is untouched', frame: { encoding: 'scroll' }, row: 1, action: { do: 'untouched' } },
  { says: 'JPEG is forwarded', frame: { encoding: 'jpeg' }, row: 2, action: { do: 'forward' } },
  { says: 'H.264 is forwarded', frame: { encoding: 'h264' }, row: 2, action: { do: 'forward' } },
  { says: 'compressed bytes are forwarded, not stripped, with passthrough and the proxy flag on', frame: { encoding: 'png' }, capabilities: { passthrough: true }, row: 2, action: { do: 'forward' } },
  ...(['lz4', 'zlib', 'lzo', 'brotli', 'zstd'] as const).map((name): Case => ({ says: `rgb32 compressed with ${name} is forwarded, not encoded, not stripped, also with passthrough and the proxy flag on`, options: { ...OPTIONS, [name]: 1 }, capabilities: { passthrough: true }, row: 2, action: { do: 'forward' } })),
  { says: 'a frame whose bytes are marked compressed is forwarded', frame: { compressed: 'lz4' }, state: RUNNING, row: 2, action: { do: 'forward' } },
  { says: 'a compressor’s level of 0 means plain pixels', options: { ...OPTIONS, lz4: 0, zlib: false }, row: 8, action: { do: 'video', make: 'first' } },
  { says: 'passthrough with the proxy flag clears the X byte', capabilities: { passthrough: true }, row: 3, action: { do: 'passthrough', alpha: 'clear', encoding: 'rgb32', rowstride: 2624 } },
  { says: 'passthrough without the proxy flag preserves', options: { rgb_format: 'BGRX' }, capabilities: { passthrough: true }, row: 3, action: { do: 'passthrough', alpha: 'keep', rowstride: 2624 } },
  { says: 'passthrough goes before the lack of options', options: undefined, capabilities: { passthrough: true, video: [] }, row: 3, action: { do: 'passthrough', alpha: 'keep' } },
  { says: 'RGB has no X byte to clear', frame: { encoding: 'rgb24', rowstride: 1920 }, options: { ...OPTIONS, rgb_format: 'RGB' }, capabilities: { passthrough: true }, row: 3, action: { do: 'passthrough', alpha: 'keep', encoding: 'rgb24' } },
  { says: 'a real alpha is picture data and is kept', options: { ...OPTIONS, rgb_format: 'BGRA' }, capabilities: { passthrough: true }, row: 3, action: { do: 'passthrough', alpha: 'keep' } },
  { says: 'without video encoders: forwarded', capabilities: { video: [] }, row: 4, action: { do: 'forward' } },
  { says: 'without options: forwarded', options: undefined, row: 4, action: { do: 'forward' } },
  { says: 'empty options are none', options: {}, row: 4, action: { do: 'forward' } },
  { says: 'without the proxy flag: forwarded', options: { rgb_format: 'BGRX' }, row: 4, action: { do: 'forward' } },
  { says: 'a lost window’s frame is dropped', state: { ...RUNNING, isLost: true }, row: 5, action: { do: 'drop' } },
  { says: 'a lost window’s first frame makes no encoder', state: { isLost: true }, row: 5, action: { do: 'drop' } },
  { says: 'another size re-makes', frame: { width: 320 }, state: RUNNING, row: 6, action: { do: 'video', make: 'changed', encoder: { ...ENCODER, width: 320 } } },
  { says: 'another scaling re-makes', options: { ...OPTIONS, scaling: [1, 2] }, state: RUNNING, row: 6, action: { do: 'video', make: 'changed', encoder: { ...ENCODER, scaling: [1, 2] } } },
  { says: 'another codec re-makes', options: { ...OPTIONS, codec: 'h264' }, state: RUNNING, row: 6, action: { do: 'video', make: 'changed', encoder: { ...ENCODER, codec: 'h264' } } },
  { says: '2:4 is the scaling 1:2', options: { ...OPTIONS, scaling: [2, 4] }, state: { ...RUNNING, encoder: { ...ENCODER, scaling: [1, 2] } }, row: 9, action: { do: 'video', make: undefined } },
  { says: 'no encoder for the format: JPEG', options: { ...OPTIONS, rgb_format: 'r210' }, row: 7, action: { do: 'jpeg', quality: 60, rowstride: 2624 } },
  { says: 'no encoder of the codec asked: JPEG', options: { ...OPTIONS, codec: 'av1' }, row: 7, action: { do: 'jpeg' } },
  { says: 'no encoder for what the client decodes: JPEG', options: { ...OPTIONS, dst_formats: ['YUV422P'] }, row: 7, action: { do: 'jpeg' } },
  { says: 'nor JPEG: raw, X cleared', options: { ...OPTIONS, codec: 'av1' }, capabilities: { jpeg: false }, row: 7, action: { do: 'passthrough', alpha: 'clear', rowstride: 2624 } },
  { says: 'nor JPEG, and no X byte: raw as it is, rgb24 stays rgb24', frame: { encoding: 'rgb24' }, options: { ...OPTIONS, codec: 'av1', rgb_format: 'RGB' }, capabilities: { jpeg: false }, row: 7, action: { do: 'passthrough', alpha: 'keep', encoding: 'rgb24' } },
  { says: 'the first frame makes an encoder, 1:1, depth 24, YUV420P', row: 8, action: { do: 'video', make: 'first', encoder: ENCODER, dstFormats: ['YUV420P'] } },
  { says: 'the first frame’s scaling, depth and layout are the client’s', options: { ...OPTIONS, scaling: [2, 3], depth: 32, dst_formats: ['YUV444P', 'YUV420P'] }, row: 8, action: { do: 'video', make: 'first', encoder: { ...ENCODER, scaling: [2, 3], depth: 32, csc: 'YUV444P' } } },
  { says: 'layouts said once are remembered', state: { dstFormats: ['YUV444P'] }, row: 8, action: { do: 'video', encoder: { ...ENCODER, csc: 'YUV444P' } } },
  { says: 'the encoder goes on', state: RUNNING, row: 9, action: { do: 'video', make: undefined, quality: 60, speed: 40 } },
  { says: 'the encoder’s own options go before the frame’s', options: { ...OPTIONS, options: { quality: 5, key_frame: true } }, state: RUNNING, row: 9, action: { do: 'video', quality: 5, speed: 40, keyFrame: true } },
  { says: 'JPEG heeds the encoder’s own options too', options: { ...OPTIONS, codec: 'av1', options: { quality: 5, speed: 0 } }, row: 7, action: { do: 'jpeg', quality: 5, speed: 0 } },
  { says: 'without a codec asked the window’s own stays', state: { ...RUNNING, encoder: { ...ENCODER, codec: 'h264' } }, row: 9, action: { do: 'video', make: undefined, encoder: { ...ENCODER, codec: 'h264' } } },
  { says: 'an encoder idle for 5 s counts as closed', state: { ...RUNNING, idleMs: IDLE_MS }, row: 11, action: { do: 'video', make: 'idle' } },
  { says: 'one idle for less goes on', state: { ...RUNNING, idleMs: IDLE_MS - 1 }, row: 9, action: { do: 'video', make: undefined } },
  { says: 'an encoder that idleness closed is made again', state: { ...FRESH, wasIdle: true }, row: 11, action: { do: 'video', make: 'idle' } },
];

const decide = ({ frame, capabilities, state, ...rest }: Partial<Case>): Decision =>
  route({ ...FRAME, ...frame }, 'options' in rest ? rest.options : OPTIONS, { ...ALL, ...capabilities }, { ...FRESH, ...state });

describe('the routing table', () => {
  test.each(CASES)('row $row: $says', (given) => {
    const { action, row, reasons } = decide(given);
    expect(action).toMatchObject(given.action);
    expect(row).toBe(given.row);
    expect(reasons.some((reason) => reason.row === given.row && reason.says.length > 20)).toBe(true);
  });

  test('every row settles a frame in the cases above, but 10, which follows others', () => {
    const settled = new Set(CASES.map(({ row }) => row));
    expect(ROUTE_TABLE.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5, 6, 7, 11, 8, 9]);
    expect(ROUTE_TABLE.every(({ row }) => settled.has(row))).toBe(true);
  });

  test('raw encodings are rgb24, rgb32 and the packed words', () => {
    expect(RAW_ENCODINGS).toEqual(['rgb24', 'rgb32', 'bgr565', 'r210']);
    expect(decide({ frame: { encoding: 'BGR565' }, options: { ...OPTIONS, rgb_format: 'BGR565' } }).action.do).toBe('jpeg');
  });

  test('every combination of flags gives one decision, with a reason for every row it names', () => {
    const flags = [false, true];
    for (const encoding of ['rgb24', 'rgb32', 'r210', 'jpeg', 'scroll']) for (const passthrough of flags) for (const jpeg of flags) for (const proxy of flags) for (const isLost of flags) for (const hasVideo of flags) for (const encoder of [undefined, ENCODER, { ...ENCODER, width: 1 }]) {
      const decision = decide({ frame: { encoding }, options: { ...OPTIONS, proxy }, capabilities: { passthrough, jpeg, video: hasVideo ? ALL.video : [] }, state: { isLost, encoder } });
      expect(decision.reasons.map(({ row }) => row)).toContain(decision.row);
      expect(decision.reasons.every(({ says }) => !says.includes('undefined') && says.endsWith('.'))).toBe(true);
    }
  });

  test('the decision changes none of its arguments', () => {
    const [options, state] = [Object.freeze({ ...OPTIONS }), Object.freeze({ ...RUNNING })];
    expect(route(Object.freeze({ ...FRAME }), options, Object.freeze(ALL), state)).toEqual(route(FRAME, OPTIONS, ALL, RUNNING));
  });
});

describe('reasons', () => {
  test('a re-made encoder names both values of everything that changed', () => {
    const { closes, reasons } = decide({ frame: { width: 320, height: 240 }, options: { ...OPTIONS, codec: 'h264', scaling: [1, 2] }, state: RUNNING });
    expect(closes).toBe('size 640×480 → 320×240, scaling 1:1 → 1:2, codec vp9 → h264');
    expect(reasons.map(({ row }) => row)).toEqual([6, 9, 10]);
  });

  test('an encoder that cannot be made again is closed, and the frame goes as JPEG', () => {
    const { action, closes, reasons } = decide({ options: { ...OPTIONS, codec: 'av1' }, state: RUNNING });
    expect([action.do, closes]).toEqual(['jpeg', 'codec vp9 → av1']);
    expect(reasons.map(({ row }) => row)).toEqual([6, 7, 9, 10]);
  });

  test('row 10 names the options that go along', () => {
    const { reasons } = decide({ options: { ...OPTIONS, timestamp: 5, depth: 24 }, state: RUNNING });
    expect(reasons.at(-1)).toEqual({ row: 10, says: 'Where the encoder gives none, the client’s timestamp, rgb_format, depth go with the stream.' });
  });
});

describe('the options for the encoder', () => {
  const says = (given: Partial<Case>): string => decide(given).reasons.map((reason) => reason.says).join(' ');

  test('what is heeded and what is not is said, each with why', () => {
    expect(says({ options: { ...OPTIONS, options: { quality: 30, b_frames: 2, speed: 'fast', key_frame: 1 } } })).toContain('Of the client’s options for the encoder it heeds quality 30, and not b_frames 2 (WebCodecs’ video encoders have no such setting), speed fast (it is 0 … 100), key_frame 1 (it is true or false).');
    expect(says({ options: { ...OPTIONS, codec: 'av1', options: { key_frame: true } } })).toContain('it heeds none, and not key_frame true (the JPEG encoder has no such setting).');
  });

  test.each<readonly [string, Partial<Case>]>([
    ['forwarded', { frame: { encoding: 'png' }, options: { ...OPTIONS, options: { quality: 30 } } }],
    ['passed through', { capabilities: { passthrough: true }, options: { ...OPTIONS, options: { quality: 30 } } }],
    ['dropped', { state: { isLost: true }, options: { ...OPTIONS, options: { quality: 30 } } }],
    ['untouched', { frame: { encoding: 'mmap' }, options: { ...OPTIONS, options: { quality: 30 } } }],
  ])('a frame that is %s says that they reached no encoder', (_, given) => {
    expect(says(given)).toContain('The client’s options for the encoder (quality) reached none: the frame is not encoded here.');
  });

  test('a row speaks once, whatever it says of them', () => {
    for (const given of [{ state: RUNNING }, {}, { options: { ...OPTIONS, codec: 'av1' } }, { capabilities: { passthrough: true } }] satisfies readonly Partial<Case>[]) {
      const rows = decide({ ...given, options: { ...('options' in given ? given.options : OPTIONS), options: { b_frames: 2 } } }).reasons.map(({ row }) => row);
      expect(new Set(rows).size).toBe(rows.length);
    }
  });

  test('where there are none nothing is said of them', () => {
    expect(says({ options: { ...OPTIONS, options: {} } })).not.toContain('options for the encoder');
  });
});

describe('faults of the original that must not return', () => {
  test('the asked encoding (rgb32) is never compared with the produced one (vp9): a hundred frames, one encoder', () => {
    const made = Array.from({ length: 100 }, () => decide({ state: RUNNING }).action).filter((action) => action.do === 'video' && action.make !== undefined);
    expect(made).toEqual([]);
  });

  test.each([[0, 2624], [undefined, 2624], [2560, 2560]])('a rowstride option of %s sends the real stride, %i', (rowstride, sent) => {
    expect(decide({ options: { ...OPTIONS, rowstride }, capabilities: { passthrough: true } }).action).toMatchObject({ rowstride: sent });
  });

  test.each([[-1, undefined], [undefined, undefined], [0, 0], [75, 75]])('quality %s reaches JPEG as %s', (quality, passed) => {
    expect(decide({ options: { ...OPTIONS, codec: 'av1', quality, speed: quality } }).action).toMatchObject({ do: 'jpeg', quality: passed, speed: passed });
  });

  test('a window whose number equals an encoder’s is as lost as it says, no more', () => {
    expect(decide({ frame: { window: 0 }, state: RUNNING }).action.do).toBe('video');
    expect(decide({ frame: { window: 0 }, state: { ...RUNNING, isLost: true } }).action.do).toBe('drop');
  });
});
