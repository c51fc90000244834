"""Expected values of resampling, by exact fractions from the definitions; writes cases.json.

Run: python3 src/kernels/testdata/resample/make.py

A destination pixel i covers the source from i*r to (i+1)*r, r = source pixels per destination pixel, a fraction.
nearest   the source pixel floor(i*r)
box       the mean of the step function of the source over that interval
bilinear  the source read at (i + 1/2)*r - 1/2, between the centres of its pixels by straight lines
Source pixels beyond the edge are those at the edge. Both axes at once, then one rounding, halves up.
"""
import json
import math
import pathlib
from fractions import Fraction as F


def noise(seed):
    state = seed * 2654435761 % 2**32
    while True:
        state = (1664525 * state + 1013904223) % 2**32
        yield state >> 16


def weights(mode, i, r):
    """Source index -> weight along one axis; the weights add up to 1."""
    if r == 1:
        return {i: F(1)}
    if mode == "nearest":
        return {math.floor(i * r): F(1)}
    if mode == "bilinear":
        place = (i + F(1, 2)) * r - F(1, 2)
        return {k: 1 - abs(place - k) for k in (math.floor(place), math.floor(place) + 1)}
    lo, hi = i * r, (i + 1) * r
    return {k: (min(hi, F(k + 1)) - max(lo, F(k))) / r for k in range(math.floor(lo), math.ceil(hi))}


def resample(plane, mode, rx, ry, width, height):
    h, w = len(plane), len(plane[0])

    def at(x, y):
        return plane[min(h - 1, max(0, y))][min(w - 1, max(0, x))]

    rows = []
    for y in range(height):
        wy = weights(mode, y, ry)
        rows.append([math.floor(sum(b * a * at(k, j) for j, b in wy.items() for k, a in weights(mode, x, rx).items()) + F(1, 2)) for x in range(width)])
    return rows


SIZES = [
    ((1, 1), (1, 2)), ((1, 1), (5, 3)), ((7, 5), (1, 1)), ((8, 8), (4, 4)), ((9, 7), (4, 3)), ((16, 12), (4, 3)), ((17, 9), (5, 2)),
    ((5, 4), (10, 8)), ((5, 4), (7, 9)), ((13, 11), (13, 5)), ((6, 10), (9, 10)), ((12, 2), (5, 7)), ((33, 3), (10, 1)),
]
DECIMATE = [((8, 8), 2), ((9, 7), 2), ((17, 13), 4), ((16, 4), 4), ((10, 10), 3), ((1, 1), 4), ((5, 1), 7)]
FORMATS = {"gray": (1, 255), "gray16le": (1, 65535), "rgb24": (3, 255)}


def cases():
    seed = 1
    for fmt, (channels, top) in FORMATS.items():
        for mode in ("nearest", "box", "bilinear"):
            jobs = [(size, to, None, F(size[0], to[0]), F(size[1], to[1])) for size, to in SIZES]
            jobs += [(size, (-(-size[0] // n), -(-size[1] // n)), n, F(n), F(n)) for size, n in DECIMATE]
            for (w, h), (dw, dh), n, rx, ry in jobs:
                seed += 1
                source = noise(seed)
                planes = [[[next(source) % (top + 1) for _ in range(w)] for _ in range(h)] for _ in range(channels)]
                out = [resample(plane, mode, rx, ry, dw, dh) for plane in planes]

                def interleaved(of, width, height):
                    return [of[c][y][x] for y in range(height) for x in range(width) for c in range(channels)]

                yield {"format": fmt, "mode": mode, "decimate": n, "from": [w, h], "to": [dw, dh], "source": interleaved(planes, w, h), "expected": interleaved(out, dw, dh)}


path = pathlib.Path(__file__).with_name("cases.json")
path.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases()) + "\n]\n")
