import { create } from 'zustand';

/** The two benches of the view. */
export const STREAM_TABS = [
  { id: 'routing', title: 'Routing' },
  { id: 'mjpeg', title: 'MJPEG bench' },
] as const;

export type StreamTab = (typeof STREAM_TABS)[number]['id'];

export const useStreamTab = create<{ readonly tab: StreamTab }>()(() => ({ tab: 'routing' }));

export const showStreamTab = (tab: StreamTab): void => useStreamTab.setState({ tab });
