import { lazy } from 'react';

/** Fetched when it is shown: who only inspects a picture need not wait for it. */
const View = lazy(async () => ({ default: (await import('./StreamPanel.tsx')).StreamPanel }));
const Main = lazy(async () => ({ default: (await import('./StreamMain.tsx')).StreamMain }));

export const streamView = { id: 'stream', title: 'Stream', View, Main } as const;
