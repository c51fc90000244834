import { formatLayout } from '../../../kernels/image/formatLayout.ts';
import type { Client } from '../../../workers/pixels/client.ts';
import type { Display, ImageInfo, Region, Tile, TileRequest } from '../../../workers/pixels/protocol.ts';
import { levelsFor, pairOf, readingOf, shownImages, sourceColor } from '../../state/selectors.ts';
import { log, useLab } from '../../state/store.ts';
import { pointer } from '../../state/pointer.ts';
import { drawFrame, drawLayer, drawMark, drawValues, VALUES_ZOOM } from './paint.ts';
import type { Layer } from './paint.ts';
import type { Point, Viewport } from './geometry.ts';
import { fittedViewport, toImage, viewportOf } from './geometry.ts';
import { TileCache } from './tileCache.ts';

/** Draws the stage whenever the state or a tile changes, at most once a frame. */
export class StagePainter {
  private readonly context: CanvasRenderingContext2D;
  private readonly canvas: HTMLCanvasElement;
  private readonly cache: TileCache;
  private readonly client: Client;
  private readonly unsubscribe: () => void;
  private size = { width: 0, height: 0 };
  private frame: number | undefined;
  private isBlinking = false;
  private region: { readonly image: ImageInfo; readonly data: Region } | undefined;
  private regionKey = '';
  private lastFault = '';

  constructor(canvas: HTMLCanvasElement, client: Client) {
    const context = canvas.getContext('2d', { alpha: true });
    if (context === null) throw new Error('This browser offers no 2D canvas.');
    this.canvas = canvas;
    this.context = context;
    this.client = client;
    this.cache = new TileCache({ paint: (request) => this.tile(request), toBitmap: ({ rgba, width: across, height: down }) => createImageBitmap(new ImageData(rgba, across, down)), onTile: () => this.request(), onFault: (text) => this.fault(text) });
    this.unsubscribe = useLab.subscribe(() => this.request());
  }

  stop(): void {
    this.unsubscribe();
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
  }

  resize(width: number, height: number): void {
    this.size = { width, height };
    const ratio = window.devicePixelRatio;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.draw();
  }

  /** Takes the size that the stage has now, where a frame with it is still to come: what is pointed at is told by what is there. */
  fitTo({ width, height }: { readonly width: number; readonly height: number }): void {
    if (width !== this.size.width || height !== this.size.height) this.resize(width, height);
  }

  viewport(): Viewport | undefined {
    const lab = useLab.getState();
    const { main } = shownImages(lab);
    return main === undefined ? undefined : viewportOf(lab.view.zoom, lab.view.center, main.spec, this.size);
  }

  /** While held: the other of source and result. */
  blink(on: boolean): void {
    if (on === this.isBlinking) return;
    this.isBlinking = on;
    this.request();
  }

  hover(screen: Point | undefined): void {
    const viewport = this.viewport();
    const spec = shownImages(useLab.getState()).main?.spec;
    if (screen === undefined || viewport === undefined || spec === undefined) {
      pointer.setState({ at: undefined, zoom: viewport?.zoom ?? 1 });
      return;
    }
    const { x, y } = toImage(viewport, screen);
    const inside = x >= 0 && y >= 0 && x < spec.width && y < spec.height;
    pointer.setState({ at: inside ? { x: Math.floor(x), y: Math.floor(y) } : undefined, zoom: viewport.zoom });
  }

  private request(): void {
    this.frame ??= requestAnimationFrame(() => { this.frame = undefined; this.draw(); });
  }

  private async tile(request: TileRequest): Promise<Tile | undefined> {
    const reply = await this.client.tile(request);
    if (reply.ok) return reply.value;
    // A picture that was put away in the meantime is asked for no more.
    if (reply.error.code !== 'store/unknown') this.fault(`${reply.error.what} ${reply.error.remedy}`);
    return undefined;
  }

  /** Said once, however many tiles it concerns. */
  private fault(text: string): void {
    if (text === this.lastFault) return;
    this.lastFault = text;
    log('error', text);
  }

  private layers(): readonly Layer[] {
    const lab = useLab.getState();
    const { main, other } = shownImages(lab);
    const pair = pairOf(lab);
    const { solo, comparing, gain } = lab.view;
    if (main === undefined) return [];
    const displayOf = (image: ImageInfo): Display => ({ solo: solo === undefined ? [] : [solo], ...levelsFor(lab.view, image.spec.format), color: sourceColor(lab, image) });
    if (other === undefined) {
      const blinked = this.isBlinking ? blinkTarget() : undefined;
      return [{ image: blinked ?? main, display: displayOf(blinked ?? main), against: undefined }];
    }
    if (comparing === 'difference' || comparing === 'heat') {
      if (this.isBlinking) return [{ image: main, display: displayOf(main), against: undefined }];
      return [{ image: main, display: { solo: [] }, against: { image: other.id, mode: comparing, gain, reading: pair === undefined ? undefined : readingOf(pair) } }];
    }
    return [{ image: main, display: displayOf(main), against: undefined }, { image: other, display: displayOf(other), against: undefined }];
  }

  private draw(): void {
    const { context } = this;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.size.width, this.size.height);
    const viewport = this.viewport();
    if (viewport === undefined) return;
    pointer.setState({ zoom: viewport.zoom });
    const lab = useLab.getState();
    const [first, second] = this.layers();
    if (first === undefined) return;
    this.cache.beginFrame();
    this.drawClipped(first, viewport, 0, second === undefined ? 1 : lab.view.swipe);
    if (second !== undefined) this.drawClipped(second, viewport, lab.view.swipe, 1);
    this.cache.endFrame();
    drawFrame(context, first.image, viewport);
    const isScaled = second !== undefined && (second.image.spec.width !== first.image.spec.width || second.image.spec.height !== first.image.spec.height);
    this.drawNumbers(isScaled ? first : (second ?? first), viewport);
    if (lab.view.pixel !== undefined) drawMark(context, lab.view.pixel, viewport);
  }

  private drawClipped(layer: Layer, viewport: Viewport, from: number, to: number): void {
    const { context, size } = this;
    context.save();
    context.beginPath();
    context.rect(from * size.width, 0, (to - from) * size.width, size.height);
    context.clip();
    const main = shownImages(useLab.getState()).main?.spec ?? layer.image.spec;
    const fitted = fittedViewport(viewport, main, layer.image.spec);
    const middle = { x: size.width / 2, y: size.height / 2 };
    context.translate(middle.x, middle.y);
    context.scale(fitted.stretch.x, fitted.stretch.y);
    context.translate(-middle.x, -middle.y);
    drawLayer(context, this.cache, layer, fitted.viewport);
    context.restore();
  }

  private drawNumbers({ image, against }: Layer, viewport: Viewport): void {
    if (viewport.zoom < VALUES_ZOOM || against !== undefined) return;
    const [topLeft, bottomRight] = [toImage(viewport, { x: 0, y: 0 }), toImage(viewport, { x: this.size.width, y: this.size.height })];
    const x = Math.max(0, Math.floor(topLeft.x));
    const y = Math.max(0, Math.floor(topLeft.y));
    const rect = { x, y, width: Math.min(image.spec.width, Math.ceil(bottomRight.x)) - x, height: Math.min(image.spec.height, Math.ceil(bottomRight.y)) - y };
    if (rect.width <= 0 || rect.height <= 0) return;
    const key = [image.id, rect.x, rect.y, rect.width, rect.height].join();
    if (key !== this.regionKey) {
      this.regionKey = key;
      void this.client.region(image.id, rect, 'stage-values').then((reply) => {
        if (!reply.ok) return;
        this.region = { image, data: reply.value };
        this.request();
      });
    }
    if (this.region?.image.id !== image.id) return;
    const { components } = formatLayout(image.spec.format);
    const bitsOf = (name: string): { bits: number; kind: 'unsigned' | 'signed' | 'float' } => components.find(({ component }) => component === name) ?? { bits: 8, kind: 'unsigned' };
    drawValues(this.context, this.region.data, viewport, { notation: useLab.getState().view.notation, bitsOf });
  }
}

/** What blinking shows instead: the other of the two that are compared. */
function blinkTarget(): ImageInfo | undefined {
  const lab = useLab.getState();
  const pair = pairOf(lab);
  return shownImages(lab).main?.id === pair?.first.id ? pair?.second : pair?.first;
}
