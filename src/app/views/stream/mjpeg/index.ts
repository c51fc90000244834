export { MjpegBench } from './MjpegBench.tsx';
export { MjpegPanel } from './MjpegPanel.tsx';
