import { openFiles } from './commands/files.ts';
import { log, useLab } from './state/store.ts';

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

const hasLaunchQueue = (host: object): host is { readonly launchQueue: LaunchQueue } => 'launchQueue' in host;

function offerUpdate(waiting: ServiceWorker): void {
  useLab.setState({ question: { title: 'A new version is ready', text: 'It takes over after a reload. Open files have to be opened again; the link keeps formats and options.', confirm: 'Reload', run: () => { waiting.postMessage('skip-waiting'); } } });
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register('./service.worker.js', { scope: './' });
  const hadController = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => { if (hadController) location.reload(); });
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
