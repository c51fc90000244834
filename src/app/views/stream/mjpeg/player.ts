import type { OutletSays, PlayerSays } from '../../../../workers/mjpeg/client.ts';
import type { Player } from './state.ts';

const say = (port: MessagePort, message: PlayerSays): void => port.postMessage(message);

let canvas: HTMLCanvasElement | null = null;

/** The canvas that shows the stream where no service worker does. */
export function setCanvas(element: HTMLCanvasElement | null): void {
  canvas = element;
}

async function draw({ bytes, jpegAt, jpegBytes }: Extract<OutletSays, { type: 'part' }>): Promise<void> {
  const bitmap = await createImageBitmap(new Blob([bytes.subarray(jpegAt, jpegAt + jpegBytes)], { type: 'image/jpeg' }));
  if (canvas !== null) {
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  }
  bitmap.close();
}

/** Plays the parts of a channel on the canvas: asks for the next one when the last one is drawn. */
function playHere(port: MessagePort): void {
  port.onmessage = ({ data }: MessageEvent<OutletSays>) => {
    if (data.type === 'end') port.close();
    else void draw(data).catch(() => undefined).then(() => say(port, { type: 'pull' }));
  };
  say(port, { type: 'pull' });
}

/** Why the service worker cannot answer; undefined where it can. */
function absence(): string | undefined {
  if (!('serviceWorker' in navigator)) return 'This browser has no service worker here (an address without https, or a private window), so /stream has nobody to answer it: the frames are drawn on a canvas.';
  if (navigator.serviceWorker.controller !== null) return undefined;
  return import.meta.env.PROD
    ? 'The service worker is not in charge of this page yet: the frames are drawn on a canvas. After a reload, /stream answers and an <img> plays it.'
    : 'The development server has no service worker, so /stream has nobody to answer it: the frames are drawn on a canvas.';
}

/** @returns who plays, and the other end of the channel, for the worker */
export function openPlayer(refused?: string): { readonly player: Player; readonly port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  const why = refused ?? absence();
  if (why !== undefined) {
    playHere(port2);
    return { player: { kind: 'canvas', why }, port: port1 };
  }
  const id = crypto.randomUUID();
  navigator.serviceWorker.controller?.postMessage({ type: 'mjpeg-stream', id }, [port2]);
  return { player: { kind: 'service', url: `stream?id=${id}` }, port: port1 };
}
