import { toErrorInfo } from '../../../../kernels/labError.ts';
import { proportionalStrides } from '../../../../kernels/image/layout.ts';
import type { ImageSpec } from '../../../../kernels/index.ts';
import { createStreamClient } from '../../../../workers/stream/client.ts';
import type { CanvasRole, SourceRequest, StreamSettings, WindowSetup } from '../../../../workers/stream/client.ts';
import { saveFile } from '../../../commands/saveFile.ts';
import { capture, stopCapture } from './capture.ts';
import type { CaptureKind } from './capture.ts';
import { FIRST_WINDOW, useRouting } from './state.ts';
import type { RoutingState, SourceChoice } from './state.ts';

/** The view's door to the worker that streams; it starts with the first question. */
const client = createStreamClient();

const set = (change: Partial<RoutingState>): void => useRouting.setState(change);

/** Milliseconds between looks at what the worker does. */
const LOOK_MS = 200;

let looks: ReturnType<typeof setInterval> | undefined;
let isLooking = false;

/** Asks the worker how it stands. */
export async function look(): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  const reply = await client.snapshot();
  isLooking = false;
  if (reply.ok) set({ snapshot: reply.value });
  else set({ error: reply.error });
}

async function tellSettings(): Promise<void> {
  const { settings, windows } = useRouting.getState();
  await client.configure(settings, windows);
}

let hiddenSince = 0;

function noteVisibility(): void {
  if (document.hidden) hiddenSince = performance.now();
  else if (hiddenSince > 0) set({ hiddenMs: performance.now() - hiddenSince });
  void client.setHidden(document.hidden);
}

/** While the view is seen: looks at the worker now and then. The function given back ends it, and pauses. */
export function enter(): () => void {
  looks = setInterval(() => void look(), LOOK_MS);
  document.addEventListener('visibilitychange', noteVisibility);
  void tellSettings().then(look);
  return () => {
    clearInterval(looks);
    document.removeEventListener('visibilitychange', noteVisibility);
    void client.pause();
  };
}

export function change(settings: Partial<StreamSettings>): void {
  set({ settings: { ...useRouting.getState().settings, ...settings } });
  void tellSettings().then(look);
}

export function changeChoice(choice: Partial<SourceChoice>): void {
  set({ choice: { ...useRouting.getState().choice, ...choice } });
}

function setWindows(windows: readonly WindowSetup[], selected: number): void {
  set({ windows, selected });
  void tellSettings().then(look);
}

export const select = (id: number): void => set({ selected: id });

export function changeWindow(id: number, setup: Partial<WindowSetup>): void {
  const { windows, selected } = useRouting.getState();
  setWindows(windows.map((window) => (window.id === id ? { ...window, ...setup } : window)), selected);
}

export function addWindow(): void {
  const { windows } = useRouting.getState();
  const id = Math.max(0, ...windows.map((window) => window.id)) + 1;
  setWindows([...windows, { ...(windows.at(-1) ?? FIRST_WINDOW), id, isLost: false }], id);
}

export function removeWindow(id: number): void {
  const windows = useRouting.getState().windows.filter((window) => window.id !== id);
  setWindows(windows, windows[0]?.id ?? 0);
}

/** Opens a source, shows its first frame, and plays it unless it is to stand still. */
async function open(ask: () => Promise<SourceRequest>, isPlayed: boolean): Promise<void> {
  set({ error: undefined, isOpening: true, openRow: undefined, hiddenMs: undefined });
  try {
    await tellSettings();
    const reply = await client.open(await ask());
    if (!reply.ok) set({ error: reply.error });
    else if (isPlayed) await client.play();
    else await step(1);
  } catch (thrown) {
    set({ error: toErrorInfo(thrown) });
  }
  set({ isOpening: false });
  await look();
}

export function openPattern(): Promise<void> {
  const { format, width, height, fps } = useRouting.getState().choice;
  stopCapture();
  return open(() => Promise.resolve({ kind: 'pattern', format, width, height, fps }), false);
}

function requestOf(file: File): SourceRequest {
  const { kind, format, width, height, stride, fps, headerOffset } = useRouting.getState().choice;
  if (kind === 'y4m' || kind === 'video' || kind === 'animation') return { kind, file, name: file.name };
  const spec: ImageSpec = { format, width, height, strides: stride > 0 ? proportionalStrides({ format, width }, stride) : undefined };
  return { kind: 'raw', file, name: file.name, spec, headerOffset, fps };
}

/** As the kind of file that is chosen. */
export function openFile(file: File): Promise<void> {
  stopCapture();
  return open(() => Promise.resolve(requestOf(file)), false);
}

export const openCapture = (kind: CaptureKind): Promise<void> => open(() => capture(kind), true);

export async function togglePlaying(): Promise<void> {
  const isPlaying = useRouting.getState().snapshot?.state === 'playing';
  await (isPlaying ? client.pause() : client.play());
  await look();
}

export async function step(direction: 1 | -1): Promise<void> {
  const reply = await client.step(direction);
  if (!reply.ok) set({ error: reply.error });
  await look();
}

export async function seek(frame: number): Promise<void> {
  const reply = await client.seek(frame);
  if (!reply.ok) set({ error: reply.error });
  await look();
}

export async function closeSource(): Promise<void> {
  stopCapture();
  await client.close();
  set({ error: undefined });
  await look();
}

export const attach = (window: number, role: CanvasRole, canvas: OffscreenCanvas): Promise<void> => client.attach(window, role, canvas);

/** Begins to record a window's stream, or ends it and gives the files. */
export async function toggleRecording(id: number): Promise<void> {
  const isRecording = useRouting.getState().snapshot?.windows.find((window) => window.id === id)?.recording !== undefined;
  if (!isRecording) await client.record(id);
  else {
    const reply = await client.finishRecording(id);
    if (reply.ok) for (const { name, type, bytes } of reply.value) saveFile(name, new Blob([bytes], { type }));
    else set({ error: reply.error });
  }
  await look();
}

export const showList = (list: RoutingState['list']): void => set({ list });
export const openRow = (key: number | undefined): void => set({ openRow: key });
export const putAway = (): void => set({ error: undefined, hiddenMs: undefined });
