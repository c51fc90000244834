import type { Comparing, DrawerTab, Notation, Theme, View, ViewId } from '../state/document.ts';
import { placeIn, shownImages } from '../state/selectors.ts';
import { log, setView, useLab } from '../state/store.ts';

export const showView = (id: ViewId): void => setView({ id });

/** Fractions and whole numbers only: a pixel is never drawn uneven. */
export const ZOOMS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96] as const;

/** The next zoom in a direction, from the one that is in effect. */
export function nextZoom(current: number, direction: 1 | -1): number {
  const larger = ZOOMS.find((zoom) => zoom > current * 1.001);
  const smaller = ZOOMS.findLast((zoom) => zoom < current * 0.999);
  return (direction === 1 ? larger : smaller) ?? current;
}

export const setZoom = (zoom: number, center?: View['center']): void => setView(center === undefined ? { zoom } : { zoom, center });
export const fit = (): void => setView({ zoom: 0 });

export function pickPixel(x: number, y: number): void {
  const image = shownImages(useLab.getState()).main;
  if (image === undefined) return;
  const { width, height } = image.spec;
  const clamp = (value: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(value)));
  setView({ pixel: { x: clamp(x, width), y: clamp(y, height) } });
}

export function movePixel(dx: number, dy: number): void {
  const { pixel, center } = useLab.getState().view;
  const from = pixel ?? center;
  pickPixel(from.x + dx, from.y + dy);
}

/** Picks a pixel and brings it to the middle. */
export function goTo(x: number, y: number): void {
  pickPixel(x, y);
  const { pixel, zoom } = useLab.getState().view;
  if (pixel !== undefined) setView({ center: { x: pixel.x + 0.5, y: pixel.y + 0.5 }, zoom: zoom === 0 ? 16 : zoom });
}

export function toggleSolo(component: string): void {
  const lab = useLab.getState();
  setView({ solo: lab.view.solo === component ? undefined : component });
}

const NOTATIONS: readonly Notation[] = ['dec', 'hex', 'bin', 'norm'];

export const setNotation = (notation: Notation): void => setView({ notation });
export const nextNotation = (): void => setNotation(NOTATIONS[(NOTATIONS.indexOf(useLab.getState().view.notation) + 1) % NOTATIONS.length] ?? 'dec');
/** Another picture on the stage: the picked pixel is kept under the same part of it. */
export function setComparing(comparing: Comparing): void {
  const lab = useLab.getState();
  const { pixel } = lab.view;
  const [before, after] = [shownImages(lab).main, shownImages({ ...lab, view: { ...lab.view, comparing } }).main];
  setView(pixel === undefined || before === undefined || after === undefined ? { comparing } : { comparing, pixel: placeIn(pixel, before.spec, after.spec) });
}
export const toggleDrawer = (tab: DrawerTab): void => setView({ drawer: useLab.getState().view.drawer === tab ? undefined : tab });
export const setTheme = (theme: Theme): void => setView({ theme });

export function toggleTheme(): void {
  const { theme } = useLab.getState().view;
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  setTheme(isDark ? 'light' : 'dark');
}

export const undo = (): void => useLab.temporal.getState().undo();
export const redo = (): void => useLab.temporal.getState().redo();

export async function copyLink(): Promise<void> {
  await navigator.clipboard.writeText(location.href);
  log('info', 'The link to this view was copied.');
}

export const show = (overlay: 'help' | 'palette' | 'goto' | 'browser' | undefined): void => useLab.setState({ overlay });
