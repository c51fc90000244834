import type { Display, ImageId, Tile, TileRequest } from '../../../workers/pixels/protocol.ts';

/** Screen pixels of a tile's side. */
export const TILE = 256;
const MOST_TILES = 240;

export interface TileKey {
  readonly image: ImageId;
  /** Every n-th pixel. */
  readonly step: number;
  readonly column: number;
  readonly row: number;
  readonly display: Display;
  readonly against: TileRequest['against'];
}

const textOf = ({ image, step, column, row, display, against }: TileKey): string =>
  [image, step, column, row, display.solo.join(''), display.black, display.white, display.color?.matrix, display.color?.range, display.color?.siting, against?.image, against?.mode, against?.gain, JSON.stringify(against?.reading)].join('|');

/** What a cache works with. `paint`: undefined where the tile could not be made, which was told. */
export interface TileMaking {
  readonly paint: (request: TileRequest) => Promise<Tile | undefined>;
  readonly toBitmap: (tile: Tile) => Promise<ImageBitmap>;
  readonly onTile: () => void;
  readonly onFault: (text: string) => void;
}

/** Milliseconds until a tile that failed is asked for again, doubled each time. */
const RETRY_MS = 250;
const MOST_TRIES = 4;

/** Tiles as bitmaps, the longest unused put away first. Few requests are under way at once, so that what is looked at now comes first. */
export class TileCache {
  private readonly tiles = new Map<string, ImageBitmap>();
  private readonly wanted = new Map<string, { readonly key: TileKey; readonly size: { readonly width: number; readonly height: number } }>();
  private readonly pending = new Set<string>();
  /** How often each tile failed, and when it may be tried again. */
  private readonly failed = new Map<string, { readonly tries: number; readonly notBefore: number }>();
  private readonly making: TileMaking;

  constructor(making: TileMaking) {
    this.making = making;
  }

  /** The tile, or undefined while it is being made. @param size of the whole image, in pixels */
  get(key: TileKey, size: { readonly width: number; readonly height: number }): ImageBitmap | undefined {
    const text = textOf(key);
    const tile = this.tiles.get(text);
    if (tile === undefined) {
      this.wanted.set(text, { key, size });
      return undefined;
    }
    this.tiles.delete(text);
    this.tiles.set(text, tile);
    return tile;
  }

  /** Forgets what was wanted for an earlier view; called before a frame asks for its tiles. */
  beginFrame(): void {
    this.wanted.clear();
  }

  endFrame(): void {
    this.pump();
  }

  private pump(): void {
    for (const [text, { key, size }] of this.wanted) {
      if (this.pending.size >= 2) return;
      this.wanted.delete(text);
      if (!this.pending.has(text) && !this.tiles.has(text) && this.mayTry(text)) void this.make(text, key, size);
    }
  }

  private async make(text: string, { image, step, column, row, display, against }: TileKey, size: { readonly width: number; readonly height: number }): Promise<void> {
    this.pending.add(text);
    const [x, y, span] = [column * TILE * step, row * TILE * step, TILE * step];
    const rect = { x, y, width: Math.min(span, size.width - x), height: Math.min(span, size.height - y) };
    const bitmap = await this.bitmapOf({ image, rect, step, display, against });
    this.pending.delete(text);
    if (bitmap === undefined) this.putOff(text);
    else {
      this.failed.delete(text);
      this.tiles.set(text, bitmap);
      this.evict();
      this.making.onTile();
    }
    this.pump();
  }

  /** Undefined where it could not be made; the others go on. */
  private async bitmapOf(request: TileRequest): Promise<ImageBitmap | undefined> {
    try {
      const tile = await this.making.paint(request);
      return tile === undefined ? undefined : await this.making.toBitmap(tile);
    } catch (thrown) {
      const { x, y } = request.rect;
      this.making.onFault(`The part of the picture at ${String(x)}, ${String(y)} could not be drawn (${thrown instanceof Error ? thrown.message : String(thrown)}). It is tried again.`);
      return undefined;
    }
  }

  private mayTry(text: string): boolean {
    const failure = this.failed.get(text);
    return failure === undefined || (failure.tries < MOST_TRIES && performance.now() >= failure.notBefore);
  }

  /** Asked for again after a while, a few times: then by nobody until the view is another. */
  private putOff(text: string): void {
    const tries = (this.failed.get(text)?.tries ?? 0) + 1;
    const wait = RETRY_MS * 2 ** (tries - 1);
    this.failed.set(text, { tries, notBefore: performance.now() + wait });
    if (tries < MOST_TRIES) setTimeout(this.making.onTile, wait);
  }

  private evict(): void {
    for (const [text, bitmap] of this.tiles) {
      if (this.tiles.size <= MOST_TILES) return;
      bitmap.close();
      this.tiles.delete(text);
    }
  }
}
