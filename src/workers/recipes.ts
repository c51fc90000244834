import type { Remote } from 'comlink';
import type { FileId, ImageId, ImageInfo, Opened, PixelsApi, Reply } from './protocol.ts';

type Now = <Id extends ImageId | FileId>(id: Id) => Id;

interface Recipe {
  /** Ids that the app holds, in the order in which a replay gives new ones. */
  readonly ids: readonly (ImageId | FileId)[];
  readonly make: (api: Remote<PixelsApi>, now: Now) => Promise<readonly (ImageId | FileId)[] | undefined>;
}

const idsOf = ({ file, images }: Opened): readonly (ImageId | FileId)[] => [file.id, ...images.map(({ id }) => id)];

/** How everything in the worker came about, so that a new worker can be given the same. */
export class Recipes {
  private list: Recipe[] = [];
  private readonly current = new Map<string, string>();

  /** Today's id of something the app knows by its first id. */
  readonly now: Now = (id) => {
    const replaced = this.current.get(id);
    return replaced === undefined || !sameKind(replaced, id) ? id : replaced;
  };

  opened(opened: Opened, again: (api: Remote<PixelsApi>) => Promise<Reply<Opened>>): void {
    this.list.push({ ids: idsOf(opened), make: async (api) => { const reply = await again(api); return reply.ok ? idsOf(reply.value) : undefined; } });
  }

  kept(id: FileId, again: (api: Remote<PixelsApi>) => Promise<Reply<{ readonly id: FileId }>>): void {
    this.list.push({ ids: [id], make: async (api) => { const reply = await again(api); return reply.ok ? [reply.value.id] : undefined; } });
  }

  made(info: ImageInfo, again: (api: Remote<PixelsApi>, now: Now) => Promise<Reply<ImageInfo>>): void {
    this.list.push({ ids: [info.id], make: async (api, now) => { const reply = await again(api, now); return reply.ok ? [reply.value.id] : undefined; } });
  }

  forget(ids: readonly (ImageId | FileId)[]): void {
    this.list = this.list.filter((recipe) => !recipe.ids.every((id) => ids.includes(id)));
  }

  async replay(api: Remote<PixelsApi>): Promise<void> {
    for (const recipe of this.list) {
      const made = await recipe.make(api, this.now);
      for (const [index, id] of recipe.ids.entries()) {
        const replaced = made?.[index];
        if (replaced !== undefined) this.current.set(id, replaced);
      }
    }
  }
}

/** Ids of images and of files are told apart by their prefix; an id is only ever replaced by one of its kind. */
function sameKind<Id extends string>(candidate: string, id: Id): candidate is Id {
  return candidate.split('-')[0] === id.split('-')[0];
}
