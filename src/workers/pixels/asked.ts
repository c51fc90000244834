import type { Conversion, FileFacts, ImageInfo, JobId, Opened, Reply } from './protocol.ts';
import type { Id, PixelsLife } from './life.ts';

/** What came to be in the worker. */
type Thing = Pick<ImageInfo, 'id' | 'name'> | Pick<FileFacts, 'id' | 'name'>;

export const thingsOf = ({ file, images }: Opened): readonly Thing[] => [file, ...images];
export const thingOf = (thing: Thing): readonly Thing[] => [thing];
export const idsOf = (things: readonly Thing[]): readonly Id[] => things.map(({ id }) => id);

/** What is asked of the worker. */
export interface Asked<T> {
  /** As in “The worker stopped while it was …”. */
  readonly title: string;
  readonly needs: readonly Id[];
  readonly run: (life: PixelsLife, job: JobId) => Promise<Reply<T>>;
  /** Whether nobody misses the answer. */
  readonly isAside?: boolean;
}

/** A verb that leaves something in the worker. */
export interface Making<T> extends Asked<T> {
  readonly made: (value: T) => readonly Thing[];
}

/** Lanes that a person waits for, with a way out. */
export const isWaitedFor = (lane: string): boolean => /^(open|convert|export|keep|raw)\b/.test(lane);

export const formatOf = ({ to }: Pick<Conversion, 'to'>): string => (typeof to === 'string' ? to : `${to.format} ${String(to.width)}×${String(to.height)}`);
