import type { FileId } from '../../../../workers/pixels/protocol.ts';

/** A JPEG that can be looked into, by its handle. */
export interface Held {
  readonly key: string;
  readonly title: string;
  readonly file: string | { readonly opened: FileId };
}
