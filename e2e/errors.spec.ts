import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { fixture, openFile, stage, start, test } from './lab.ts';

const coffee = readFileSync(fixture('coffee.png'));
const file = (name: string, buffer: Buffer) => ({ name, mimeType: '', buffer });
const claim = (): Buffer => {
  const header = Buffer.from(coffee);
  header.writeUInt32BE(30_000, 16);
  header.writeUInt32BE(30_000, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return header;
};
const hugeJpeg = (): Buffer => {
  const jpeg = Buffer.from(readFileSync(fixture('flower-422.jpg')).subarray(0, 4000));
  const at = jpeg.findIndex((byte, index) => byte === 0xff && (jpeg[index + 1] === 0xc0 || jpeg[index + 1] === 0xc2));
  jpeg.writeUInt32BE(0xffffffff, at + 5);
  return jpeg;
};

const document = (page: Page): Promise<unknown> => page.evaluate(() => { const { sources, parameters } = window.swizzle.state(); return { names: sources.map((source) => source.file.name), parameters }; });

test.describe('bad input is refused with the cause, and nothing is lost', () => {
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    ['empty.png', Buffer.alloc(0), /“empty\.png”: This is an empty file/],
    ['headless.png', coffee.subarray(0, 20), /“headless\.png”: The PNG’s header has 4 B instead of 13\.The file is damaged/],
    ['corrupt.png', Buffer.concat([coffee.subarray(0, 3000), Buffer.alloc(500, 7), coffee.subarray(3500)]), /“corrupt\.png”: The PNG’s data are damaged: their first chunk has a wrong checksum/],
    ['headless.jpg', readFileSync(fixture('flower-422.jpg')).subarray(0, 150), /“headless\.jpg”: There is no frame header \(SOF\), so the picture has no size\.The file is damaged/],
    ['huge.jpg', hugeJpeg(), /65535×65535 pixels/],
    ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>window.hacked=1</script></svg>'), /SVG, not a picture of pixels/],
    ['page.png', Buffer.from('<!doctype html><h1>404</h1>'), /HTML, not a picture/],
    ['<img src=x onerror=alert(1)> ü 😀.gif', Buffer.from('GIF89a broken'), /could not decode/],
  ];
  for (const [name, buffer, message] of cases) {
    test(name, async ({ page }) => {
      await start(page);
      await openFile(page, fixture('coffee.png'));
      await expect(stage(page)).toBeVisible();
      await page.evaluate(() => window.swizzle.convert('nv12', { scale: 0.5 }));
      const before = await document(page);
      await openFile(page, file(name, buffer));
      await expect(page.getByRole('alert')).toContainText(message);
      expect(await document(page)).toEqual(before);
      await expect(stage(page)).toBeVisible();
      await page.getByRole('alert').locator('..').getByRole('button', { name: 'Close' }).click();
      await expect(page.getByRole('alert')).toHaveCount(0);
      await openFile(page, file('again.png', coffee));
      await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('again.png');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
    });
  }
});

test('of a cut file is shown what there is, marked as damaged, with where it ends', async ({ page }) => {
  await start(page);
  const facts = page.getByRole('complementary');
  await openFile(page, file('cut.png', coffee.subarray(0, 5000)));
  await expect(facts).toContainText('PNG, damaged: not all numbers may be as they were stored');
  await expect(facts).toContainText('Rows from 4 on, of 400, are missing or broken');
  await openFile(page, file('cut.jpg', readFileSync(fixture('flower-422.jpg')).subarray(0, 900)));
  await expect(facts).toContainText('The file ends at byte 900 without an end marker');
  await expect(facts).toContainText('row 0, MCU 18 of 142');
});

const list = (page: Page) => page.getByRole('navigation', { name: 'Sources' });

test('of several files one notice names all that could not be opened, and the others are open', async ({ page }) => {
  await start(page);
  await openFile(page, [file('empty.raw', Buffer.alloc(0)), file('whole.png', coffee), file('page.png', Buffer.from('<!doctype html>'))]);
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('2 files could not be opened.');
  await expect(notice).toContainText('“empty.raw”: This is an empty file.');
  await expect(notice).toContainText('“page.png”: This is HTML');
  await expect(list(page)).toContainText('whole.png');
});

test('a notice covers neither the picture nor its buttons, and goes with what is opened next', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toBeVisible();
  await openFile(page, file('empty.raw', Buffer.alloc(0)));
  const notice = page.getByRole('alert');
  await expect(notice).toContainText('“empty.raw”');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  const [picture, words] = [await stage(page).boundingBox(), await notice.boundingBox()];
  expect(picture === null || words === null ? 0 : words.y - picture.y - picture.height).toBeGreaterThan(0);
  await openFile(page, file('again.png', coffee));
  await expect(list(page)).toContainText('again.png');
  await expect(notice).toHaveCount(0);
  await openFile(page, file('empty.raw', Buffer.alloc(0)));
  await expect(notice).toContainText('“empty.raw”');
  // The automation’s next file is not refused for what the last one was.
  expect(await page.evaluate(() => window.swizzle.openRaw(new Uint8Array(4), { format: 'gray', width: 2, height: 2 }, 'made').then(({ name }) => name))).toBe('made');
  await expect(notice).toHaveCount(0);
});

test('a PNG that claims 30000×30000 is asked about first', async ({ page }) => {
  await start(page);
  await openFile(page, file('bomb.png', claim()));
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('30000×30000 pixels: decoding it takes');
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.evaluate(() => window.swizzle.state().sources.length)).toBe(0);
});

test('a picture under a wrong name opens, and says what it is', async ({ page }) => {
  await start(page);
  await openFile(page, file('photo.jpg', coffee));
  await expect(page.getByRole('complementary')).toContainText('Named .jpg, but its content is PNG.');
});

test('negative and huge sizes of a dump are refused, and the picture stays', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^NV12, stride 768/ }).click();
  await expect(stage(page)).toBeVisible();
  await page.getByLabel('Width').fill('-720');
  await expect(page.getByRole('alert')).toContainText('At least 1.');
  await page.getByLabel('Width').fill('720');
  await page.getByLabel('Height').fill('9999999');
  await expect(page.getByRole('alert')).toContainText(/Short by/);
  await expect(page.getByRole('button', { name: 'Height 480' })).toBeVisible();
  await expect(stage(page)).toHaveAccessibleName(/720 × 480/);
  await page.getByRole('button', { name: 'Show it, pad with 0' }).click();
  await expect(page.getByRole('alert')).toContainText('memory/impossible');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByLabel('Height').fill('480');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('indices past a palette are shown magenta and counted', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Palette/ }).click();
  await expect(stage(page)).toBeVisible();
  await page.evaluate(() => window.swizzle.convert('rgb24'));
  await expect(page.getByRole('complementary')).toContainText('32 pixels have an index past the palette');
  expect(await page.evaluate(async () => (await window.swizzle.pixel(0, 0, 'result')).map(({ value }) => value))).toEqual([255, 0, 255]);
});

test('a link to somebody’s file says kindly that it is not here', async ({ page }) => {
  await start(page, `#${encodeURIComponent(JSON.stringify({ file: 'secret.yuv', to: 'p010le' }))}`);
  await expect(page.getByRole('alert')).toContainText('“secret.yuv”');
  expect(await page.evaluate(() => window.swizzle.state().parameters.to)).toBe('p010le');
});

test('a damaged link says so', async ({ page }) => {
  await start(page, '#%7Bbroken');
  await expect(page.getByRole('alert')).toContainText('could not be read');
});
