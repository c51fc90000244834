import { lazy } from 'react';

/** Fetched when it is shown, with its charts. */
const View = lazy(async () => ({ default: (await import('./BenchPanel.tsx')).BenchPanel }));
const Main = lazy(async () => ({ default: (await import('./BenchMain.tsx')).BenchMain }));

export const benchView = { id: 'bench', title: 'Bench', View, Main } as const;
