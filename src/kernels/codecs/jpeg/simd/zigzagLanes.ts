import type { Expr, FunctionBuilder, Local } from '../../../wasm/index.ts';
import { i8x16, v128 } from '../../../wasm/index.ts';
import { ZIGZAG } from '../quantTables.ts';

/** A swizzle gives zero for such an index. */
const NOTHING = 0x80;

/** One row's part in eight lanes of the zigzag order. */
interface Pick {
  readonly row: number;
  readonly mask: Local<'v128'>;
}

/** For each of the eight zigzag vectors, the rows it takes lanes from. Held outside of loops. */
export function zigzagPicks(f: FunctionBuilder): readonly (readonly Pick[])[] {
  return Array.from({ length: 8 }, (_, target) => {
    const naturals = ZIGZAG.slice(target * 8, target * 8 + 8);
    const rows = [...new Set(naturals.map((natural) => natural >> 3))];
    return rows.map((row) => {
      const bytes = naturals.flatMap((natural) => (natural >> 3 === row ? [(natural & 7) * 2, (natural & 7) * 2 + 1] : [NOTHING, NOTHING]));
      return { row, mask: f.let(i8x16.const(...bytes)) };
    });
  });
}

/** Rows in natural order to eight vectors in zigzag order. */
export function zigzagLanes(f: FunctionBuilder, rows: readonly Local<'v128'>[], picks: readonly (readonly Pick[])[]): readonly Local<'v128'>[] {
  return picks.map((parts) => f.let(parts.map(({ row, mask }): Expr<'v128'> => i8x16.swizzle(rows[row], mask)).reduce((a, b) => v128.or(a, b))));
}
