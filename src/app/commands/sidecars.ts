import * as v from 'valibot';
import type { ImageSpec } from '../../kernels/index.ts';
import { planeLayouts } from '../../kernels/image/layout.ts';
import type { RawGeometry } from '../../workers/pixels/protocol.ts';
import { color, format, maybe, pixels } from '../state/schemas.ts';

const byteCount = v.pipe(v.number(), v.integer(), v.minValue(0));
const byte = v.pipe(byteCount, v.maxValue(255));
/** R,G,B,A of 1 to 256 colours. */
const palette = v.pipe(v.array(byte), v.minLength(4), v.maxLength(1024), v.check((values) => values.length % 4 === 0));
/** What `kernels/codecs/sidecar.ts` writes. */
const Sidecar = v.object({ format, width: pixels, height: pixels, planes: v.array(v.object({ offset: byteCount, stride: byteCount })), colorSpec: maybe(color), timestamp: maybe(v.number()), palette: maybe(palette) });

/** Far more than the longest, which has a palette: what is larger is not read. */
const MOST_BYTES = 1 << 20;

function layoutsOf(spec: ImageSpec): ReturnType<typeof planeLayouts> | undefined {
  try {
    return planeLayouts(spec);
  } catch {
    return undefined;
  }
}

/** The spec with strides and offsets only where they say something: left out, they follow a width or height that is typed later. */
function shortest(spec: ImageSpec, strides: readonly number[], offsets: readonly number[]): ImageSpec | undefined {
  const isAsWritten = (short: ImageSpec): boolean => layoutsOf(short)?.every(({ stride, offset }, plane) => stride === strides[plane] && offset === offsets[plane]) ?? false;
  return [spec, { ...spec, strides }, { ...spec, strides, offsets }].find(isAsWritten);
}

/** How the bytes beside a sidecar are to be read; undefined where the text is none, or its planes are none of the format's. */
export function sidecarGeometry(text: string): RawGeometry | undefined {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(Sidecar, given);
  if (!parsed.success) return undefined;
  const { planes, palette: colors, ...rest } = parsed.output;
  const plain: ImageSpec = { ...rest, palette: colors === undefined ? undefined : Uint8Array.from(colors) };
  const spec = layoutsOf(plain)?.length === planes.length ? shortest(plain, planes.map(({ stride }) => stride), planes.map(({ offset }) => offset)) : undefined;
  return spec === undefined ? undefined : { spec, headerOffset: 0, padShort: false };
}

/** The names that a file's sidecar may have, the likelier first. */
export const sidecarNames = (name: string): readonly string[] => [`${name}.json`, `${name.replace(/\.[^.]*$/, '')}.json`];

export interface ToOpen {
  readonly file: File;
  /** What its sidecar says, and the sidecar's name. */
  readonly geometry: RawGeometry | undefined;
  readonly sidecar: string | undefined;
}

/** Files that are opened together, each with what its sidecar among them says; the sidecars themselves are left out. */
export async function withSidecars(files: readonly File[]): Promise<readonly ToOpen[]> {
  const found = new Map<File, Pick<ToOpen, 'geometry' | 'sidecar'>>();
  const used = new Set<File>();
  const read = async (file: File): Promise<RawGeometry | undefined> => (file.size > MOST_BYTES ? undefined : sidecarGeometry(await file.text().catch(() => '')));
  for (const file of files) {
    const candidates = sidecarNames(file.name).flatMap((name) => files.filter((other) => other !== file && other.name === name));
    for (const candidate of candidates) {
      const geometry = found.has(file) ? undefined : await read(candidate);
      if (geometry === undefined) continue;
      found.set(file, { geometry, sidecar: candidate.name });
      used.add(candidate);
    }
  }
  return files.filter((file) => !used.has(file)).map((file) => ({ file, geometry: undefined, sidecar: undefined, ...found.get(file) }));
}

/** Why a sidecar that was opened beside a file was not used; undefined where it was. @param isDecoded the file says itself what it holds   @param isLinked a link says how it is to be read */
export function unusedSidecar(name: string, sidecar: string, { isDecoded, isLinked }: { readonly isDecoded: boolean; readonly isLinked: boolean }): string | undefined {
  if (isDecoded) return `The sidecar “${sidecar}” was not used: it is for raw bytes, and “${name}” says itself what it holds.`;
  return isLinked ? `The sidecar “${sidecar}” was not used: the link says how “${name}” is to be read.` : undefined;
}
