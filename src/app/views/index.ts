import { convertView } from './convert/index.ts';
import { inspectView } from './inspect/index.ts';

/** The views in their order: a view is a folder and a line. */
export const VIEWS = [inspectView, convertView] as const;
