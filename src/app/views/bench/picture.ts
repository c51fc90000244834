import uPlot from 'uplot';
import { token } from '../../ui/usePlot.ts';
import type { Chart } from './charts.ts';
import { FONT } from './drawing.ts';

interface Entry {
  readonly title: string;
  readonly hue: string;
  readonly shape: string;
}

/** Places of a legend's entries, line by line. @returns CSS pixels */
function placed(entries: readonly Entry[], widthOfText: (text: string) => number, room: number): readonly (Entry & { readonly left: number; readonly line: number })[] {
  let [left, line] = [0, 0];
  return entries.map((entry) => {
    const width = widthOfText(entry.title) + 34;
    if (left > 0 && left + width > room) [left, line] = [0, line + 1];
    const place = { ...entry, left, line };
    left += width;
    return place;
  });
}

const PICTURE = { pad: 16, title: 24, legend: 44, line: 18 } as const;

/** Facts side by side, in as few lines as hold them. */
function linesOf(facts: readonly string[], widthOfText: (text: string) => number, room: number): readonly string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const last = lines[lines.length - 1];
    if (last !== undefined && widthOfText(`${last} · ${fact}`) <= room) lines[lines.length - 1] = `${last} · ${fact}`;
    else lines.push(fact);
  }
  return lines;
}

/** The chart as it is seen, with its title, its legend and the machine it was measured on. */
export function pictureOf(canvas: HTMLCanvasElement, { title, series, ceilings, ceilingTitle }: Chart, facts: readonly string[]): Promise<Blob> {
  const picture = document.createElement('canvas');
  const context = picture.getContext('2d');
  if (context === null) return Promise.reject(new Error('The browser gave no 2D context.'));
  const [width, height] = [canvas.width / uPlot.pxRatio, canvas.height / uPlot.pxRatio];
  context.font = FONT;
  const widthOfText = (text: string): number => context.measureText(text).width;
  const lines = linesOf(facts, widthOfText, width);
  const ceiling = ceilings.length === 0 ? [] : [{ title: ceilingTitle, hue: '--text-2', shape: 'M-6 -1h12v2h-12z' }];
  const legend = placed([...ceiling, ...series.map((one) => ({ title: one.title, ...one.look }))], widthOfText, width);
  const head = PICTURE.legend + PICTURE.line * (1 + Math.max(0, ...legend.map(({ line }) => line)));
  picture.width = canvas.width + 2 * PICTURE.pad * uPlot.pxRatio;
  picture.height = (head + height + PICTURE.line * (lines.length + 1)) * uPlot.pxRatio;
  context.scale(uPlot.pxRatio, uPlot.pxRatio);
  context.fillStyle = token('--surface');
  context.fillRect(0, 0, picture.width, picture.height);
  context.translate(PICTURE.pad, 0);
  context.fillStyle = token('--text');
  context.font = `600 14px Inter Variable`;
  context.fillText(title, 0, PICTURE.title);
  context.font = FONT;
  for (const { title: name, hue, shape, left, line } of legend) {
    context.save();
    context.translate(left + 6, PICTURE.legend + line * PICTURE.line);
    context.fillStyle = token(hue);
    context.fill(new Path2D(shape));
    context.fillStyle = token('--text');
    context.fillText(name, 10, 4);
    context.restore();
  }
  context.drawImage(canvas, 0, head, width, height);
  context.fillStyle = token('--text-2');
  lines.forEach((text, index) => context.fillText(text, 0, head + height + PICTURE.line * (index + 1)));
  return new Promise((resolve, reject) => { picture.toBlob((blob) => { if (blob === null) reject(new Error('The browser made no PNG.')); else resolve(blob); }, 'image/png'); });
}
