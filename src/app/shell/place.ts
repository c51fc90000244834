interface Size {
  readonly width: number;
  readonly height: number;
}

/** A pixel as a person types it, or why it is none of the picture's. */
export type Place = { readonly x: number; readonly y: number; readonly fault: undefined } | { readonly fault: string };

/** Reads `x, y` for a picture of a size; both count from 0. */
export function placeFrom(text: string, { width, height }: Size): Place {
  const within = `The picture has ${String(width)} × ${String(height)} pixels: x is 0 … ${String(width - 1)}, y is 0 … ${String(height - 1)}.`;
  const [, first, second] = /^\s*([+-]?\d+)(?:\s*[,;]\s*|\s+)([+-]?\d+)\s*$/.exec(text) ?? [];
  if (first === undefined || second === undefined) return { fault: `${text.trim() === '' ? 'Type' : `“${text.trim()}” is no place: type`} two whole numbers, as 312, 88. ${within}` };
  const [x, y] = [Number(first), Number(second)];
  return x >= 0 && x < width && y >= 0 && y < height ? { x, y, fault: undefined } : { fault: `${String(x)}, ${String(y)} is outside. ${within}` };
}
