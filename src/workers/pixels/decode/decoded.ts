import type { Image } from '../../../kernels/index.ts';
import type { Reading } from '../../../kernels/codecs/reading.ts';
import type { Provenance } from '../protocol.ts';

/** One way a file can be seen. */
export interface Decoded {
  readonly image: Image;
  readonly label: string;
  readonly provenance: Provenance;
}

/** @param made how the numbers were made of those of the file, where they are not its own */
export const read = ({ image, fidelity, warnings }: Reading, decoder: string, label = '', made?: string): Decoded => ({ image, label, provenance: { kind: 'decoded', decoder, fidelity, warnings, made } });

export const viaBrowser = (image: Image, label = '', warnings: readonly string[] = []): Decoded => ({ image, label, provenance: { kind: 'decoded', decoder: 'browser', fidelity: 'browser', warnings } });
