/** How one memory word is read. `le`/`be`: byte order. */
export const WORDS = {
  u8: { bytes: 1, kind: 'unsigned', bigEndian: false },
  s8: { bytes: 1, kind: 'signed', bigEndian: false },
  u16le: { bytes: 2, kind: 'unsigned', bigEndian: false },
  u16be: { bytes: 2, kind: 'unsigned', bigEndian: true },
  s16le: { bytes: 2, kind: 'signed', bigEndian: false },
  u32le: { bytes: 4, kind: 'unsigned', bigEndian: false },
  u32be: { bytes: 4, kind: 'unsigned', bigEndian: true },
  s32le: { bytes: 4, kind: 'signed', bigEndian: false },
  f32le: { bytes: 4, kind: 'float', bigEndian: false },
} as const;

export type WordType = keyof typeof WORDS;

/** R G B; Y U V (Y alone is gray); A alpha; I palette index. */
export type Component = 'R' | 'G' | 'B' | 'A' | 'Y' | 'U' | 'V' | 'I';

/** Where one sample lies inside a block. Several fields of one component follow each other in x. */
export interface Field {
  readonly component: Component;
  /** Index of the word inside the block. */
  readonly word: number;
  /** Bits below the field inside the word. */
  readonly shift: number;
  readonly bits: number;
}

/** A plane is rows of equal blocks; a block is `words` words that hold the samples of a few neighbouring pixels. */
export interface PlaneRow {
  readonly type: WordType;
  readonly words: number;
  readonly fields: readonly Field[];
  /** One per word: the bits that belong to no component, as they are written. */
  readonly fill: readonly number[];
}

const COMPONENTS: Record<string, Component> = { R: 'R', G: 'G', B: 'B', A: 'A', Y: 'Y', U: 'U', V: 'V', I: 'I' };

function component(letter: string): Component {
  const found = COMPONENTS[letter];
  if (found === undefined) throw new TypeError(`No component is called ${letter}.`);
  return found;
}

const ones = (bits: number): number => 2 ** bits - 1;

/**
 * One word a sample: `samples('u8', 'Y U Y V')`. `x` is a word without meaning, written as ones.
 * `bits` and `shift` place fewer bits inside the word: p010 is 10 bits at 6.
 */
export function samples(type: WordType, names: string, bits: number = WORDS[type].bytes * 8, shift = 0): PlaneRow {
  const letters = names.split(' ');
  const fields = letters.flatMap((letter, word) => (letter === 'x' ? [] : [{ component: component(letter), word, shift, bits }]));
  return { type, words: letters.length, fields, fill: letters.map((letter) => (letter === 'x' ? ones(WORDS[type].bytes * 8) : 0)) };
}

/** One word a pixel, fields from the most significant bit down: `bitFields('u16le', 'R5 G6 B5')`. `x2`: two ones; `02`: two zeros. */
export function bitFields(type: WordType, layout: string): PlaneRow {
  const fields: Field[] = [];
  let fill = 0;
  let shift = WORDS[type].bytes * 8;
  for (const part of layout.split(' ')) {
    const bits = Number(part.slice(1));
    shift -= bits;
    if (part.startsWith('x')) fill += ones(bits) * 2 ** shift;
    else if (!part.startsWith('0')) fields.push({ component: component(part.charAt(0)), word: 0, shift, bits });
  }
  return { type, words: 1, fields, fill: [fill] };
}

/** Any block, each field as `component:word:shift`, in the order of x. */
export function block(type: WordType, words: number, bits: number, layout: string): PlaneRow {
  const fields = layout.split(' ').map((part): Field => {
    const [letter = '', word, shift] = part.split(':');
    return { component: component(letter), word: Number(word), shift: Number(shift), bits };
  });
  return { type, words, fields, fill: Array.from({ length: words }, () => 0) };
}
