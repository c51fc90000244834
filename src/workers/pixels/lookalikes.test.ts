import { describe, expect, test } from 'vitest';
import { make, open, value } from '../testing/openPixels.ts';


describe('content that only looks like a file', () => {
  /** A picture of 64×48 gray that begins as other files do. */
  const dump = (...begin: readonly number[]): Uint8Array<ArrayBuffer> => Uint8Array.from({ length: 3072 }, (_, at) => begin[at] ?? 90);
  const LIKE = [['JPEG', [0xff, 0xd8, 0xff]], ['JPEG XL', [0xff, 0x0a]], ['TIFF', [0x49, 0x49, 0x2a, 0]], ['BMP', [0x42, 0x4d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40, 0, 0, 0]], ['OpenEXR', [0x76, 0x2f, 0x31, 1]]] as const;

  test.each(LIKE)('one that begins like %s is read raw where name and length fit a format, and it is said', async (title, begin) => {
    const { file, images, guesses } = value(await open(make(), dump(...begin), 'frame_64x48_gray.bin'));
    expect([file.type, file.mismatch, images]).toEqual(['raw', `It begins like ${title}; it is read as raw pixels.`, []]);
    expect(file.hint).toMatchObject({ width: 64, height: 48, format: 'gray' });
    expect(guesses[0]?.spec).toMatchObject({ width: 64, height: 48, format: 'gray' });
  });

  test.each(LIKE)('one that begins like %s is read raw when asked for, whatever its name', async (_, begin) => {
    expect(value(await make().open(1, new Blob([dump(...begin)]), 'dump', { reading: 'raw' }))).toMatchObject({ file: { type: 'raw' }, images: [] });
  });

  // The first bytes as the formats' own documents give them.
  test.each([
    ['OpenEXR', 'v/1\x01\x02\0\0\0'], ['Radiance HDR', '#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n'], ['DirectDraw Surface (DDS)', 'DDS |\0\0\0'], ['Photoshop (PSD)', '8BPS\0\x01'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'], ['JPEG 2000', '\xff\x4f\xff\x51'], ['ICO', '\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\x68\x04\0\0\x16\0\0\0'], ['Khronos texture (KTX)', '\xabKTX 20\xbb'], ['NumPy array (NPY)', '\x93NUMPY\x01\0'], ['gzip', '\x1f\x8b\x08\0'],
  ])('%s is said by name, with a remedy, and never shown as noise', async (title, begin) => {
    const reply = await open(make(), dump(...Array.from(begin, (letter) => letter.charCodeAt(0))), 'unknown');
    expect(reply.ok ? undefined : [reply.error.code, reply.error.what, reply.error.remedy.includes('raw pixels')]).toEqual(['open/unread', `It begins like ${title}, which is not read here.`, true]);
  });

  test('a TIFF that the browser cannot read is called so', async () => {
    const reply = await open(make(), dump(0x49, 0x49, 0x2a, 0), 'photo.dng');
    expect(reply.ok ? '' : `${reply.error.what} ${reply.error.remedy}`).toMatch(/TIFF.*DNG.*read it as raw pixels/);
  });
});
