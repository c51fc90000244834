/** One colour of a palette, as the conversions read it. */
export interface PaletteColour {
  readonly index: number;
  readonly rgba: readonly [number, number, number, number];
  /** `#RRGGBBAA`. */
  readonly hex: string;
  /** False for an index past the palette, which is read as opaque magenta. */
  readonly isThere: boolean;
}

/** @param colors R,G,B,A of each index */
export function paletteColour(colors: Uint8Array, index: number): PaletteColour {
  const [r, g, b, a] = colors.subarray(index * 4, index * 4 + 4);
  const isThere = r !== undefined && g !== undefined && b !== undefined && a !== undefined;
  const rgba = isThere ? ([r, g, b, a] as const) : ([255, 0, 255, 255] as const);
  return { index, rgba, hex: `#${rgba.map((value) => value.toString(16).toUpperCase().padStart(2, '0')).join('')}`, isThere };
}

export const paletteColours = (colors: Uint8Array): readonly PaletteColour[] => Array.from({ length: Math.floor(colors.length / 4) }, (_, index) => paletteColour(colors, index));
