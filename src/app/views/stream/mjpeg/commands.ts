import { toErrorInfo } from '../../../../kernels/labError.ts';
import type { LabErrorInfo } from '../../../../kernels/index.ts';
import { createMjpegClient } from '../../../../workers/mjpeg/client.ts';
import type { MjpegSettings, SourceRequest } from '../../../../workers/mjpeg/client.ts';
import { saveFile } from '../../../commands/saveFile.ts';
import { capture, stopCapture } from '../routing/capture.ts';
import { openPlayer } from './player.ts';
import { useBench } from './state.ts';
import type { BenchState, OpenedFile, SourceChoice } from './state.ts';

/** The view's door to the worker that makes the stream. */
const client = createMjpegClient();

const set = (change: Partial<BenchState>): void => useBench.setState(change);
const fail = (error: LabErrorInfo): void => set({ error });

/** Milliseconds between looks at what the worker does, and between measurements of memory. */
const LOOK_MS = 250;
const HEAP_MS = 10_000;
const USUAL_FPS = 30;

interface MemoryHost {
  measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
}

const canMeasure = (host: object): host is MemoryHost => 'measureUserAgentSpecificMemory' in host;
export const measuresMemory = (): boolean => canMeasure(performance);

let startedAt = 0;
let isLooking = false;

async function look(): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  const reply = await client.snapshot();
  isLooking = false;
  if (reply.ok) set({ snapshot: reply.value });
  else fail(reply.error);
}

/** The browser measures when it collects garbage: the answer may take a while. */
async function measureHeap(): Promise<void> {
  if (useBench.getState().snapshot?.state !== 'running' || !canMeasure(performance) || !crossOriginIsolated) return;
  const begun = startedAt;
  const { bytes } = await performance.measureUserAgentSpecificMemory().catch(() => ({ bytes: 0 }));
  if (bytes > 0 && begun === startedAt) set({ heap: [...useBench.getState().heap, { at: (performance.now() - begun) / 1000, bytes }] });
}

/** While the bench is seen. The function given back ends the stream: nobody looks any more. */
export function enter(): () => void {
  const looks = setInterval(() => void look(), LOOK_MS);
  const heaps = setInterval(() => void measureHeap(), HEAP_MS);
  return () => {
    clearInterval(looks);
    clearInterval(heaps);
    pauseFile();
    void stop();
  };
}

export function change(settings: Partial<MjpegSettings>): void {
  const next = { ...useBench.getState().settings, ...settings };
  set({ settings: next });
  void client.configure(next);
}

export function choose(choice: Partial<SourceChoice>): void {
  set({ choice: { ...useBench.getState().choice, ...choice } });
}

async function requestOf(file: File | undefined): Promise<SourceRequest> {
  const { choice: { kind, format, width, height }, settings: { fps } } = useBench.getState();
  if (kind === 'pattern') return { kind, format, width, height, fps: fps > 0 ? fps : USUAL_FPS };
  if (kind === 'camera' || kind === 'screen') return capture(kind);
  return { kind, file: file ?? new Blob([]), name: file?.name ?? '' };
}

async function connect(refused?: string): Promise<void> {
  const { player, port } = openPlayer(refused);
  set({ player });
  await client.play(port);
}

/** Opens the source and starts the stream. @param file where the source is one */
export async function start(file?: File): Promise<void> {
  set({ error: undefined, isStarting: true, part: undefined, heap: [], player: undefined });
  closeFile();
  stopCapture();
  startedAt = performance.now();
  try {
    const reply = await client.start(await requestOf(file), useBench.getState().settings);
    if (reply.ok) await connect();
    else fail(reply.error);
  } catch (thrown) {
    fail(toErrorInfo(thrown));
  }
  set({ isStarting: false });
  await look();
}

/** What the bench is for, with nothing to choose before. */
export function startPattern(): Promise<void> {
  choose({ kind: 'pattern' });
  return start();
}

/** The picture of the response did not come: the page draws itself. */
export const refuse = (): Promise<void> => connect('The response of /stream could not be shown: the frames are drawn on a canvas.');

export async function stop(): Promise<void> {
  stopCapture();
  await client.stop();
  await look();
}

interface FilePicker {
  showSaveFilePicker(options: { readonly suggestedName: string }): Promise<FileSystemFileHandle>;
}

const hasPicker = (host: object): host is FilePicker => 'showSaveFilePicker' in host;
export const canRecordToFile = (): boolean => hasPicker(window);

/** @param isToFile whether the frames go to a file as they come, instead of memory */
export async function record(isToFile: boolean): Promise<void> {
  try {
    const handle = isToFile && hasPicker(window) ? await window.showSaveFilePicker({ suggestedName: 'stream.mjpeg' }) : undefined;
    const reply = await client.record(handle);
    if (!reply.ok) fail(reply.error);
  } catch (thrown) {
    // The person closed the choice of a file: nothing to say.
    if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) fail(toErrorInfo(thrown));
  }
  await look();
}

export async function finishRecording(): Promise<void> {
  const reply = await client.finishRecording();
  if (!reply.ok) fail(reply.error);
  else if (reply.value !== undefined) saveFile('stream.mjpeg', reply.value);
  await look();
}

export async function inspect(): Promise<void> {
  const reply = await client.inspect();
  if (reply.ok) set({ part: reply.value });
  else fail(reply.error);
}

let clock: ReturnType<typeof setInterval> | undefined;

const setFile = (file: Partial<OpenedFile>): void => {
  const current = useBench.getState().file;
  if (current !== undefined) set({ file: { ...current, ...file } });
};

export async function openFile(file: File): Promise<void> {
  await stop();
  closeFile();
  set({ error: undefined, part: undefined, player: undefined });
  const reply = await client.openFile(file);
  if (!reply.ok) {
    fail(reply.error);
    return;
  }
  set({ file: { name: file.name, frames: reply.value, at: 0, isPlaying: false, url: undefined, part: undefined } });
  await showFrame(0);
}

export async function showFrame(at: number): Promise<void> {
  const reply = await client.fileFrame(at);
  const { file } = useBench.getState();
  if (!reply.ok || file === undefined) return;
  const { jpeg, ...part } = reply.value;
  const old = file.url;
  setFile({ at, part, url: URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' })) });
  // The picture before may still be on the screen.
  if (old !== undefined) setTimeout(() => URL.revokeObjectURL(old), 1000);
}

function pauseFile(): void {
  clearInterval(clock);
  setFile({ isPlaying: false });
}

export function toggleFile(): void {
  if (useBench.getState().file?.isPlaying === true) {
    pauseFile();
    return;
  }
  const { fps } = useBench.getState().settings;
  setFile({ isPlaying: true });
  clock = setInterval(() => {
    const { file } = useBench.getState();
    if (file !== undefined) void showFrame((file.at + 1) % file.frames.length);
  }, 1000 / (fps > 0 ? fps : USUAL_FPS));
}

export function closeFile(): void {
  clearInterval(clock);
  const url = useBench.getState().file?.url;
  if (url !== undefined) URL.revokeObjectURL(url);
  set({ file: undefined });
}

export const putAway = (): void => set({ error: undefined });
