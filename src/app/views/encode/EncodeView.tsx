import { lazy, Suspense } from 'react';

const EncodePanel = lazy(() => import('./EncodePanel.tsx'));

/** Fetched when it is first shown: who converts pixels need not wait for encoders. */
export function EncodeView() {
  return <Suspense><EncodePanel /></Suspense>;
}
