import { describe, expect, test } from 'vitest';
import * as door from './index.ts';
import { LabError } from './labError.ts';

const { allocImage, convert, encodeJpeg } = door;

/** A value as it comes over the border from JavaScript, where no type holds. */
function wild(value: unknown): never;
function wild(value: unknown): unknown {
  return value;
}

const spec = { format: 'nv12', width: 16, height: 16 } as const;
const image = allocImage(spec);
const gray = allocImage({ format: 'gray', width: 16, height: 16 });
const bytes = new Uint8Array(384);
const pipeline = door.planConversion(spec, { ...spec, format: 'rgba' });
const rect = { x: 0, y: 0, width: 4, height: 4 };
const channelOf = (changes: object): unknown => door.JpegChannel.create(wild({ maxWidth: 64, maxHeight: 64, buffers: 2, memory: { mode: 'system', bufferBytes: 4096 }, ...changes }));

type Wrong = readonly [name: string, call: () => unknown, code: string, suggested?: string];

const asked = (options: unknown): (() => unknown) => () => convert(image, 'rgba', wild(options));
const wrapped = (changes: object): (() => unknown) => () => door.wrapImage(bytes, wild({ ...spec, ...changes }));
const encoded = (options: unknown): (() => unknown) => () => encodeJpeg(image, wild(options));

const CONVERT: readonly Wrong[] = [
  ['scael', asked({ scael: 2 }), 'convert/option', 'scale'],
  ['Scale', asked({ Scale: 2 }), 'convert/option', 'scale'],
  ['chroma_up', asked({ chroma_up: 'nearest' }), 'convert/option', 'chromaUp'],
  ['policy WRAP', asked({ policy: 'WRAP' }), 'convert/policy'],
  ['policy CLAMP', asked({ policy: 'CLAMP' }), 'convert/policy', 'clamp'],
  ['chromaUp cubic', asked({ chromaUp: 'cubic' }), 'convert/chromaUp'],
  ['chromaDown bilinaer', asked({ chromaDown: 'bilinaer' }), 'convert/chromaDown', 'bilinear'],
  ['rounding up', asked({ rounding: 'up' }), 'convert/rounding'],
  ['rounding null', asked({ rounding: null }), 'convert/rounding'],
  ['dither true', asked({ dither: true }), 'convert/dither'],
  ['depthMode Exact', asked({ depthMode: 'Exact' }), 'convert/depthMode', 'exact'],
  ['alphaFrom premultiplyed', asked({ alphaFrom: 'premultiplyed' }), 'convert/alphaFrom', 'premultiplied'],
  ['alphaTo 0', asked({ alphaTo: 0 }), 'convert/alphaTo'],
  ['resample lanczos', asked({ resample: 'lanczos' }), 'resample/filter'],
  ['decimate 0', asked({ decimate: 0 }), 'resample/decimate'],
  ['decimate a text', asked({ decimate: '2' }), 'resample/decimate'],
  ['decimate a BigInt', asked({ decimate: 2n }), 'resample/decimate'],
  ['backend cuda', asked({ backend: 'cuda' }), 'convert/backend'],
  ['backend SIMD', asked({ backend: 'SIMD' }), 'convert/backend', 'simd'],
  ['scale a text', asked({ scale: '2' }), 'convert/scale'],
  ['scale null', asked({ scale: null }), 'convert/scale'],
  ['scale NaN', asked({ scale: Number.NaN }), 'convert/scale'],
  ['scale Infinity', asked({ scale: Infinity }), 'convert/scale'],
  ['scale a BigInt', asked({ scale: 2n }), 'convert/scale'],
  ['scale beyond fp32', asked({ scale: 1e39 }), 'convert/scale'],
  ['offset an object', asked({ offset: {} }), 'convert/offset'],
  ['offset a symbol', asked({ offset: Symbol('x') }), 'convert/offset'],
  ['options null', asked(null), 'convert/options'],
  ['options a text', asked('scale'), 'convert/options'],
  ['options a list', asked([2]), 'convert/options'],
  ['image null', () => convert(wild(null), 'rgba'), 'image/invalid'],
  ['image without planes', () => convert(wild({ ...spec }), 'rgba'), 'image/invalid'],
  ['image with a plane too few', () => convert({ ...image, planes: image.planes.slice(1) }, 'rgba'), 'image/invalid'],
  ['image with planes of text', () => convert(wild({ ...image, planes: ['a', 'b'] }), 'rgba'), 'image/invalid'],
  ['no destination', () => convert(image, wild(undefined)), 'spec/invalid'],
  ['destination null', () => convert(image, wild(null)), 'spec/invalid'],
  ['destination rgb_24', () => convert(image, wild('rgb_24')), 'format/unknown', 'rgb24'],
  ['destination toString', () => convert(image, wild('toString')), 'format/unknown'],
  ['destination of another width that is a text', () => convert(image, wild({ format: 'rgba', width: '16', height: 16 })), 'layout/size'],
];

const SPECS: readonly Wrong[] = [
  ['bytes of a plain list', () => door.wrapImage(wild([1, 2, 3]), spec), 'bytes/type'],
  ['bytes of an ArrayBuffer', () => door.wrapImage(wild(new ArrayBuffer(384)), spec), 'bytes/type'],
  ['bytes of a DataView', () => door.wrapImage(wild(new DataView(new ArrayBuffer(384))), spec), 'bytes/type'],
  ['bytes of 16 bits', () => door.wrapImage(wild(new Uint16Array(384)), spec), 'bytes/type'],
  ['bytes null', () => door.wrapImage(wild(null), spec), 'bytes/type'],
  ['spec null', () => door.wrapImage(bytes, wild(null)), 'spec/invalid'],
  ['format NV12', wrapped({ format: 'NV12' }), 'format/unknown', 'nv12'],
  ['format 12', wrapped({ format: 12 }), 'format/unknown'],
  ['format null', wrapped({ format: null }), 'format/unknown'],
  ['widht', wrapped({ widht: 16 }), 'spec/name', 'width'],
  ['stride', wrapped({ stride: [16, 16] }), 'spec/name', 'strides'],
  ['colourSpec', wrapped({ colourSpec: {} }), 'spec/name', 'colorSpec'],
  ['width a text', wrapped({ width: '16' }), 'layout/size'],
  ['width a BigInt', wrapped({ width: 16n }), 'layout/size'],
  ['width NaN', wrapped({ width: Number.NaN }), 'layout/size'],
  ['height Infinity', wrapped({ height: Infinity }), 'layout/size'],
  ['height null', wrapped({ height: null }), 'layout/size'],
  ['matrix bt2021', wrapped({ colorSpec: { matrix: 'bt2021' } }), 'color/matrix', 'bt2020'],
  ['matrix BT709', wrapped({ colorSpec: { matrix: 'BT709' } }), 'color/matrix', 'bt709'],
  ['range tv', wrapped({ colorSpec: { range: 'tv' } }), 'color/range'],
  ['range limted', wrapped({ colorSpec: { range: 'limted' } }), 'color/range', 'limited'],
  ['siting middle', wrapped({ colorSpec: { siting: 'middle' } }), 'color/siting'],
  ['colour spec null', wrapped({ colorSpec: null }), 'color/options'],
  ['colour spec with matrx', wrapped({ colorSpec: { matrx: 'bt709' } }), 'color/option', 'matrix'],
  ['strides a number', wrapped({ strides: 16 }), 'layout/stride'],
  ['too few strides', wrapped({ strides: [16] }), 'layout/stride'],
  ['too many strides', wrapped({ strides: [16, 16, 16] }), 'layout/stride'],
  ['a stride that is a text', wrapped({ strides: ['16', '16'] }), 'layout/stride'],
  ['a stride NaN', wrapped({ strides: [Number.NaN, 16] }), 'layout/stride'],
  ['a stride BigInt', wrapped({ strides: [16n, 16n] }), 'layout/stride'],
  ['too few offsets', wrapped({ offsets: [0] }), 'layout/offset'],
  ['too many offsets', wrapped({ offsets: [0, 256, 512] }), 'layout/offset'],
  ['a negative offset', wrapped({ offsets: [-1, 256] }), 'layout/offset'],
  ['an offset null', wrapped({ offsets: [null, 256] }), 'layout/offset'],
  ['a palette of text', wrapped({ palette: 'gray' }), 'palette/size'],
  ['a timestamp of text', wrapped({ timestamp: 'now' }), 'spec/timestamp'],
  ['allocImage null', () => allocImage(wild(null)), 'spec/invalid'],
  ['byteLength undefined', () => door.byteLength(wild(undefined)), 'spec/invalid'],
  ['requiredBytes null', () => door.requiredBytes(wild(null)), 'spec/invalid'],
  ['planeLayouts of a text', () => door.planeLayouts(wild('nv12')), 'spec/invalid'],
  ['pixelFormat nv_12', () => door.pixelFormat(wild('nv_12')), 'format/unknown', 'nv12'],
];

const IMAGES: readonly Wrong[] = [
  ['findFormat null', () => door.findFormat(wild(null)), 'format/name'],
  ['specOf null', () => door.specOf(wild(null)), 'image/invalid'],
  ['imageBytes of a text', () => door.imageBytes(wild('image')), 'image/invalid'],
  ['imageBytes with one stride', () => door.imageBytes(image, [16]), 'layout/stride'],
  ['locate outside', () => door.locate(gray, 16, 0, 'Y'), 'pixel/outside'],
  ['locate a BigInt', () => door.locate(gray, wild(1n), 0, 'Y'), 'pixel/outside'],
  ['locate null', () => door.locate(wild(null), 0, 0, 'Y'), 'image/invalid'],
  ['pixelAt a text', () => door.pixelAt(gray, wild('1'), 0), 'pixel/outside'],
  ['pixelAt null', () => door.pixelAt(wild(null), 0, 0), 'image/invalid'],
  ['alignOutward null', () => door.alignOutward(wild(null), { x: 2, y: 2 }, image), 'rect/invalid'],
  ['alignOutward on no grid', () => door.alignOutward(rect, wild(null), image), 'rect/grid'],
  ['alignOutward in no image', () => door.alignOutward(rect, { x: 2, y: 2 }, wild(undefined)), 'image/invalid'],
  ['cloneImage null', () => door.cloneImage(wild(null)), 'image/invalid'],
  ['compact null', () => door.compact(wild(null)), 'image/invalid'],
  ['mayRestride null', () => door.mayRestride(wild(null)), 'image/invalid'],
  ['restride by a text', () => door.restride(image, wild('32')), 'layout/stride'],
  ['restride by NaN', () => door.restride(image, Number.NaN), 'layout/stride'],
  ['subImage of null', () => door.subImage(wild(null), rect), 'image/invalid'],
  ['subImage by null', () => door.subImage(image, wild(null)), 'rect/invalid'],
  ['subImage by texts', () => door.subImage(image, wild({ ...rect, width: '4' })), 'view/outside'],
  ['subImage inward', () => door.subImage(image, rect, wild('inward')), 'view/align'],
  ['clampRect null', () => door.clampRect(wild(null), rect), 'rect/invalid'],
  ['clampRect by half pixels', () => door.clampRect({ ...rect, x: 0.5 }, rect), 'rect/invalid'],
  ['clampRect of negative width', () => door.clampRect({ ...rect, width: -4 }, rect), 'rect/invalid'],
  ['formatForDepth 17', () => door.formatForDepth(17), 'capture/depth'],
  ['formatForDepth a text', () => door.formatForDepth(wild('32')), 'capture/depth'],
  ['wholeRows with a stride of 0', () => door.wholeRows(100, 0, 1), 'capture/rows'],
  ['wholeRows of a BigInt', () => door.wholeRows(wild(100n), 10, 1), 'capture/rows'],
  ['toTransfer null', () => door.toTransfer(wild(null)), 'image/invalid'],
  ['freeImage null', () => door.freeImage(wild(null)), 'image/invalid'],
  ['paletteFrom null', () => door.paletteFrom(wild(null)), 'palette/size'],
  ['paletteFrom three values', () => door.paletteFrom(new Uint8Array(3)), 'palette/size'],
  ['paletteFrom a list', () => door.paletteFrom(wild([1, 2, 3, 4])), 'palette/size'],
  ['paletteOf null', () => door.paletteOf(wild(null)), 'image/invalid'],
];

const PIPELINES: readonly Wrong[] = [
  ['planConversion from null', () => door.planConversion(wild(null), spec), 'spec/invalid'],
  ['planConversion to null', () => door.planConversion(spec, wild(null)), 'spec/invalid'],
  ['planNaive with null options', () => door.planNaive(spec, spec, wild(null)), 'convert/options'],
  ['resultSize of null', () => door.resultSize(wild(null), {}), 'layout/size'],
  ['resultSize by null', () => door.resultSize(spec, wild(null)), 'convert/options'],
  ['compile null', () => door.compile(wild(null), 'scalar'), 'pipeline/invalid'],
  ['compile for cuda', () => door.compile(pipeline, wild('cuda')), 'convert/backend'],
  ['bestBackend null', () => door.bestBackend(wild(null)), 'pipeline/invalid'],
  ['simdReason null', () => door.simdReason(wild(null)), 'pipeline/invalid'],
  ['describePipeline null', () => door.describePipeline(wild(null)), 'pipeline/invalid'],
  ['describeSteps of a text', () => door.describeSteps(wild('load')), 'pipeline/invalid'],
  ['runContext null', () => door.runContext(wild(null), {}), 'image/invalid'],
  ['sourcePlace null', () => door.sourcePlace(wild(null), 0, 0), 'pipeline/invalid'],
  ['trace null', () => door.trace(pipeline, wild(null), 0, 0, {}), 'image/invalid'],
  ['trace without context', () => door.trace(pipeline, image, 0, 0, wild(null)), 'pipeline/context'],
  ['tracePixel null', () => door.tracePixel(wild(null), 'rgba', 0, 0), 'image/invalid'],
  ['tracePixel at a text', () => door.tracePixel(image, 'rgba', wild('0'), 0), 'pixel/outside'],
  ['vpiSupport of NV12', () => door.vpiSupport(wild('NV12'), 'rgba', true, 16, 16), 'format/unknown', 'nv12'],
  ['vpiSupport of NaN pixels', () => door.vpiSupport('nv12', 'rgba', true, Number.NaN, 16), 'layout/size'],
];

const CODECS: readonly Wrong[] = [
  ['encodeJpeg qualty', encoded({ qualty: 75 }), 'jpeg/option', 'quality'],
  ['encodeJpeg quality a text', encoded({ quality: '75' }), 'jpeg/quality'],
  ['encodeJpeg quality null', encoded({ quality: null }), 'jpeg/quality'],
  ['encodeJpeg quality a BigInt', encoded({ quality: 75n }), 'jpeg/quality'],
  ['encodeJpeg subsampling 420', encoded({ subsampling: '420' }), 'jpeg/subsampling', '4:2:0'],
  ['encodeJpeg optimizeHuffman 1', encoded({ optimizeHuffman: 1 }), 'jpeg/option'],
  ['encodeJpeg comment 5', encoded({ comment: 5 }), 'jpeg/option'],
  ['encodeJpeg exif a list', encoded({ exif: [1] }), 'jpeg/option'],
  ['encodeJpeg tables null', encoded({ tables: null }), 'jpeg/tables'],
  ['encodeJpeg density null', encoded({ density: null }), 'jpeg/option'],
  ['encodeJpeg density in mm', encoded({ density: { unit: 'mm', x: 1, y: 1 } }), 'jpeg/option', 'cm'],
  ['encodeJpeg density without y', encoded({ density: { unit: 'inch', x: 72 } }), 'jpeg/option'],
  ['encodeJpeg mode fast', encoded({ mode: 'fast' }), 'jpeg/option'],
  ['encodeJpeg onStage a text', encoded({ onStage: 'log' }), 'jpeg/option'],
  ['encodeJpeg options null', encoded(null), 'jpeg/options'],
  ['encodeJpeg null', () => encodeJpeg(wild(null)), 'image/invalid'],
  ['estimateJpegSize null', () => door.estimateJpegSize(wild(null)), 'image/invalid'],
  ['predictJpegSize null', () => door.predictJpegSize(wild(null)), 'spec/invalid'],
  ['predictJpegSize qualty', () => door.predictJpegSize(spec, wild({ qualty: 1 })), 'jpeg/option', 'quality'],
  ['decodeJpeg null', () => door.decodeJpeg(wild(null)), 'bytes/type'],
  ['decodeJpeg of an ArrayBuffer', () => door.decodeJpeg(wild(new ArrayBuffer(4))), 'bytes/type'],
  ['decodeJpeg maxScan', () => door.decodeJpeg(bytes, wild({ maxScan: 3 })), 'jpeg/option', 'maxScans'],
  ['decodeJpeg maxScans a text', () => door.decodeJpeg(bytes, wild({ maxScans: '3' })), 'jpeg/option'],
  ['decodeJpeg allowLarge yes', () => door.decodeJpeg(bytes, wild({ allowLarge: 'yes' })), 'jpeg/option'],
  ['decodeJpeg options null', () => door.decodeJpeg(bytes, wild(null)), 'jpeg/options'],
  ['jpegNeeds a text', () => door.jpegNeeds(wild('a.jpg')), 'bytes/type'],
  ['guessLayouts null', () => door.guessLayouts(wild(null)), 'bytes/type'],
  ['guessLayouts a hint that is text', () => door.guessLayouts(bytes, wild('nv12')), 'guess/hint'],
  ['guessLayouts limit 0', () => door.guessLayouts(bytes, {}, 0), 'guess/limit'],
  ['guessLayouts limit as text', () => door.guessLayouts(bytes, {}, wild('8')), 'guess/limit'],
  ['splitMjpeg null', () => door.splitMjpeg(wild(null)), 'bytes/type'],
  ['JpegChannel of null', () => door.JpegChannel.create(wild(null)), 'jpege/attribute'],
  ['JpegChannel with a width of text', () => channelOf({ maxWidth: '64' }), 'jpege/attribute'],
  ['JpegChannel with BigInt buffers', () => channelOf({ buffers: 2n }), 'jpege/attribute'],
  ['JpegChannel without memory', () => channelOf({ memory: null }), 'jpege/attribute'],
  ['JpegChannel with the memory of the sytem', () => channelOf({ memory: { mode: 'sytem' } }), 'jpege/attribute', 'system'],
];

const WRONG: readonly Wrong[] = [...CONVERT, ...SPECS, ...IMAGES, ...PIPELINES, ...CODECS];

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

describe('a wrong call at the door is refused with what and remedy', () => {
  test.each(WRONG.map(([name, call, code, suggested]) => ({ name, call, code, suggested })))('$name', ({ call, code, suggested }) => {
    const error = thrownBy(call);
    expect(error).toBeInstanceOf(LabError);
    if (!(error instanceof LabError)) return;
    expect(error.code).toBe(code);
    expect(error.info.what).toMatch(/\S.*\.$/);
    expect(error.info.remedy).toMatch(/\S.*\.$/);
    if (suggested !== undefined) expect(error.info.remedy).toContain(`“${suggested}”`);
  });

  test('every function of the door has such a call', () => {
    const free = new Set(['LabError', 'formatBytes', 'inThrees', 'toErrorInfo', 'isPixelFormatId', 'shareImages', 'compilePipeline']);
    const calls = WRONG.map(([, call]) => call.toString()).join('\n') + encoded({}).toString() + channelOf.toString() + wrapped({}).toString() + asked({}).toString();
    const missing = Object.entries(door).filter(([name, value]) => typeof value === 'function' && !free.has(name) && !new RegExp(`\\b${name}\\b`).test(calls)).map(([name]) => name);
    expect(missing).toEqual([]);
  });
});

test('compilePipeline rejects where compile throws', async () => {
  await expect(door.compilePipeline(wild(null), 'scalar')).rejects.toMatchObject({ code: 'pipeline/invalid' });
  await expect(door.compilePipeline(pipeline, wild('cuda'))).rejects.toMatchObject({ code: 'convert/backend' });
});

test('what is left out, or said to be undefined, is no wrong call', () => {
  expect(convert(image, 'rgba', { scale: undefined, resample: undefined }).format).toBe('rgba');
  expect(encodeJpeg(image, { quality: undefined, density: undefined }).length).toBeGreaterThan(100);
  expect(door.wrapImage(bytes, { ...spec, strides: undefined, colorSpec: {} }).width).toBe(16);
});
