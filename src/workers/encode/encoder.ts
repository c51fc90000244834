import type { Image } from '../../kernels/index.ts';
import type { OptionValues } from './options.ts';
import type { Stages } from './stages.ts';

/** What an encoder made. */
export interface EncodedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What a person should know about how it was made. */
  readonly notes: readonly string[];
  /** The picture that the bytes hold; where a decoder must be told of the source, it is. @param note what a person should know about the decoding */
  readonly decode: (note: (text: string) => void) => Promise<Image>;
}

/** One row of ENCODER_ROWS come to life in a worker. */
export interface Encoder {
  /** Why it is not to be had here, or undefined. */
  readonly absence: () => Promise<string | undefined>;
  /** @param options checked and complete   @throws LabError */
  readonly encode: (image: Image, options: OptionValues, stages: Stages) => Promise<EncodedFile>;
}
