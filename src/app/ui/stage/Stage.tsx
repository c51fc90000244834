import { useEffect, useRef, useState } from 'react';
import { client } from '../../lab.ts';
import { pickPixel } from '../../commands/view.ts';
import type { ImageId } from '../../../workers/pixels/protocol.ts';
import { shownImages } from '../../state/selectors.ts';
import { setView, useLab } from '../../state/store.ts';
import css from './Stage.module.css';
import { StagePainter } from './StagePainter.ts';
import { clampCenter, toImage, zoomAround } from './geometry.ts';
import { nextZoom } from '../../commands/view.ts';
import { StageTools } from './StageTools.tsx';
import { SwipeHandle } from './SwipeHandle.tsx';
import { observeSize } from '../observeSize.ts';

const DRAG_THRESHOLD = 3;

/** The room inside an element's borders, as a resize observer gives it. */
const boxOf = ({ clientWidth, clientHeight }: Element): { readonly width: number; readonly height: number } => ({ width: clientWidth, height: clientHeight });

/** Where the picture is: pan by dragging, zoom by the wheel, pick by a click. */
export function Stage() {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<StagePainter | undefined>(undefined);
  const [drag, setDrag] = useState<{ readonly x: number; readonly y: number; readonly moved: boolean; readonly image: ImageId | undefined } | undefined>(undefined);
  const size = useLab((lab) => { const spec = shownImages(lab).main?.spec; return spec === undefined ? undefined : `${String(spec.width)} × ${String(spec.height)}`; });

  // The canvas outlives renders: the painter draws when the store says so, without React in between.
  useEffect(() => {
    const [element, surface] = [host.current, canvas.current];
    if (element === null || surface === null) return;
    const made = new StagePainter(surface, client);
    painter.current = made;
    const unobserve = observeSize(element, (width, height) => made.resize(width, height));
    const wheel = (event: WheelEvent): void => {
      event.preventDefault();
      onWheel(made, event);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => {
      unobserve();
      element.removeEventListener('wheel', wheel);
      made.stop();
      painter.current = undefined;
    };
  }, []);

  const at = (event: React.PointerEvent): { x: number; y: number } => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const release = (event: React.PointerEvent): void => {
    painter.current?.fitTo(boxOf(event.currentTarget));
    const viewport = painter.current?.viewport();
    // What was pressed on one picture is no choice of a pixel of another that came in between.
    if (drag !== undefined && !drag.moved && viewport !== undefined && drag.image === shownImages(useLab.getState()).main?.id) {
      const point = toImage(viewport, at(event));
      pickPixel(point.x, point.y);
    }
    setDrag(undefined);
  };

  const move = (event: React.PointerEvent): void => {
    const viewport = painter.current?.viewport();
    if (viewport === undefined) return;
    painter.current?.hover(at(event));
    if (drag === undefined) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < DRAG_THRESHOLD) return;
    const image = shownImages(useLab.getState()).main?.spec;
    const center = { x: viewport.center.x - dx / viewport.zoom, y: viewport.center.y - dy / viewport.zoom };
    setView({ zoom: viewport.zoom, center: image === undefined ? center : clampCenter(center, image) });
    setDrag({ ...drag, x: event.clientX, y: event.clientY, moved: true });
  };

  return (
    <div
      ref={host}
      className={`${css['stage'] ?? ''} ${drag?.moved === true ? (css['dragging'] ?? '') : ''}`}
      data-stage
      tabIndex={0}
      role="application"
      aria-label={size === undefined ? 'Stage, empty' : `Stage: picture of ${size} pixels. Arrow keys move the picked pixel.`}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); setDrag({ x: event.clientX, y: event.clientY, moved: false, image: shownImages(useLab.getState()).main?.id }); }}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => painter.current?.hover(undefined)}
      onKeyDown={(event) => { if (event.target !== event.currentTarget) return; if (event.key === ' ') { event.preventDefault(); painter.current?.blink(true); } if (event.key === '+' || event.key === '-') zoomBy(painter.current, event.key === '+' ? 1 : -1); }}
      onKeyUp={(event) => { if (event.key === ' ') painter.current?.blink(false); }}
    >
      <canvas ref={canvas} className={css['canvas']} />
      <SwipeHandle />
      <StageTools />
    </div>
  );
}

function zoomBy(painter: StagePainter | undefined, direction: 1 | -1): void {
  const viewport = painter?.viewport();
  if (viewport === undefined) return;
  setView({ zoom: nextZoom(viewport.zoom, direction), center: viewport.center });
}

/** The wheel zooms around the pointer; with Shift it pans, as touch pads do with two fingers. */
function onWheel(painter: StagePainter, event: WheelEvent): void {
  const viewport = painter.viewport();
  const image = shownImages(useLab.getState()).main?.spec;
  if (viewport === undefined || image === undefined) return;
  if (event.shiftKey || (event.deltaX !== 0 && !event.ctrlKey)) {
    const center = { x: viewport.center.x + (event.deltaX + (event.shiftKey ? event.deltaY : 0)) / viewport.zoom, y: viewport.center.y + (event.shiftKey ? 0 : event.deltaY) / viewport.zoom };
    setView({ zoom: viewport.zoom, center: clampCenter(center, image) });
    return;
  }
  const zoom = nextZoom(viewport.zoom, event.deltaY < 0 ? 1 : -1);
  setView({ zoom, center: clampCenter(zoomAround(viewport, zoom, { x: event.offsetX, y: event.offsetY }), image) });
}
