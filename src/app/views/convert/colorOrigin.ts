import { pixelFormat } from '../../../kernels/index.ts';
import type { ColorSpec } from '../../../kernels/index.ts';
import type { Provenance } from '../../../workers/pixels/protocol.ts';
import type { Ask } from './inUse.ts';

/** Who said a source’s colours, where it has any of its own. A dump says nothing: what stands in its geometry somebody assumed. */
const SAID_BY: Readonly<Record<Exclude<Provenance['kind'], 'decoded'>, string>> = {
  raw: 'assumed',
  converted: 'as it was converted',
  encoded: 'as it was encoded',
  sample: 'as the sample was made',
};

/** Where a part of the source’s colours comes from that nobody chose in Convert. */
export function sourceOrigin(part: keyof ColorSpec, own: Partial<ColorSpec> | undefined, provenance: Provenance): string {
  if (own?.[part] === undefined) return 'assumed';
  if (provenance.kind !== 'decoded') return SAID_BY[provenance.kind];
  return provenance.fidelity === 'browser' ? 'as the browser says' : 'as the file says';
}

/** The same of the destination: YUV goes along with YUV. */
export const destinationOrigin = ({ from, to }: Pick<Ask, 'from' | 'to'>): string => ([from, to].every(({ format }) => pixelFormat(format).family === 'yuv') ? 'as the source' : 'by default');
