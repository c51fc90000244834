import type { Display, ImageInfo, Region, TileRequest } from '../../../workers/pixels/protocol.ts';
import type { Notation } from '../../state/document.ts';
import { notate } from '../format.ts';
import type { Point, Viewport } from './geometry.ts';
import { originOf, stepOf } from './geometry.ts';
import type { TileCache } from './tileCache.ts';
import { TILE } from './tileCache.ts';

export interface Layer {
  readonly image: ImageInfo;
  readonly display: Display;
  readonly against: TileRequest['against'];
}

/** Draws what there is of a layer's visible tiles, and asks for the rest. */
export function drawLayer(context: CanvasRenderingContext2D, cache: TileCache, { image, display, against }: Layer, viewport: Viewport): void {
  const step = stepOf(viewport.zoom);
  const { width, height } = image.spec;
  const origin = originOf(viewport);
  const span = TILE * step;
  const visible = (from: number, to: number, start: number, size: number): [number, number] => [
    Math.max(0, Math.floor((from - start) / viewport.zoom / span)),
    Math.min(Math.ceil(size / span) - 1, Math.floor((to - start) / viewport.zoom / span)),
  ];
  const [firstColumn, lastColumn] = visible(0, viewport.stage.width, origin.x, width);
  const [firstRow, lastRow] = visible(0, viewport.stage.height, origin.y, height);
  context.imageSmoothingEnabled = false;
  const scale = viewport.zoom * step;
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const tile = cache.get({ image: image.id, step, column, row, display, against }, { width, height });
      const [x, y] = [origin.x + column * span * viewport.zoom, origin.y + row * span * viewport.zoom];
      if (tile !== undefined) context.drawImage(tile, x, y, tile.width * scale, tile.height * scale);
    }
  }
}

/** A hairline around the image, so that its edge shows on any ground. */
export function drawFrame(context: CanvasRenderingContext2D, { spec }: ImageInfo, viewport: Viewport): void {
  const origin = originOf(viewport);
  context.strokeStyle = 'rgb(0 0 0 / 45%)';
  context.lineWidth = 1;
  context.strokeRect(origin.x - 0.5, origin.y - 0.5, Math.round(spec.width * viewport.zoom) + 1, Math.round(spec.height * viewport.zoom) + 1);
}

/** The picked pixel: a double line that shows on dark and light. */
export function drawMark(context: CanvasRenderingContext2D, pixel: Point, viewport: Viewport): void {
  const origin = originOf(viewport);
  const side = Math.max(7, viewport.zoom);
  const inset = viewport.zoom < 7 ? (7 - viewport.zoom) / 2 : 0;
  const [x, y] = [origin.x + pixel.x * viewport.zoom - inset, origin.y + pixel.y * viewport.zoom - inset];
  context.lineWidth = 1;
  context.strokeStyle = '#000';
  context.strokeRect(x - 1.5, y - 1.5, side + 3, side + 3);
  context.strokeStyle = '#fff';
  context.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
}

/** From this zoom on there is room for numbers on every pixel. */
export const VALUES_ZOOM = 32;

interface ValueStyle {
  readonly notation: Notation;
  readonly bitsOf: (component: string) => { readonly bits: number; readonly kind: 'unsigned' | 'signed' | 'float' };
}

/** Every component's value on its pixel. */
export function drawValues(context: CanvasRenderingContext2D, { rect, components, values }: Region, viewport: Viewport, { notation, bitsOf }: ValueStyle): void {
  const origin = originOf(viewport);
  const line = Math.min(14, (viewport.zoom - 4) / components.length);
  context.font = `${String(Math.max(7, Math.min(11, line - 1)))}px 'JetBrains Mono'`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 2.5;
  context.strokeStyle = 'rgb(0 0 0 / 75%)';
  context.fillStyle = '#fff';
  for (let y = 0; y < rect.height; y += 1) {
    for (let x = 0; x < rect.width; x += 1) {
      const left = origin.x + (rect.x + x + 0.5) * viewport.zoom;
      const middle = origin.y + (rect.y + y + 0.5) * viewport.zoom;
      for (const [index, component] of components.entries()) {
        const { bits, kind } = bitsOf(component);
        const text = notate(values[(y * rect.width + x) * components.length + index] ?? 0, bits, kind, notation);
        const top = middle + (index - (components.length - 1) / 2) * line;
        context.strokeText(text, left, top);
        context.fillText(text, left, top);
      }
    }
  }
}
