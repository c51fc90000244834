import { convertNow, dropResult } from './commands/conversion.ts';
import { encodeNow, findEncoders, forgetOthers } from './commands/encoding.ts';
import { applyGeometry } from './commands/files.ts';
import { client } from './lab.ts';
import { activeColor, activeImage } from './state/selectors.ts';
import { log, useLab } from './state/store.ts';

/** What follows from a change of state, whoever made it: a control, a key, undo, a link. */
export function startReactions(): void {
  useLab.subscribe(
    (lab) => ({ image: activeImage(lab)?.id, to: lab.parameters.to, options: lab.parameters.options, size: lab.parameters.size, fromColor: activeColor(lab), toColor: lab.parameters.toColor, isConverting: lab.view.id === 'convert' }),
    ({ isConverting }) => { if (isConverting) void convertNow(); },
    { equalityFn: (a, b) => a.image === b.image && a.to === b.to && a.options === b.options && a.size === b.size && a.fromColor === b.fromColor && a.toColor === b.toColor && a.isConverting === b.isConverting },
  );
  useLab.subscribe(
    (lab) => ({ image: activeImage(lab)?.id, fromColor: activeColor(lab), encoder: lab.parameters.encode.encoder, options: lab.parameters.encode.options[lab.parameters.encode.encoder], isEncoding: lab.view.id === 'encode' }),
    ({ isEncoding }) => {
      if (!isEncoding) return;
      void findEncoders();
      void encodeNow();
    },
    { equalityFn: (a, b) => a.image === b.image && a.fromColor === b.fromColor && a.encoder === b.encoder && a.options === b.options && a.isEncoding === b.isEncoding },
  );
  // What was made of a source goes with it, whichever view is on.
  useLab.subscribe(
    ({ sources }) => sources,
    (now, before) => {
      if (before.every(({ key }) => now.some((source) => source.key === key))) return;
      dropResult();
      const { of } = useLab.getState().encoding;
      if (of !== undefined && !now.some(({ views }) => views.some(({ id }) => id === of))) forgetOthers(undefined);
    },
  );
  // Undo and redo bring an older geometry back: the source is read again with it.
  useLab.temporal.subscribe(() => {
    const { parameters, sources } = useLab.getState();
    for (const { key, reading } of sources) {
      const geometry = parameters.geometry[key];
      if (geometry !== undefined && geometry !== reading) void applyGeometry(key, geometry);
    }
  });
  client.onState((state) => {
    const why = state === 'restarted' ? client.whyRestarted() : undefined;
    if (why !== undefined) log('error', `${why.what} ${why.remedy}`);
  });
  useLab.subscribe(({ view }) => view.theme, applyTheme, { fireImmediately: true });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => applyTheme(useLab.getState().view.theme));
}

function applyTheme(theme: 'system' | 'light' | 'dark'): void {
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}
