import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { encode } from './encodeLab.ts';
import { fixture, openFile, stage, start, test, valuesAt } from './lab.ts';

/** What other browsers lack, or do otherwise than they say, done to the workers of this one. */
const CHANGES = {
  noWebgl: `const own = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : own.call(this, kind, ...rest); };`,
  noFrames: 'delete self.VideoFrame;',
  rgbFrames: `const { get } = Object.getOwnPropertyDescriptor(VideoFrame.prototype, 'format');
    Object.defineProperty(VideoFrame.prototype, 'format', { get() { const own = get.call(this); return /^(I4|NV12)/.test(own) ? 'BGRX' : own; } });
    for (const name of ['allocationSize', 'copyTo']) {
      const own = VideoFrame.prototype[name];
      VideoFrame.prototype[name] = function (...all) { const options = all.pop(); return typeof options?.rect === 'undefined' && options?.format ? own.call(this, ...all, options) : own.call(this, ...all, { format: 'BGRX', ...options }); };
    }`,
  deafQuantizer: `for (const name of ['configure', 'encode']) {
      const own = VideoEncoder.prototype[name];
      VideoEncoder.prototype[name] = function (first, options) { return name === 'encode' ? own.call(this, first, { ...options, vp9: { quantizer: 30 }, av1: { quantizer: 30 } }) : own.call(this, first); };
    }`,
  multipliedCanvas: `const own = self.createImageBitmap;
    self.createImageBitmap = (source, options) => own(source, { ...options, premultiplyAlpha: 'premultiply' });`,
} as const;

test.use({ serviceWorkers: 'block' });

async function startAs(page: Page, ...changes: readonly (keyof typeof CHANGES)[]): Promise<void> {
  await page.route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${changes.map((change) => `{ ${CHANGES[change]} }`).join('\n')}\n${await response.text()}` });
  });
  await start(page);
}

const webp = async (alpha: number): Promise<{ name: string; mimeType: string; buffer: Buffer }> => ({
  name: 'tiny.webp', mimeType: '', buffer: await sharp(Buffer.from([200, 100, 50, alpha, 10, 20, 30, 255]), { raw: { width: 2, height: 1, channels: 4 } }).webp({ lossless: true, exact: true }).toBuffer(),
});

test('without WebGL2 a WebP is read through a frame, and a JPEG is judged', async ({ page }) => {
  await startAs(page, 'noWebgl');
  await openFile(page, await webp(255));
  await expect(stage(page)).toBeVisible();
  expect(await valuesAt(page, 0, 0)).toEqual([200, 100, 50, 255]);
  await openFile(page, fixture('coffee.png'));
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('coffee.png');
  expect((await encode(page, 'ours')).facts.ssim).toBeGreaterThan(0.9);
});

test('without WebGL2, colours under alpha are refused in words where frames change them', async ({ page }) => {
  await startAs(page, 'noWebgl');
  await openFile(page, await webp(3));
  await expect(page.getByRole('alert')).toContainText('This browser offers no WebGL2, and its VideoFrame changes colours under alpha');
});

test('without WebGL2 and VideoFrame it says that both are absent', async ({ page }) => {
  await startAs(page, 'noWebgl', 'noFrames');
  await openFile(page, await webp(255));
  await expect(page.getByRole('alert')).toContainText('This browser offers neither WebGL2 nor VideoFrame');
});

for (const encoder of ['vp8', 'vp9', 'av1']) {
  test(`${encoder}: frames that are decoded to R, G, B alone are judged, and it is said`, async ({ page }) => {
    await startAs(page, 'rgbFrames');
    await openFile(page, fixture('coffee.png'));
    await expect(stage(page)).toBeVisible();
    const absence = await page.evaluate(async (id) => (await window.swizzle.encoders()).find((row) => row.id === id)?.absence, encoder);
    test.skip(absence !== undefined, absence);
    const { facts } = await encode(page, encoder);
    expect(facts.notes.join(' ')).toContain('decoded frames as R, G, B alone');
    expect(facts.notes.join(' ')).not.toContain('does not heed');
    expect(facts.ssim).toBeGreaterThan(0.8);
  });
}

test('a quantizer that the browser does not heed is said to be so', async ({ page }) => {
  await startAs(page, 'deafQuantizer');
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toBeVisible();
  expect((await encode(page, 'vp9')).facts.notes).toContain('This browser takes the quantizer and does not heed it: every value gives the same file.');
});

test('a canvas that multiplies by alpha is said to do so, and what can be seen keeps its colours', async ({ page }) => {
  await startAs(page, 'multipliedCanvas');
  await page.getByRole('button', { name: /^Every alpha/ }).click();
  await expect(stage(page)).toBeVisible();
  const { bytes, facts } = await encode(page, 'browser-png');
  expect(facts.notes.join(' ')).toContain('holds colours multiplied by alpha');
  const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const source = await page.evaluate(async () => Array.from((await window.swizzle.export('raw', 'source')).files[0]?.bytes ?? []));
  const worst = source.reduce((most, value, at) => ((source[at | 3] ?? 0) >= 128 ? Math.max(most, Math.abs(value - (data[at] ?? 0))) : most), 0);
  expect(worst).toBeLessThanOrEqual(1);
});

test('a browser that does not measure memory is said to be such', async ({ page }) => {
  await page.addInitScript(() => { Reflect.deleteProperty(Performance.prototype, 'measureUserAgentSpecificMemory'); });
  await start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`);
  await page.getByRole('tab', { name: 'MJPEG bench' }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Memory' })).toContainText('This browser does not tell what page and workers hold');
});
