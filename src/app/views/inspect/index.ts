import { InspectPanel } from './InspectPanel.tsx';

export const inspectView = { id: 'inspect', title: 'Inspect', View: InspectPanel } as const;
