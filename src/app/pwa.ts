import { openFiles } from './commands/files.ts';
import { log, useLab } from './state/store.ts';

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

const hasLaunchQueue = (host: object): host is { readonly launchQueue: LaunchQueue } => 'launchQueue' in host;

/** Whether files are open that a reload does not bring back; samples come back by the link. */
const isLosing = (): boolean => useLab.getState().sources.some(({ sample }) => sample === undefined);

/** What a reload costs now: files stay on the disk, and what was made of them is made again from formats and options. */
const price = (): string => (isLosing()
  ? 'It takes over after a reload, which closes the open files: open them again then; the link keeps formats and options. What was not saved, a result or the report of a run, is lost. Left alone, everything stays as it is, and the new version starts once all tabs of Swizzle were closed.'
  : 'It takes over after a reload; the link keeps formats and options. What was not saved, the report of a run say, is lost. Left alone, everything stays as it is, and the new version starts once all tabs of Swizzle were closed.');

/** Whether the person of this tab agreed to its reload. */
let hasAgreed = false;

/** Asks, after whatever is being asked already. */
function offerUpdate(waiting: ServiceWorker): void {
  if (useLab.getState().question !== undefined) {
    const stop = useLab.subscribe(({ question }) => {
      if (question !== undefined) return;
      stop();
      offerUpdate(waiting);
    });
    return;
  }
  useLab.setState({ question: { title: 'A new version is ready', text: price(), confirm: 'Reload', run: () => {
    hasAgreed = true;
    // Another tab may have let it take over meanwhile.
    if (waiting.state === 'activated') location.reload();
    else waiting.postMessage('skip-waiting');
  } } });
}

/** In a tab that agreed, the new version starts; any other keeps what it has open, and what it loaded. */
function onTakeover(): void {
  if (hasAgreed) location.reload();
  else log('info', 'Another tab let a new version take over. This one goes on with what it has loaded; views not opened yet may need a reload, so save your work first.');
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('./service.worker.js', { scope: './' });
  const hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (hadController) onTakeover(); });
  // Left alone at an earlier visit, while another tab held the old version.
  if (hadController && registration.waiting !== null) offerUpdate(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      if (installing.state !== 'installed') return;
      if (hadController) offerUpdate(installing);
      else log('info', 'Swizzle now works offline.');
    });
  });
}

/** Offline use, updates, and files opened from the system. */
export function startPwa(): void {
  if (hasLaunchQueue(window)) {
    window.launchQueue.setConsumer(({ files }) => { void Promise.all(files.map((handle) => handle.getFile())).then(openFiles); });
  }
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  register().catch((thrown: unknown) => { log('error', `Offline use is not available: ${String(thrown)}`); });
}
