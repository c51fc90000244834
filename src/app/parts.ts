/** A part of a browser that Swizzle uses, and what goes without it. The one list that the app, the docs and the tests read. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly without: string;
  /** Whether nothing can be opened without it. */
  readonly isEssential?: boolean;
  readonly isThere: () => boolean;
}

const has = (name: string): boolean => name in globalThis && Reflect.get(globalThis, name) !== undefined;

/** Whether something can be kept: browsers may have storage and refuse it. */
function canStore(): boolean {
  try {
    return 'indexedDB' in globalThis && globalThis.indexedDB !== null && typeof globalThis.localStorage.length === 'number';
  } catch {
    return false;
  }
}

export const PARTS: readonly Part[] = [
  { id: 'Worker', title: 'Workers', without: 'Nothing can be opened, converted or measured: pixels live in a worker.', isEssential: true, isThere: () => has('Worker') },
  { id: 'WebAssembly', title: 'WebAssembly', without: 'Conversions and JPEG run as plain JavaScript: the same numbers, several times slower, in one thread. mozjpeg and OpenCV.js are absent.', isThere: () => has('WebAssembly') },
  { id: 'OffscreenCanvas', title: 'OffscreenCanvas', without: 'WebP, AVIF, GIF and BMP are not read, and the browser’s own encoders are absent.', isThere: () => has('OffscreenCanvas') },
  { id: 'SharedArrayBuffer', title: 'Shared memory', without: 'Conversions run in one thread. A page has it when its host sends the headers that isolate it, or after a reload, when the service worker adds them.', isThere: () => has('SharedArrayBuffer') && globalThis.crossOriginIsolated },
  { id: 'WebGL2RenderingContext', title: 'WebGL 2', without: 'Pictures that only the browser can decode are read through video frames, and refused where those change colours under alpha.', isThere: () => has('WebGL2RenderingContext') },
  { id: 'VideoFrame', title: 'WebCodecs', without: 'VP8, VP9, AV1 and H.264 are absent from Encode and Stream, and videos and cameras from the sources of Stream.', isThere: () => has('VideoFrame') && has('VideoEncoder') },
  { id: 'ImageDecoder', title: 'ImageDecoder', without: 'Animations are not played, and what the browser makes of a JPEG’s planes is not shown beside ours.', isThere: () => has('ImageDecoder') },
  { id: 'ResizeObserver', title: 'ResizeObserver', without: 'The stage and charts follow the size of the window alone.', isThere: () => has('ResizeObserver') },
  { id: 'storage', title: 'Storage', without: 'Reports of the bench are not kept, and the theme is forgotten with the tab. It may be refused by a setting of the browser, or in a private window.', isThere: canStore },
  { id: 'serviceWorker', title: 'Service worker', without: 'Swizzle needs the network at each visit, and the MJPEG stream plays on a canvas. It takes an address with https, or localhost.', isThere: () => 'serviceWorker' in navigator },
];

/** What this browser lacks, found out when it is first asked. */
export const missingParts = (): readonly Part[] => PARTS.filter(({ isThere }) => !isThere());
