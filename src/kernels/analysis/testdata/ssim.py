"""SSIM of pictures made by formula, straight from the definition: one 11x11 Gaussian window at a time.

Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli, "Image quality assessment: from error visibility to
structural similarity", IEEE Transactions on Image Processing 13(4), 2004. sigma 1.5, K1 0.01, K2 0.03, population
variances, mean over the windows that lie wholly inside the picture.

    python3 ssim.py > ssim.json        (NumPy 2)
"""
import json
import numpy as np

axis = np.arange(11) - 5
WINDOW = np.exp(-(axis[:, None] ** 2 + axis[None, :] ** 2) / (2 * 1.5 ** 2))
WINDOW /= WINDOW.sum()


def ssim(a, b, peak):
    c1, c2 = (0.01 * peak) ** 2, (0.03 * peak) ** 2
    total, count = 0.0, 0
    for y in range(a.shape[0] - 10):
        for x in range(a.shape[1] - 10):
            p, q = a[y:y + 11, x:x + 11], b[y:y + 11, x:x + 11]
            mp, mq = (WINDOW * p).sum(), (WINDOW * q).sum()
            vp, vq = (WINDOW * (p - mp) ** 2).sum(), (WINDOW * (q - mq) ** 2).sum()
            cov = (WINDOW * (p - mp) * (q - mq)).sum()
            total += (2 * mp * mq + c1) * (2 * cov + c2) / ((mp ** 2 + mq ** 2 + c1) * (vp + vq + c2))
            count += 1
    return total / count


def texture(width, height, peak):
    y, x = np.mgrid[0:height, 0:width]
    return (((x * 7 + y * 13) ^ (x * y)) * 37 % (peak + 1)).astype(float)


def slope(width, height, peak):
    y, x = np.mgrid[0:height, 0:width]
    return ((x * 3 + y * 2) % (peak + 1)).astype(float)


def altered(kind, a, peak):
    height, width = a.shape
    y, x = np.mgrid[0:height, 0:width]
    if kind == 'grain':
        return np.clip(a + (x * 31 + y * 17) % 23 - 11, 0, peak)
    if kind == 'lighter':
        return np.clip(a + 20, 0, peak)
    if kind == 'inverted':
        return peak - a
    return np.full_like(a, peak // 2)


PICTURES = {'texture': texture, 'slope': slope}
cases = []
for picture in PICTURES:
    for change in ['grain', 'lighter', 'inverted', 'flat']:
        for width, height, bits in [(11, 11, 8), (37, 23, 8), (64, 48, 8), (29, 31, 10)]:
            peak = 2 ** bits - 1
            a = PICTURES[picture](width, height, peak)
            cases.append({'picture': picture, 'change': change, 'width': width, 'height': height, 'bits': bits, 'ssim': float(ssim(a, altered(change, a, peak), peak))})
print(json.dumps(cases, indent=0))
