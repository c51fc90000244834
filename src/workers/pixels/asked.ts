import type { Conversion, FileFacts, ImageInfo, JobId, Opened, Reply } from './protocol.ts';
import type { Id, PixelsLife } from './life.ts';

/** What came to be in the worker. */
export type Thing = Pick<ImageInfo, 'id' | 'name' | 'bytes'> | Pick<FileFacts, 'id' | 'name' | 'bytes'>;

export const thingsOf = ({ file, images }: Opened): readonly Thing[] => [file, ...images];
export const thingOf = (thing: Thing): readonly Thing[] => [thing];
export const idsOf = (things: readonly Thing[]): readonly Id[] => things.map(({ id }) => id);

/** What is asked of the worker. */
export interface Asked<T> {
  /** As in “The worker stopped while it was …”. */
  readonly title: string;
  readonly needs: readonly Id[];
  readonly run: (life: PixelsLife, job: JobId) => Promise<Reply<T>>;
  /** Bytes that it works through in one go, without hearing anything; none where it takes turns. */
  readonly inOneGo?: number | undefined;
  /** Whether nobody misses the answer. */
  readonly isAside?: boolean;
}

/** A verb that leaves something in the worker. */
export interface Making<T> extends Asked<T> {
  readonly made: (value: T) => readonly Thing[];
}

/** Lanes that a person waits for, with a way out. */
export const isWaitedFor = (lane: string): boolean => /^(open|convert|export|keep|raw)\b/.test(lane);

/** Work in one go gets a second for so many bytes, and no more than so many milliseconds, before it is taken to hang. */
const [BYTES_PER_SECOND, MOST_SILENT_MS] = [8 * 2 ** 20, 60_000];

/** How long a job may be silent beyond what is expected of any. */
export const silenceOf = ({ inOneGo = 0 }: Pick<Asked<unknown>, 'inOneGo'>): number => Math.min(MOST_SILENT_MS, (inOneGo / BYTES_PER_SECOND) * 1000);

/** A compressed file unfolds to about so many times its bytes. */
export const UNFOLDS = 8;

export const formatOf = ({ to }: Pick<Conversion, 'to'>): string => (typeof to === 'string' ? to : `${to.format} ${String(to.width)}×${String(to.height)}`);
