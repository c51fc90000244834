import type { Image } from '../image/types.ts';
import { paint } from './patterns.ts';

/** The marks' cells: two rows of twelve, black or white; 16 bits of number, 8 of check, the highest bit first. */
const COLUMNS = 12;
const BITS = COLUMNS * 2;
const CELL = { width: 8, height: 16 } as const;
/** Five figures of 5 × 7 dots, three pixels each, below the cells. */
const DOT = 3;
const FIGURES = 5;
const FIGURES_TOP = CELL.height * 2 + 4;

/** Pixels that the marks take, from the picture's first. */
export const MARKS = { width: COLUMNS * CELL.width, height: 60 } as const;

/** Numbers are counted up to here, then from 0 again. */
export const MARKED_NUMBERS = 65_536;

/** Rows of dots of 0 … 9, five bits a row. */
const FONT: readonly (readonly number[])[] = [
  [14, 17, 19, 21, 25, 17, 14], [4, 12, 4, 4, 4, 4, 14], [14, 17, 1, 2, 4, 8, 31], [31, 2, 4, 2, 1, 17, 14], [2, 6, 10, 18, 31, 2, 2],
  [31, 16, 30, 1, 1, 17, 14], [6, 8, 16, 30, 17, 17, 14], [31, 1, 2, 4, 8, 8, 8], [14, 17, 17, 14, 17, 17, 14], [14, 17, 17, 15, 1, 2, 12],
];

/** CRC-8 of the number's two bytes, the high one first: polynomial x⁸ + x² + x + 1, starting from ones, so that plain black carries no number. */
function check(number: number): number {
  let crc = 0xff;
  for (const byte of [number >> 8, number & 255]) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 0x80) === 0 ? crc << 1 : ((crc << 1) ^ 0x07) & 0xff;
  }
  return crc & 0xff;
}

function isFigureDot(digits: string, x: number, y: number): boolean {
  const [column, row] = [Math.floor(x / DOT) - 1, Math.floor((y - FIGURES_TOP) / DOT)];
  const dots = FONT[Number(digits.charAt(Math.floor(column / 6)))]?.[row] ?? 0;
  return column >= 0 && column < FIGURES * 6 && column % 6 < 5 && (dots >> (4 - (column % 6)) & 1) === 1;
}

/** A picture's number as a person reads it, and as `readFrameNumber` does, even from a compressed copy. rgb24. */
export function frameMarks(frame: number): Image {
  const number = frame % MARKED_NUMBERS;
  const word = number * 256 + check(number);
  const digits = String(number).padStart(FIGURES, '0');
  return paint(MARKS.width, MARKS.height, (x, y) => {
    const bit = Math.floor(y / CELL.height) * COLUMNS + Math.floor(x / CELL.width);
    const isWhite = y < CELL.height * 2 ? (word >> (BITS - 1 - bit) & 1) === 1 : isFigureDot(digits, x, y);
    return isWhite ? [235, 235, 235] : [16, 16, 16];
  });
}

/**
 * The number that a picture is marked with; undefined where there is none, or it is damaged.
 * @param luma value of a pixel of the marked picture, 0 … 255
 */
export function readFrameNumber(luma: (x: number, y: number) => number): number | undefined {
  let word = 0;
  for (let bit = 0; bit < BITS; bit += 1) {
    const x = (bit % COLUMNS) * CELL.width + CELL.width / 2;
    const y = Math.floor(bit / COLUMNS) * CELL.height + CELL.height / 2;
    word = word * 2 + (luma(x, y) >= 128 ? 1 : 0);
  }
  const number = Math.floor(word / 256);
  return check(number) === word % 256 ? number : undefined;
}
