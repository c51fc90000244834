import { ZOOMS } from '../../commands/view.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is visible: screen pixels per image pixel, and the image point at the stage's middle. */
export interface Viewport {
  readonly zoom: number;
  readonly center: Point;
  readonly stage: Size;
}

/** The largest even zoom at which all of the image fits. */
export function fitZoom(image: Size, stage: Size): number {
  const limit = Math.min((stage.width - 32) / image.width, (stage.height - 32) / image.height);
  return ZOOMS.findLast((zoom) => zoom <= limit) ?? ZOOMS[0];
}

/** @param zoom 0: fit, centred */
export function viewportOf(zoom: number, center: Point, image: Size, stage: Size): Viewport {
  if (zoom === 0) return { zoom: fitZoom(image, stage), center: { x: image.width / 2, y: image.height / 2 }, stage };
  return { zoom, center, stage };
}

/** Screen position of the image's origin, on whole device pixels so that pixels stay even. */
export function originOf({ zoom, center, stage }: Viewport): Point {
  return { x: Math.round(stage.width / 2 - center.x * zoom), y: Math.round(stage.height / 2 - center.y * zoom) };
}

export function toImage(viewport: Viewport, screen: Point): Point {
  const origin = originOf(viewport);
  return { x: (screen.x - origin.x) / viewport.zoom, y: (screen.y - origin.y) / viewport.zoom };
}

/** The centre after zooming such that the image point under `screen` stays there. */
export function zoomAround(viewport: Viewport, zoom: number, screen: Point): Point {
  const point = toImage(viewport, screen);
  return { x: point.x - (screen.x - viewport.stage.width / 2) / zoom, y: point.y - (screen.y - viewport.stage.height / 2) / zoom };
}

/** At least a quarter of the stage keeps some of the image. */
export function clampCenter(center: Point, image: Size): Point {
  const clamp = (value: number, size: number): number => Math.min(size, Math.max(0, value));
  return { x: clamp(center.x, image.width), y: clamp(center.y, image.height) };
}

/** Every n-th pixel is enough below 100 %. */
export const stepOf = (zoom: number): number => (zoom >= 1 ? 1 : Math.round(1 / zoom));

/**
 * Where a picture of another size lies that is drawn over the main one: its own viewport, and a stretch around the stage's middle,
 * never below 1, for what an even zoom leaves of a changed shape.
 */
export function fittedViewport(viewport: Viewport, main: Size, other: Size): { readonly viewport: Viewport; readonly stretch: Point } {
  if (main.width === other.width && main.height === other.height) return { viewport, stretch: { x: 1, y: 1 } };
  const [x, y] = [main.width / other.width, main.height / other.height];
  const even = Math.min(x, y);
  return { viewport: { ...viewport, zoom: viewport.zoom * even, center: { x: viewport.center.x / x, y: viewport.center.y / y } }, stretch: { x: x / even, y: y / even } };
}
