import type { EncoderOptions, FrameOptions } from './routeTypes.ts';

/** What an encoder takes over from the client's own options: a value within bounds, or why it is not taken. */
interface Heeded {
  readonly quality?: number | undefined;
  readonly speed?: number | undefined;
  readonly keyFrame?: boolean | undefined;
  /** Names and values that took effect, and what did not, each with its reason. */
  readonly taken: readonly string[];
  readonly left: readonly string[];
}

type Name = 'quality' | 'speed' | 'key_frame';

/** Options that each kind of encoder has a setting for. */
const HEEDED_BY: Record<'video' | 'jpeg', readonly Name[]> = { video: ['quality', 'speed', 'key_frame'], jpeg: ['quality', 'speed'] };

const isLevel = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 100;
const isName = (name: string, names: readonly Name[]): name is Name => names.some((known) => known === name);

/** What is wrong with a value, or undefined. */
const faultOf = (name: Name, value: unknown): string | undefined => (name === 'key_frame' ? (typeof value === 'boolean' ? undefined : 'it is true or false') : isLevel(value) ? undefined : 'it is 0 … 100');

/** The client's own options for the encoder, sorted into what this kind heeds and what it does not. */
export function heededOptions(given: EncoderOptions | undefined, kind: 'video' | 'jpeg'): Heeded {
  const [taken, left]: [string[], string[]] = [[], []];
  let heeded: Pick<Heeded, 'quality' | 'speed' | 'keyFrame'> = {};
  for (const [name, value] of Object.entries(given ?? {})) {
    const said = `${name} ${String(value)}`;
    if (!isName(name, HEEDED_BY[kind])) {
      left.push(`${said} (${kind === 'video' ? 'WebCodecs’ video encoders have' : 'the JPEG encoder has'} no such setting)`);
      continue;
    }
    const fault = faultOf(name, value);
    if (fault !== undefined) left.push(`${said} (${fault})`);
    else {
      taken.push(said);
      if (name === 'key_frame') heeded = { ...heeded, keyFrame: value === true };
      else if (isLevel(value)) heeded = { ...heeded, [name]: value };
    }
  }
  return { ...heeded, taken, left };
}

/** What became of the encoder's options of a frame, in a sentence; undefined where there are none. @param kind undefined: nothing encoded the frame */
export function sayEncoderOptions({ options }: Pick<FrameOptions, 'options'>, kind: 'video' | 'jpeg' | undefined): string | undefined {
  const names = Object.keys(options ?? {});
  if (names.length === 0) return undefined;
  if (kind === undefined) return `The client’s options for the encoder (${names.join(', ')}) reached none: the frame is not encoded here.`;
  const { taken, left } = heededOptions(options, kind);
  return `Of the client’s options for the encoder it heeds ${taken.length === 0 ? 'none' : taken.join(', ')}${left.length === 0 ? '' : `, and not ${left.join(', ')}`}.`;
}
