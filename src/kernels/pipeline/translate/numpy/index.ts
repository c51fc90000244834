import { describeSteps } from '../../describe.ts';
import type { Rounding } from '../../rounding.ts';
import { signalsOf } from '../../simplify.ts';
import type { Signal } from '../../signal.ts';
import type { Pipeline, Step } from '../../step.ts';
import type { Request, Translation } from '../translation.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { HELPERS, ROUNDING_HELPERS } from './helpers.ts';
import { loadLines, packLines, storeLines, unpackLines } from './memory.ts';
import { bitDepthLines, castLines, clampLines, fillLines, lookupLines, nearestColorLines, premultiplyLines, rangeLines, roundLines, thresholdLines } from './points.ts';
import { rationalLines } from './rational.ts';
import { resampleLines } from './resample.ts';
import { chromaLines } from './sites.ts';

interface Moment {
  readonly pipeline: Pipeline;
  readonly frame: Frame;
  readonly input: Signal;
  readonly output: Signal;
}

/** One step in NumPy: channels are arrays named as in the diagram, integers as int64, floats as float32. */
function stepLines(step: Step, { pipeline, frame, input, output }: Moment): readonly string[] {
  switch (step.kind) {
    case 'load': return loadLines(step, pipeline.from, frame);
    case 'unpack': return unpackLines(step);
    case 'pack': return packLines(step);
    case 'store': return storeLines(step, pipeline.to, frame);
    case 'lookup': return lookupLines(pipeline, output);
    case 'nearest-color': return nearestColorLines(pipeline);
    case 'swizzle': return [];
    case 'gray2rgb': return ['R = G = B = Y'];
    case 'fill': return fillLines(step, frame);
    case 'premultiply': case 'unpremultiply': return premultiplyLines(step, input);
    case 'range': return rangeLines(step);
    case 'round': return roundLines(step);
    case 'clamp': return clampLines(step, input);
    case 'cast': return castLines(step);
    case 'matrix': case 'rescale': return rationalLines(step, input);
    case 'bit-depth': return bitDepthLines(step);
    case 'threshold': return thresholdLines(step);
    case 'upsample': case 'downsample': return chromaLines(step, input, output, frame);
    case 'resample': return resampleLines(step, output, frame);
  }
}

const roundingsOf = (steps: readonly Step[]): readonly Rounding[] => [...new Set(steps.flatMap((step) => ('rounding' in step ? [step.rounding] : [])))];

/** The functions that the body calls, in the order of the table. */
function helpersFor(body: string, steps: readonly Step[]): readonly string[] {
  const called = (name: string): boolean => new RegExp(String.raw`\b${name}\(`).test(body);
  // All steps of a plan round the same way: the person's.
  const { ratio, rounded } = ROUNDING_HELPERS[roundingsOf(steps)[0] ?? 'half-away'];
  const all = { ...HELPERS, ratio, rounded };
  return Object.entries(all).filter(([name]) => called(name)).map(([, code]) => code);
}

/** A script that makes the same bytes as the pipeline: every operation is exact in NumPy's integers and float32. */
export function numpyScript({ pipeline, input, output, headerBytes }: Pick<Request, 'pipeline' | 'input' | 'output' | 'headerBytes'>): string {
  const { from, to, steps } = pipeline;
  const [signals, frame, blocks] = [signalsOf(pipeline), frameOf(pipeline), describeSteps(pipeline)];
  const empty: Signal = { width: 0, height: 0, channels: [] };
  const resized = steps.findIndex(({ kind }) => kind === 'resample');
  const sourceFrame: Frame = { height: from.height, workingWidth: from.width };
  const body = steps.map((step, index) => {
    const lines = stepLines(step, { pipeline, frame: index < resized ? sourceFrame : frame, input: signals[index] ?? empty, output: signals[index + 1] ?? empty });
    return [`# ${blocks[index]?.title ?? ''}: ${blocks[index]?.params ?? ''}`, ...lines].join('\n');
  }).join('\n\n');
  const floats = /float32/.test(body) ? ['np.seterr(all="ignore")  # NaN and infinities are meant to pass'] : [];
  return [
    `"""${from.format} ${String(from.width)}×${String(from.height)} → ${to.format}, bit for bit as Swizzle converts it. Needs NumPy alone."""`,
    ['import numpy as np', ...floats].join('\n\n'),
    ...helpersFor(body, steps).map((code) => `\n${code}`),
    '',
    `data = np.fromfile(${JSON.stringify(input)}, np.uint8${headerBytes === 0 ? '' : `, offset=${String(headerBytes)}`})`,
    body,
    `out.tofile(${JSON.stringify(output)})`,
  ].join('\n\n').replaceAll('\n\n\n\n', '\n\n\n') + '\n';
}

export function toNumpy(request: Request): Translation {
  return { tool: 'numpy', title: 'NumPy', language: 'python', verdict: 'exact', reason: 'Integer and float32 arithmetic, step by step; compared with Swizzle on all pairs of formats.', code: numpyScript(request) };
}
