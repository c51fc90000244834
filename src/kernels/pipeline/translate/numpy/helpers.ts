import type { Rounding } from '../../rounding.ts';

/** Python functions that a script brings along when one of its lines calls them. */
export const HELPERS = {
  words: `def words(data, dtype, offset, stride, rows, count):
    """Rows of count words each, stride bytes apart."""
    return np.stack([np.frombuffer(data, dtype, count, offset + y * stride) for y in range(rows)])`,
  put: `def put(out, plane, dtype, offset, stride):
    """Writes rows of words, stride bytes apart; the bytes between them stay."""
    for y, row in enumerate(plane.astype(dtype)):
        row = np.frombuffer(row.tobytes(), np.uint8)
        out[offset + y * stride:][:row.size] = row`,
  wrapped: `def wrapped(x, lowest, span):
    """As a C cast to an integer; NaN and infinities become 0."""
    if x.dtype.kind == "f":
        x = np.where(np.isfinite(x), np.fmod(x, span), 0).astype(np.int64)
    return (x - lowest) % span + lowest`,
  resampled: `def resampled(c, ys, xs, denominator):
    """Weighted sums over rows, then columns; ys, xs: lists of (indices, weights)."""
    total = sum(wy[:, None] * wx * c[np.ix_(y, x)] for y, wy in ys for x, wx in xs)
    return np.sign(total) * ((2 * np.abs(total) + denominator) // (2 * denominator))`,
  resized: `def resized(c, ys, xs, denominator):
    """Weighted sums of float rows, then of columns; ys, xs: lists of (indices, weights)."""
    def parts(weights, values):
        return np.where(weights > 0, weights * values, 0.0)
    c = c.astype(np.float64)
    rows = sum(parts(wy[:, None], c[y]) for y, wy in ys)
    return (sum(parts(wx, rows[:, x]) for x, wx in xs) / denominator).astype(np.float32)`,
  bayer: `def bayer(shape):
    """Thresholds of the 8×8 ordered dither, 0 … 1."""
    x, y = np.arange(shape[1]), np.arange(shape[0])[:, None]
    rank = 0
    for bit in range(3):
        bx, by = (x >> bit) & 1, (y >> bit) & 1
        rank = rank * 4 + ((bx ^ by) * 2 + by)
    return (rank + 0.5) / 64`,
} as const;

export type HelperId = keyof typeof HELPERS;

/** Integer division and rounding of floats, for one way to round. */
export const ROUNDING_HELPERS: Readonly<Record<Rounding, { readonly ratio: string; readonly rounded: string }>> = {
  'half-away': {
    ratio: `def ratio(n, d):
    """n / d to the nearest integer, halves away from zero; exact."""
    return np.sign(n) * ((2 * np.abs(n) + d) // (2 * d))`,
    rounded: `def rounded(x):
    """To the nearest integer, halves away from zero."""
    whole = np.trunc(x.astype(np.float64))
    return whole + np.sign(x) * (np.abs(x - whole) >= 0.5)`,
  },
  'half-even': {
    ratio: `def ratio(n, d):
    """n / d to the nearest integer, halves to even; exact."""
    q, r = np.abs(n) // d, np.abs(n) % d
    return np.sign(n) * (q + ((2 * r > d) | ((2 * r == d) & (q % 2 == 1))))`,
    rounded: `def rounded(x):
    """To the nearest integer, halves to even."""
    return np.rint(x.astype(np.float64))`,
  },
  truncate: {
    ratio: `def ratio(n, d):
    """n / d towards zero; exact."""
    return np.sign(n) * (np.abs(n) // d)`,
    rounded: `def rounded(x):
    """Towards zero."""
    return np.trunc(x.astype(np.float64))`,
  },
};
