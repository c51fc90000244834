import { describe, expect, test } from 'vitest';
import { convert } from '../../kernels/index.ts';
import { sidecar } from '../../kernels/codecs/sidecar.ts';
import { withTrailingPalette } from '../../kernels/image/image.ts';
import { randomImage, specFor } from '../../kernels/testing/images.ts';
import { sidecarGeometry, sidecarNames, unusedSidecar, withSidecars } from './sidecars.ts';

const nv12 = { ...convert(randomImage(specFor('rgb24', 37, 21), 4), 'nv12'), colorSpec: { matrix: 'bt709', range: 'limited' } } as const;
const written = sidecar(nv12, 'a.raw');
const fileOf = (name: string, text: string): File => new File([text], name);
const told = (change: object): string => JSON.stringify({ format: 'nv12', width: 37, height: 21, planes: [{ offset: 0, stride: 37 }, { offset: 777, stride: 38 }], ...change });
const opened = async (files: readonly File[]): Promise<readonly unknown[]> => (await withSidecars(files)).map(({ file, geometry }) => [file.name, geometry?.spec.format]);

describe('what a sidecar says', () => {
  test('comes back as it was written, with its colours', () => expect(sidecarGeometry(written)).toEqual({ spec: { format: 'nv12', width: 37, height: 21, colorSpec: { matrix: 'bt709', range: 'limited' } }, headerOffset: 0, padShort: false }));

  test('strides that are not tight are kept, and offsets that leave gaps too', () => {
    const strides = [64, 64];
    expect(sidecarGeometry(told({ planes: [{ offset: 0, stride: 64 }, { offset: 1344, stride: 64 }] }))?.spec).toEqual({ format: 'nv12', width: 37, height: 21, strides });
    expect(sidecarGeometry(told({ planes: [{ offset: 16, stride: 64 }, { offset: 2048, stride: 64 }] }))?.spec).toEqual({ format: 'nv12', width: 37, height: 21, strides, offsets: [16, 2048] });
  });

  test('a palette of its own, or one behind the indices', () => {
    const indices = randomImage(specFor('pal8', 5, 3), 2);
    expect(sidecarGeometry(sidecar(indices, 'a.raw'))?.spec.palette).toEqual(indices.palette?.colors);
    expect(sidecarGeometry(sidecar(withTrailingPalette(indices), 'a.raw'))?.spec).toEqual({ format: 'pal8', width: 5, height: 3 });
  });

  test.each([
    ['no JSON', '{'],
    ['another JSON', '{"width": 37}'],
    ['null', 'null'],
    ['an unknown format', told({ format: 'nv99' })],
    ['a width of 0', told({ width: 0 })],
    ['a plane too few', told({ planes: [{ offset: 0, stride: 37 }] })],
    ['a stride below a row', told({ planes: [{ offset: 0, stride: 36 }, { offset: 777, stride: 38 }] })],
    ['an unknown matrix', told({ colorSpec: { matrix: 'bt999' } })],
    ['half a colour', told({ palette: [1, 2] })],
  ])('%s is no sidecar', (_, text) => expect(sidecarGeometry(text)).toBeUndefined());
});

describe('files that are opened together', () => {
  test('a sidecar is named after its file, with or without the extension', () => expect(sidecarNames('a.b.raw')).toEqual(['a.b.raw.json', 'a.b.json']));

  test.each(['a.raw.json', 'a.json'])('%s is read for a.raw and is no source, in either order', async (name) => {
    const pair = [fileOf(name, written), fileOf('a.raw', 'bytes')];
    expect(await opened(pair)).toEqual([['a.raw', 'nv12']]);
    expect(await opened(pair.toReversed())).toEqual([['a.raw', 'nv12']]);
  });

  test('alone, of another file, or with something else in it, a .json is a file like others', async () => {
    expect(await opened([fileOf('a.raw.json', written)])).toEqual([['a.raw.json', undefined]]);
    expect(await opened([fileOf('b.raw', 'bytes'), fileOf('a.raw.json', written)])).toEqual([['b.raw', undefined], ['a.raw.json', undefined]]);
    expect(await opened([fileOf('a.raw', 'bytes'), fileOf('a.raw.json', '{}')])).toEqual([['a.raw', undefined], ['a.raw.json', undefined]]);
  });

  test('which sidecar it is is told', async () => expect((await withSidecars([fileOf('a.raw', 'bytes'), fileOf('a.json', written)])).map(({ sidecar: name }) => name)).toEqual(['a.json']));

  test.each([
    [{ isDecoded: true, isLinked: false }, 'The sidecar “a.png.json” was not used: it is for raw bytes, and “a.png” says itself what it holds.'],
    [{ isDecoded: false, isLinked: true }, 'The sidecar “a.png.json” was not used: the link says how “a.png” is to be read.'],
    [{ isDecoded: false, isLinked: false }, undefined],
  ])('%j: %s', (how, says) => expect(unusedSidecar('a.png', 'a.png.json', how)).toBe(says));

  test('two files in which only one has a sidecar', async () => expect(await opened([fileOf('a.raw', 'bytes'), fileOf('b.raw', 'bytes'), fileOf('b.raw.json', written)])).toEqual([['a.raw', undefined], ['b.raw', 'nv12']]));
});
