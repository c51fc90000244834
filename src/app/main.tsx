import '@fontsource-variable/inter';
import '@fontsource/jetbrains-mono/400.css';
import '@fontsource/jetbrains-mono/600.css';
import './fonts/symbols.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { installAutomation } from './automation.ts';
import { startPwa } from './pwa.ts';
import { startReactions } from './reactions.ts';
import { missingParts } from './parts.ts';
import { report } from './state/store.ts';
import { restoreFromUrl, writeUrl } from './commands/urlState.ts';

startReactions();
installAutomation();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(<StrictMode><App /></StrictMode>);
void restoreFromUrl().then(writeUrl);
// A link pasted into this tab; the app's own changes of the address make no such event.
window.addEventListener('hashchange', () => void restoreFromUrl());
startPwa();
const essential = missingParts().find(({ isEssential }) => isEssential);
if (essential !== undefined) report({ code: 'browser/part', what: `This browser has no ${essential.title.toLowerCase()}. ${essential.without}`, remedy: 'Open Swizzle in a current Chromium, Firefox or Safari.' });
