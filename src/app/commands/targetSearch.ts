import { formatBytes } from '../../kernels/index.ts';
import type { LabErrorInfo } from '../../kernels/index.ts';
import type { EncodePoint } from '../../workers/encode/client.ts';
import type { Reply } from '../../workers/pixels/protocol.ts';
import type { Target } from '../state/encoding.ts';

/** What a search came to: the setting that fits and what it makes, or why there is none. */
export type Found =
  | { readonly ok: true; readonly step: number; readonly point: EncodePoint; readonly tried: readonly EncodePoint[] }
  | { readonly ok: false; readonly error: LabErrorInfo; readonly tried: readonly EncodePoint[] };

const meets = ({ facts }: EncodePoint, { measure, value }: Target): boolean => (measure === 'bytes' ? facts.bytes <= value : (facts.ssim ?? 0) >= value);

function outOfReach(tried: readonly EncodePoint[], { measure, value }: Target): LabErrorInfo {
  const what = measure === 'bytes'
    ? `Even the coarsest setting takes ${formatBytes(Math.min(...tried.map(({ facts }) => facts.bytes)))}; at most ${formatBytes(value)} were asked.`
    : `Even the finest setting reaches an SSIM of ${Math.max(...tried.map(({ facts }) => facts.ssim ?? 0)).toFixed(4)}; ${String(value)} was asked.`;
  return { code: 'encode/target', what, remedy: `${measure === 'bytes' ? 'Allow more bytes' : 'Ask for less'}, or choose another encoder or chroma.` };
}

/**
 * The finest setting whose file is small enough, or the coarsest that is near enough to the source: by bisection, as if
 * both grew with the setting. What is given back is the attempt that fits, which is seldom the last one.
 * @param steps settings from coarse to fine   @param onTried told before each attempt
 */
export async function searchByTarget(steps: readonly number[], target: Target, probe: (step: number) => Promise<Reply<EncodePoint>>, onTried: (tried: readonly EncodePoint[]) => void): Promise<Found> {
  const tried: EncodePoint[] = [];
  let found: { readonly step: number; readonly point: EncodePoint } | undefined;
  let [low, high] = [0, steps.length - 1];
  while (low <= high) {
    onTried([...tried]);
    const middle = (low + high) >> 1;
    const step = steps[middle];
    const reply = await probe(step);
    if (!reply.ok) return { ok: false, error: reply.error, tried };
    tried.push(reply.value);
    const isMet = meets(reply.value, target);
    if (isMet) found = { step, point: reply.value };
    if (target.measure === 'bytes' ? isMet : !isMet) low = middle + 1;
    else high = middle - 1;
  }
  return found === undefined ? { ok: false, error: outOfReach(tried, target), tried } : { ok: true, ...found, tried };
}
