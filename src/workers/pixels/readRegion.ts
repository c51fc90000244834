import type { Image, Rect } from '../../kernels/index.ts';
import { formatLayout } from '../../kernels/image/formatLayout.ts';
import { readComponentRow } from '../../kernels/image/rows.ts';
import type { Region } from './protocol.ts';

/** Stored values of every component in a rectangle; those of subsampled ones are repeated. */
export function readRegion(image: Image, rect: Rect): Region {
  const layouts = formatLayout(image.format).components;
  const values = new Float64Array(rect.width * rect.height * layouts.length);
  for (const [index, layout] of layouts.entries()) {
    const row = new Float64Array(Math.ceil(image.width / layout.sub.x));
    for (let y = 0; y < rect.height; y += 1) {
      readComponentRow(image, layout, Math.floor((rect.y + y) / layout.sub.y), row);
      for (let x = 0; x < rect.width; x += 1) values[(y * rect.width + x) * layouts.length + index] = row[Math.floor((rect.x + x) / layout.sub.x)] ?? 0;
    }
  }
  return { rect, components: layouts.map(({ component }) => component), values };
}
