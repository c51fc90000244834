import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { fixture, openFile, pickFormat, settled, stage, start, test, valuesAt, watch } from './lab.ts';

test('16 bits of a PNG are read, not 8', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('gradient-16bit.png'));
  await expect(stage(page)).toBeVisible();
  // By a PNG reader that is not Swizzle's: (20, 10) is 5075, 11091, 5075.
  expect(await page.evaluate(async () => (await window.swizzle.pixel(20, 10)).map(({ component, value, bits, byte }) => [component, value, bits, byte]))).toEqual([['R', 5075, 16, 10 * 384 + 120], ['G', 11_091, 16, 10 * 384 + 122], ['B', 5075, 16, 10 * 384 + 124]]);
});

test('a PNG that is cut is shown as far as it goes, marked damaged, with the reasons', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await openFile(page, { name: 'cut.png', mimeType: 'image/png', buffer: readFileSync(fixture('coffee.png')).subarray(0, 200_000) });
  await expect(stage(page)).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('damaged');
  await expect(page.getByText('PNG, damaged: not all numbers may be as they were stored')).toBeVisible();
  await expect(page.getByText(/^The compressed data end after .* of 720/)).toBeVisible();
  await expect(page.getByText(/^Rows from \d+ on, of 400, are missing or broken; what is missing is 0\.$/)).toBeVisible();
  expect(problems).toEqual([]);
});

test('all 65 536 pairs of value and alpha pass through PNG unchanged', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Every alpha/ }).click();
  await expect(stage(page)).toBeVisible();
  const wrong = await page.evaluate(async () => {
    const { files } = await window.swizzle.export('png', 'source');
    await window.swizzle.openFile(new File([files[0]?.bytes ?? new Uint8Array(0)], 'again.png'));
    const bytes = (await window.swizzle.export('raw', 'source')).files[0]?.bytes ?? new Uint8Array(0);
    let count = bytes.length === 262_144 ? 0 : 1;
    for (let pixel = 0; pixel < 65_536; pixel += 1) if (bytes[pixel * 4] !== (pixel & 255) || bytes[pixel * 4 + 3] !== pixel >> 8) count += 1;
    return count;
  });
  expect(wrong).toBe(0);
});

test('what only the browser can decode says so, and keeps its alpha', async ({ page }) => {
  await start(page);
  const pixels = await page.evaluate(async () => {
    const data = new ImageData(Uint8ClampedArray.of(200, 100, 50, 3, 10, 20, 30, 128, 1, 2, 3, 255, 0, 0, 0, 0), 2, 2);
    const canvas = new OffscreenCanvas(2, 2);
    canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(await createImageBitmap(data, { premultiplyAlpha: 'none' }));
    const png = await canvas.convertToBlob({ type: 'image/webp', quality: 1 });
    await window.swizzle.openFile(new File([png], 'tiny.webp'));
    return (await window.swizzle.export('raw', 'source')).files[0]?.bytes.length;
  });
  expect(pixels).toBe(16);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('values via browser');
  expect(await valuesAt(page, 0, 1)).toEqual([1, 2, 3, 255]);
});

test('a JPEG shows its own YUV planes beside RGB', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('flower-422.jpg'));
  await expect(stage(page)).toBeVisible({ timeout: 60_000 });
  const ways = await page.evaluate(() => window.swizzle.state().sources[0]?.views.map(({ spec, provenance }) => [spec.format, spec.width, spec.height, provenance.kind === 'decoded' ? provenance.fidelity : '']));
  expect(ways).toEqual([['yuv422p', 2268, 1512, 'exact'], ['rgb24', 2268, 1512, 'exact']]);
  // By djpeg -nosmooth (libjpeg-turbo 2.1.5).
  await page.getByRole('group', { name: 'Ways to see this file' }).getByRole('button').nth(1).click();
  await expect.poll(() => valuesAt(page, 1000, 700)).toEqual([177, 161, 234]);
});

test('a raw dump with a stride and a header: geometry by hand', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  // 5×3 rgb24 with rows of 20 bytes after a header of 7; each byte tells where it is.
  const bytes = Uint8Array.from({ length: 7 + 20 * 3 }, (_, at) => at);
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: Buffer.from(bytes) });
  await pickFormat(page, 'RGB8', 'rgb24');
  await page.getByLabel('Width').fill('5');
  await page.getByLabel('Height').fill('3');
  await page.getByLabel('Header, bytes').fill('7');
  await page.getByLabel('Stride, bytes').fill('20');
  await expect(page.getByRole('complementary')).toContainText('67 of 67 B: 7 header, 45 samples, 15 padding');
  await expect.poll(() => valuesAt(page, 2, 1)).toEqual([33, 34, 35]);
  await page.getByLabel('Stride, bytes').fill('14');
  await expect(page.getByRole('alert')).toContainText('needs 15 B a row; the stride given is 14');
  await page.getByRole('button', { name: 'Tight strides' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(problems).toEqual([]);
});

test('one byte short: the arithmetic, and three ways on', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^A broken dump/ }).click();
  await expect(page.getByRole('alert')).toContainText(/File 552.959 B, needed 552.960 B/);
  await expect(page.getByRole('button', { name: 'Height 478' })).toBeVisible();
  await page.getByRole('button', { name: 'Show it, pad with 0' }).click();
  await expect(stage(page)).toHaveAccessibleName(/768 × 480/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('guesses for an unknown dump apply with a click', async ({ page }) => {
  await start(page);
  const nv12 = Buffer.alloc((640 * 480 * 3) / 2);
  for (let at = 0; at < nv12.length; at += 1) nv12[at] = at < 640 * 480 ? ((at % 640) >> 2) + (Math.floor(at / 640) >> 3) : 128;
  await openFile(page, { name: 'memory.bin', mimeType: '', buffer: nv12 });
  const guesses = page.getByRole('region', { name: 'What may it be?' });
  await expect(guesses.getByRole('button').first()).toContainText('640×480');
  await guesses.getByRole('button', { name: /yuv420p 640×480/ }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('yuv420p 640×480');
});

test('keyboard: arrows move the pixel, X changes the notation, a letter solos', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Every value/ }).click();
  await stage(page).click({ position: { x: 364, y: 310 } });
  const picked = (): Promise<{ x: number; y: number } | undefined> => page.evaluate(() => window.swizzle.state().view.pixel);
  const from = await picked();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await picked()).toEqual({ x: (from?.x ?? 0) + 1, y: (from?.y ?? 0) + 8 });
  await page.keyboard.press('x');
  const { x = 0 } = (await picked()) ?? {};
  await expect(page.getByTestId('value-R')).toHaveText(x.toString(16).toUpperCase().padStart(2, '0'));
  await page.keyboard.press('b');
  expect(await page.evaluate(() => window.swizzle.state().view.solo)).toBe('B');
});

test('a click on a picture that has just appeared picks what was clicked', async ({ page }) => {
  await start(page);
  const png = await page.evaluate(async () => {
    const data = new ImageData(16, 8);
    for (let at = 0; at < 128; at += 1) data.data.set([at, 0, 0, 255], at * 4);
    const canvas = new OffscreenCanvas(16, 8);
    canvas.getContext('2d')?.putImageData(data, 0, 0);
    return Array.from(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()));
  });
  // Pressed in the page's own turn, the moment the picture is told, before a frame is drawn.
  const picked = page.evaluate(() => new Promise<{ readonly x: number | undefined; readonly y: number | undefined; readonly fromMiddle: readonly [number, number] }>((resolve) => {
    const seen = new MutationObserver(() => {
      const host = document.querySelector('[data-stage]');
      if (host === null || !(host.getAttribute('aria-label') ?? '').includes('16 × 8')) return;
      seen.disconnect();
      const { left, top, width, height } = host.getBoundingClientRect();
      const fromMiddle = [-0.2 * width, 0.1 * height] as const;
      const [clientX, clientY] = [left + width / 2 + fromMiddle[0], top + height / 2 + fromMiddle[1]];
      const press = { bubbles: true, clientX, clientY, pointerId: 1, isPrimary: true, button: 0 };
      Element.prototype.setPointerCapture = () => undefined;
      host.dispatchEvent(new PointerEvent('pointerdown', press));
      setTimeout(() => {
        host.dispatchEvent(new PointerEvent('pointerup', press));
        const { pixel } = window.swizzle.state().view;
        resolve({ x: pixel?.x, y: pixel?.y, fromMiddle });
      });
    });
    seen.observe(document.body, { subtree: true, childList: true, attributes: true });
  }));
  await openFile(page, { name: 'squares.png', mimeType: 'image/png', buffer: Buffer.from(png) });
  const { x, y, fromMiddle } = await picked;
  await settled(page);
  // The zoom that the status bar tells, of a picture in the middle of the stage.
  const zoom = Number((await page.getByRole('contentinfo').getByText(/^[\d\s]+%$/).innerText()).replace(/\D/g, '')) / 100;
  expect(zoom).toBeGreaterThan(4);
  expect([x, y]).toEqual([Math.floor(8 + fromMiddle[0] / zoom), Math.floor(4 + fromMiddle[1] / zoom)]);
});

test('the loupe has the samples’ own values around the picked pixel, which it marks', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^16-bit gradient/ }).click();
  await stage(page).focus();
  const goTo = async (place: string): Promise<void> => {
    await page.keyboard.press('g');
    await page.getByRole('textbox', { name: 'x, y' }).fill(place);
    await page.keyboard.press('Enter');
  };
  await goTo('20 10');
  const cells = page.getByRole('table', { name: 'R of the 9 × 9 pixels around 20, 10' }).locator('tbody td');
  await expect(cells.nth(0)).not.toBeEmpty();
  const stored = await page.evaluate(async () => {
    const values: string[] = [];
    for (let at = 0; at < 81; at += 1) values.push(String((await window.swizzle.pixel(16 + (at % 9), 6 + Math.floor(at / 9)))[0]?.value));
    return values;
  });
  // By a PNG reader that is not Swizzle's: red is 5075 at (20, 10).
  expect(stored[40]).toBe('5075');
  await expect(cells).toHaveText(stored);
  await expect(page.locator('figure [aria-current]')).toHaveText('5075');
  await stage(page).focus();
  await page.keyboard.press('x');
  await expect(cells).toHaveText(stored.map((value) => Number(value).toString(16).toUpperCase().padStart(4, '0')));
  await page.keyboard.press('x');
  await expect(page.locator('figcaption')).toContainText('in dec: bin has no room here');
  await expect(cells).toHaveText(stored);
  await page.keyboard.press('b');
  await goTo('0 0');
  const corner = page.getByRole('table', { name: 'B of the 9 × 9 pixels around 0, 0' }).locator('tbody td');
  await expect.poll(async () => (await corner.allTextContents()).filter((text) => text !== '').length).toBe(25);
  await expect(page.locator('figure [aria-current]')).toHaveText(await page.evaluate(async () => String((await window.swizzle.pixel(0, 0))[2]?.value)));
});

test('a byte leads to its pixel and a pixel to its bytes', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^NV12, stride 768/ }).click();
  await expect(stage(page)).toBeVisible();
  await stage(page).focus();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'x, y' }).fill('17 0');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Bytes' }).click();
  await expect(page.locator('[data-picked="true"]')).toHaveCount(1);
  await page.locator('[data-picked="true"]').locator('xpath=following-sibling::button[1]').click();
  expect(await page.evaluate(() => window.swizzle.state().view.pixel)).toEqual({ x: 18, y: 0 });
  await settled(page);
});

test('a dump that nothing explains says so, and what is shown instead', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: Buffer.alloc(104_729) });
  await expect(page.getByRole('region', { name: 'What may it be?' })).toContainText(/No layout explains 104.729 B; shown as a square of gray\./);
});

test('rows of an odd length are found in the bytes themselves', async ({ page }) => {
  await start(page);
  const [width, height, stride] = [642, 482, 704];
  const nv12 = Buffer.alloc((stride * height * 3) / 2);
  for (let y = 0; y < (height * 3) / 2; y += 1) for (let x = 0; x < width; x += 1) nv12[y * stride + x] = y < height ? 128 + 90 * Math.sin(x / 31 + y / 57) + ((x * 7 + y * 5) % 11) : 128 + 40 * Math.sin((x & ~1) / 40 + (x & 1));
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: nv12 });
  await expect(page.getByRole('region', { name: 'What may it be?' }).getByRole('button').first()).toContainText('nv12 642×482');
  await expect(page.getByLabel('Stride of plane 0')).toHaveValue('704');
});

test('a typed size is one edit, strides that still fit stay, and one undo takes it back', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: Buffer.alloc(1344 * 1083) });
  await pickFormat(page, 'nv12', 'nv12');
  const geometry = (): Promise<unknown> => page.evaluate(() => Object.values(window.swizzle.state().parameters.geometry)[0]?.spec);
  await page.getByLabel('Width').fill('1280');
  await page.getByLabel('Height').fill('722');
  await page.getByLabel('Height').press('Enter');
  await page.getByRole('button', { name: 'fit 1344' }).click();
  await expect.poll(geometry).toMatchObject({ width: 1280, height: 722, strides: [1344, 1344] });
  await page.getByLabel('Width').selectText();
  await page.keyboard.type('1282', { delay: 20 });
  await page.keyboard.press('Enter');
  await expect.poll(geometry).toMatchObject({ width: 1282, height: 722, strides: [1344, 1344] });
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(geometry).toMatchObject({ width: 1280, strides: [1344, 1344] });
  await page.getByLabel('Width').fill('1 282');
  await expect.poll(geometry).toMatchObject({ width: 1282 });
  await page.getByLabel('Width').fill('99999999999999999999');
  await expect(page.getByRole('alert')).toContainText(/At most 100.000.000\./);
  await page.getByLabel('Width').press('Escape');
  await page.getByLabel('Height').fill('1000');
  await expect(page.getByRole('complementary')).toContainText('The stage still shows nv12 1282×722');
});

test('r210 with unpadded rows: the stride that fits is offered', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: Buffer.alloc(101 * 67 * 4) });
  await pickFormat(page, 'r210', 'r210');
  await page.getByLabel('Width').fill('101');
  await page.getByLabel('Height').fill('67');
  await page.getByLabel('Height').press('Enter');
  await page.getByRole('button', { name: 'Stride 404' }).click();
  await expect(stage(page)).toHaveAccessibleName(/101 × 67/);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the other frames of a dump, planes in another order, and planes of their own places', async ({ page }) => {
  await start(page);
  // Three frames of yuv420p 4×4, each byte of which tells where it is.
  await openFile(page, { name: 'frames_4x4.yuv420p', mimeType: '', buffer: Buffer.from(Uint8Array.from({ length: 72 }, (_, at) => at)) });
  const values = (): Promise<unknown> => valuesAt(page, 0, 0);
  await expect.poll(values).toEqual([0, 16, 20]);
  await page.getByLabel('Frame, of 3').fill('2');
  await expect.poll(values).toEqual([24, 40, 44]);
  await expect(page.getByRole('complementary')).toContainText('Holds 3 frames; frame 2 is shown.');
  await page.getByRole('button', { name: 'Swap U and V' }).click();
  await expect.poll(values).toEqual([24, 44, 40]);
  await page.getByRole('button', { name: 'Swap U and V' }).click();
  await page.getByText('Starts of planes').click();
  await page.getByLabel('Start of plane 2').fill('30');
  await expect.poll(values).toEqual([24, 40, 54]);
});

test('U and V of a format without a twin are exchanged in a copy, read and coloured alike', async ({ page }) => {
  await start(page);
  // NV61: V before U.
  await openFile(page, { name: 'phone_2x2.nv16', mimeType: '', buffer: Buffer.of(10, 20, 30, 40, 200, 90, 201, 91) });
  await expect.poll(() => valuesAt(page, 0, 1)).toEqual([30, 201, 91]);
  await page.evaluate(() => window.swizzle.convert('rgb24'));
  await page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' }).click();
  await page.getByRole('tab', { name: 'Inspect' }).click();
  await page.getByRole('button', { name: 'Copy with U and V swapped' }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('phone_2x2.nv16 · U and V exchanged');
  await expect.poll(() => valuesAt(page, 0, 1)).toEqual([30, 91, 201]);
  const said = await page.evaluate(() => { const { activeKey, sources, parameters } = window.swizzle.state(); return [sources.length, parameters.geometry[activeKey ?? '']?.spec.format, parameters.fromColor[activeKey ?? '']]; });
  expect(said).toEqual([2, 'nv16', { range: 'limited' }]);
  // Of what could not be read there is nothing to copy.
  await page.getByLabel('Height').fill('3');
  await expect(page.getByRole('alert')).toContainText('Short by');
  await expect(page.getByRole('button', { name: 'Copy with U and V swapped' })).toBeDisabled();
});

test('an empty field says that its number is missing', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^NV12, stride 768/ }).click();
  await page.getByLabel('Width').fill('');
  await expect(page.getByRole('alert')).toHaveText('A number is missing.');
  await page.getByLabel('Width').fill('wide');
  await expect(page.getByRole('alert')).toHaveText('A whole number of pixels.');
  await page.getByLabel('Width').press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await page.getByLabel('Scale').fill(' ');
  await expect(page.getByRole('alert')).toHaveText('A number is missing.');
});

test('one hit in the format picker is chosen by Enter, by any code of four letters', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'mystery.bin', mimeType: '', buffer: Buffer.alloc(10_007) });
  const choose = async (search: string): Promise<void> => {
    await page.getByRole('complementary').getByRole('combobox', { name: 'Format' }).click();
    await page.getByRole('combobox', { name: 'Search formats' }).fill(search);
    await expect(page.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Enter');
  };
  for (const [search, format] of [['nv12', 'nv12'], ['XR24', 'bgr0'], ['YV12', 'yuv420p']] as const) {
    await choose(search);
    await expect.poll(() => page.evaluate(() => Object.values(window.swizzle.state().parameters.geometry)[0]?.spec.format)).toBe(format);
  }
});

test('a sample’s byte is told in its plane and in the file', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'mystery_8x4.nv12', mimeType: '', buffer: Buffer.from(Uint8Array.from({ length: 148 }, (_, at) => at)) });
  await page.getByLabel('Header, bytes').fill('100');
  await page.getByLabel('Header, bytes').press('Enter');
  await expect.poll(() => valuesAt(page, 3, 2)).toEqual([119, 142, 143]);
  await page.keyboard.press('Escape');
  await stage(page).focus();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'x, y' }).fill('3 2');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Pixel 3, 2' });
  await expect(panel).toContainText('plane 0 · byte 19, 119 of the file');
  await expect(panel).toContainText('plane 1 · byte 11, 143 of the file');
});

test('an index has its colour beside it, and the palette a table', async ({ page }) => {
  await start(page);
  // 2×2 indices, then 256 × B, G, R, A.
  const bytes = Uint8Array.from({ length: 4 + 1024 }, (_, at) => (at < 4 ? at * 5 : (at * 7) & 255));
  await openFile(page, { name: 'tiny_2x2.pal8', mimeType: '', buffer: Buffer.from(bytes) });
  await expect(stage(page)).toBeVisible();
  await stage(page).focus();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'x, y' }).fill('1 1');
  await page.keyboard.press('Enter');
  const [b, g, r, a] = bytes.subarray(4 + 15 * 4, 8 + 15 * 4);
  await expect(page.getByTestId('index-colour')).toHaveText(`R ${String(r)}G ${String(g)}B ${String(b)}A ${String(a)}`);
  await page.locator('summary', { hasText: 'Palette' }).click();
  await expect(page.getByRole('region', { name: 'Colours of the palette' }).locator('tbody tr')).toHaveCount(256);
  await expect(page.getByRole('row', { name: /^15\b/ })).toContainText(`${String(r)} ${String(g)} ${String(b)} ${String(a)}`);
});
