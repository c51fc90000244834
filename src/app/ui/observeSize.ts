/** Tells an element’s size now and whenever it changes; without ResizeObserver, whenever the window’s does. @returns an end to it */
export function observeSize(element: Element, tell: (width: number, height: number) => void): () => void {
  const measure = (): void => { const { width, height } = element.getBoundingClientRect(); tell(width, height); };
  if (typeof ResizeObserver === 'undefined') {
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }
  const observer = new ResizeObserver(([entry]) => { if (entry !== undefined) tell(entry.contentRect.width, entry.contentRect.height); });
  observer.observe(element);
  return () => observer.disconnect();
}
