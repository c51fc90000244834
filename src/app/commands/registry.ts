import { downloadEncoded, encodeAll } from './encoding.ts';
import { goToDifference, nextReference } from './comparing.ts';
import { download, resetOptions, setOptions, swapDirection } from './conversion.ts';
import { readAsRaw } from './files.ts';
import { swapRedBlue } from './swap.ts';
import { copyLink, fit, movePixel, nextNotation, redo, setComparing, setZoom, show, showView, toggleDrawer, toggleSolo, toggleTheme, undo } from './view.ts';
import { setView, useLab } from '../state/store.ts';

/** A verb by its name, for the palette, the keyboard and the help. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As tinykeys writes them. */
  readonly keys?: string;
  /** Single letters count only while the stage has the focus. */
  readonly onStage?: boolean;
  readonly run: () => void;
}

const solo = (letter: string): Command => ({ id: `solo-${letter}`, title: `Show only ${letter}`, keys: letter.toLowerCase(), onStage: true, run: () => toggleSolo(letter) });
const arrow = (key: string, dx: number, dy: number): readonly Command[] => [
  { id: `move-${key}`, title: `Move the picked pixel ${key.slice(5).toLowerCase()}`, keys: key, onStage: true, run: () => movePixel(dx, dy) },
  { id: `move8-${key}`, title: `Move it by 8, ${key.slice(5).toLowerCase()}`, keys: `Shift+${key}`, onStage: true, run: () => movePixel(dx * 8, dy * 8) },
];

const toggleDifference = (): void => setComparing(useLab.getState().view.comparing === 'difference' ? 'result' : 'difference');

const toEncoders = (): void => setView({ drawer: 'encoders' });

export const COMMANDS: readonly Command[] = [
  { id: 'open', title: 'Open files…', keys: '$mod+o', run: () => document.querySelector<HTMLInputElement>('#open-files')?.click() },
  { id: 'read-raw', title: 'Read the file as raw pixels', run: () => void readAsRaw() },
  { id: 'inspect', title: 'Inspect', keys: '1', onStage: true, run: () => showView('inspect') },
  { id: 'convert', title: 'Convert', keys: '2', onStage: true, run: () => showView('convert') },
  { id: 'encode', title: 'Encode', keys: '3', onStage: true, run: () => showView('encode') },
  { id: 'stream', title: 'Stream', keys: '4', onStage: true, run: () => showView('stream') },
  { id: 'bench', title: 'Bench', keys: '5', onStage: true, run: () => showView('bench') },
  { id: 'palette', title: 'All commands…', keys: '$mod+k', run: () => show('palette') },
  { id: 'help', title: 'Keyboard', keys: 'Shift+?', run: () => show('help') },
  { id: 'browser', title: 'What this browser has, and licences', run: () => show('browser') },
  { id: 'undo', title: 'Undo', keys: '$mod+z', run: undo },
  { id: 'redo', title: 'Redo', keys: '$mod+Shift+z', run: redo },
  { id: 'fit', title: 'Fit the picture', keys: 'f', onStage: true, run: fit },
  { id: 'actual', title: '100\u00a0%', keys: '0', onStage: true, run: () => setZoom(1) },
  { id: 'goto', title: 'Go to x, y…', keys: 'g', onStage: true, run: () => show('goto') },
  { id: 'notation', title: 'Next notation of values', keys: 'x', onStage: true, run: nextNotation },
  { id: 'difference', title: 'Difference of what is compared', keys: 'd', onStage: true, run: toggleDifference },
  { id: 'compare', title: 'Compare with the next open picture', keys: 'c', onStage: true, run: nextReference },
  { id: 'next-difference', title: 'Next differing pixel', keys: 'n', onStage: true, run: () => void goToDifference(1) },
  { id: 'previous-difference', title: 'Previous differing pixel', keys: 'Shift+n', onStage: true, run: () => void goToDifference(-1) },
  { id: 'direction', title: 'Swap source and destination', run: () => void swapDirection() },
  { id: 'swap', title: 'Red and blue look swapped', keys: 's', onStage: true, run: swapRedBlue },
  ...['R', 'B', 'A', 'Y', 'U', 'V'].map(solo),
  // G alone goes to a place.
  { ...solo('G'), keys: 'Shift+g' },
  ...arrow('ArrowLeft', -1, 0),
  ...arrow('ArrowRight', 1, 0),
  ...arrow('ArrowUp', 0, -1),
  ...arrow('ArrowDown', 0, 1),
  { id: 'derivation', title: 'Derivation of the picked pixel', run: () => toggleDrawer('derivation') },
  { id: 'bytes', title: 'Bytes', run: () => toggleDrawer('bytes') },
  { id: 'scopes', title: 'Histogram', run: () => toggleDrawer('scopes') },
  { id: 'log', title: 'Log', run: () => toggleDrawer('log') },
  { id: 'theme', title: 'Light or dark', run: toggleTheme },
  { id: 'link', title: 'Copy a link to this view', keys: '$mod+Shift+c', run: () => void copyLink() },
  { id: 'download-raw', title: 'Download the result, raw', run: () => void download('result', 'raw') },
  { id: 'download-png', title: 'Download the result as PNG', run: () => void download('result', 'png') },
  { id: 'encode-all', title: 'Run all encoders', run: () => { showView('encode'); toEncoders(); void encodeAll(); } },
  { id: 'encode-save', title: 'Download what the encoder made', run: () => downloadEncoded() },
  { id: 'clamp', title: 'Policy: clamp', run: () => setOptions({ policy: undefined }) },
  { id: 'cast', title: 'Policy: cast', run: () => setOptions({ policy: 'cast' }) },
  { id: 'reset', title: 'Options as VPI has them', run: resetOptions },
];
