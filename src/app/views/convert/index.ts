import { lazy } from 'react';

/** Fetched when it is shown: the app begins with Inspect. */
const View = lazy(async () => ({ default: (await import('./ConvertPanel.tsx')).ConvertPanel }));

export const convertView = { id: 'convert', title: 'Convert', View } as const;
