import type { Display, ImageId, Tile, TileRequest } from '../../../workers/protocol.ts';

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

type Paint = (request: TileRequest) => Promise<Tile | undefined>;

/** Tiles as bitmaps, the longest unused put away first. Few requests are under way at once, so that what is looked at now comes first. */
export class TileCache {
  private readonly tiles = new Map<string, ImageBitmap>();
  private readonly wanted = new Map<string, { readonly key: TileKey; readonly size: { readonly width: number; readonly height: number } }>();
  private readonly pending = new Set<string>();
  private readonly paint: Paint;
  private readonly onTile: () => void;

  constructor(paint: Paint, onTile: () => void) {
    this.paint = paint;
    this.onTile = onTile;
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
      if (!this.pending.has(text) && !this.tiles.has(text)) void this.make(text, key, size);
    }
  }

  private async make(text: string, { image, step, column, row, display, against }: TileKey, size: { readonly width: number; readonly height: number }): Promise<void> {
    this.pending.add(text);
    const [x, y, span] = [column * TILE * step, row * TILE * step, TILE * step];
    const rect = { x, y, width: Math.min(span, size.width - x), height: Math.min(span, size.height - y) };
    const tile = await this.paint({ image, rect, step, display, against });
    if (tile !== undefined) {
      const bitmap = await createImageBitmap(new ImageData(tile.rgba, tile.width, tile.height));
      this.tiles.set(text, bitmap);
      this.evict();
    }
    this.pending.delete(text);
    if (tile !== undefined) this.onTile();
    this.pump();
  }

  private evict(): void {
    for (const [text, bitmap] of this.tiles) {
      if (this.tiles.size <= MOST_TILES) return;
      bitmap.close();
      this.tiles.delete(text);
    }
  }
}
