import { lazy } from 'react';
import { EncodeView } from './EncodeView.tsx';

export const encodeView = {
  id: 'encode', title: 'Encode', View: EncodeView,
  tabs: [
    { id: 'encoders', title: 'Encoders', Body: lazy(() => import('./EncodersTable.tsx')) },
    { id: 'rates', title: 'Rate–distortion', Body: lazy(() => import('./Rates.tsx')) },
    { id: 'jpeg', title: 'Inside the JPEG', Body: lazy(() => import('./inspector/Inspector.tsx')) },
  ],
} as const;
