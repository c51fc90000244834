import { isPlain } from './demands.ts';
import { MEASURED, PEER_VERSIONS } from './measuredPeers.ts';
import { lookUp, variantOf } from './measured.ts';
import type { Difference, PeerId } from './measured.ts';
import type { Request, Translation, Verdict, Wording } from './translation.ts';

function judge({ maxError, percent }: Difference, version: string): { readonly verdict: Verdict; readonly reason: string } {
  const where = `Measured with ${version} on a picture that is half photograph, half noise`;
  if (maxError === 0) return { verdict: 'exact', reason: `${where}: every sample equal.` };
  const share = `${String(percent)} % of the samples differ, by ${maxError === 1 ? '1' : `up to ${String(maxError)}`}`;
  return { verdict: maxError === 1 ? 'within-one' : 'differs', reason: `${where}: ${share}.` };
}

/** Why a conversion is none of those that were measured; undefined when it is one. */
function unlikeMeasured({ pipeline: { from, to }, options }: Request): string | undefined {
  if (!isPlain(options)) return 'Not measured with these options.';
  if (variantOf(from, to) === undefined) return 'Not measured with this matrix and range.';
  if (from.format === to.format) return 'Not measured: source and destination have the same format.';
  return (from.width % 2) + (from.height % 2) > 0 ? 'Measured at even sizes only; this one is odd.' : undefined;
}

const TITLES: Readonly<Record<PeerId, Pick<Translation, 'title' | 'language'>>> = {
  ffmpeg: { title: 'ffmpeg', language: 'shell' },
  opencv: { title: 'OpenCV', language: 'python' },
  gstreamer: { title: 'GStreamer', language: 'shell' },
};

/** A peer's code with what is known of its result. */
export function judged(tool: PeerId, wording: Wording, request: Request): Translation {
  const base = { tool, ...TITLES[tool] };
  if ('blocked' in wording) return { ...base, verdict: 'impossible', reason: wording.blocked };
  const { pipeline: { from, to } } = request;
  const unlike = unlikeMeasured(request);
  const variant = variantOf(from, to);
  const difference = unlike === undefined && variant !== undefined ? lookUp(MEASURED, tool, variant, from.format, to.format) : undefined;
  const { verdict, reason } = difference === undefined ? { verdict: 'unmeasured' as const, reason: unlike ?? 'This pair was not measured.' } : judge(difference, PEER_VERSIONS[tool]);
  return { ...base, verdict, reason: wording.caveat === undefined ? reason : `${reason} ${wording.caveat}`, code: wording.code };
}
