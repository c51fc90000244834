import { BenchMain } from './BenchMain.tsx';
import { BenchPanel } from './BenchPanel.tsx';

export const benchView = { id: 'bench', title: 'Bench', View: BenchPanel, Main: BenchMain } as const;
