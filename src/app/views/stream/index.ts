import { StreamMain } from './StreamMain.tsx';
import { StreamPanel } from './StreamPanel.tsx';

export const streamView = { id: 'stream', title: 'Stream', View: StreamPanel, Main: StreamMain } as const;
