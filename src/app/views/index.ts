import { benchView } from './bench/index.ts';
import { convertView } from './convert/index.ts';
import { encodeView } from './encode/index.ts';
import { inspectView } from './inspect/index.ts';

import { streamView } from './stream/index.ts';
import type { ViewRow } from './view.ts';

/** The views in their order: a view is a folder and a line. */
export const VIEWS: readonly ViewRow[] = [inspectView, convertView, encodeView, streamView, benchView];
