import * as opencv from '@techstark/opencv-js';

/** OpenCV.js inside an object of ours: it has a `then` of its own, so that a promise of the module itself would never be kept. */
export const held: { readonly default: unknown } = { default: 'default' in opencv ? opencv.default : opencv };
