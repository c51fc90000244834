import { EncodePanel } from './EncodePanel.tsx';

export const encodeView = { id: 'encode', title: 'Encode', View: EncodePanel } as const;
