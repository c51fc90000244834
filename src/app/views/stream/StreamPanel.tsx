import { MjpegPanel } from './mjpeg/index.ts';
import { RoutingPanel } from './routing/RoutingPanel.tsx';
import { useStreamTab } from './streamTab.ts';

/** Settings of the chosen bench. */
export function StreamPanel() {
  return useStreamTab(({ tab }) => tab) === 'routing' ? <RoutingPanel /> : <MjpegPanel />;
}
