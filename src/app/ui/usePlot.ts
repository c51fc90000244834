import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type uPlot from 'uplot';
import { observeSize } from './observeSize.ts';
import 'uplot/dist/uPlot.min.css';

/** A colour of the theme, as a canvas wants it. */
export const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** What is drawn now. */
export type Drawn = RefObject<uPlot | undefined>;

/**
 * A chart that fills its host, drawn again whenever it would look different: with its size, the theme whose colours it has, and fonts
 * that come late. @param make stays the same function while the chart does @param drawn is told of every plot @returns the host
 */
export function usePlot(make: (host: HTMLDivElement, width: number, height: number) => uPlot, drawn: Drawn): RefObject<HTMLDivElement | null> {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const draw = (): void => {
      drawn.current?.destroy();
      const { width, height } = element.getBoundingClientRect();
      drawn.current = width > 0 && height > 0 ? make(element, width, height) : undefined;
    };
    const unobserve = observeSize(element, draw);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    document.fonts.addEventListener('loadingdone', draw);
    return () => {
      unobserve();
      theme.disconnect();
      document.fonts.removeEventListener('loadingdone', draw);
      drawn.current?.destroy();
      drawn.current = undefined;
    };
  }, [make, drawn]);
  return host;
}
