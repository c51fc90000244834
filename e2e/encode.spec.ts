import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { unzipSync } from 'fflate';
import { drawer, encode, fold, openEncode, panel, psnrBySharp, result } from './encodeLab.ts';
import { fixture, openFile, settled, stage, start, test, watch } from './lab.ts';

test.describe('every encoder', () => {
  for (const [id, least] of [['ours', 30], ['ours-scalar', 30], ['ours-parallel', 30], ['jpeg-js', 30], ['mozjpeg', 30], ['browser-jpeg', 30], ['browser-webp', 30], ['png', Infinity], ['browser-png', Infinity]] as const) {
    test(`${id}: another decoder reads its file`, async ({ page }) => {
      const problems = watch(page);
      await openEncode(page, 'coffee.png');
      const { bytes, facts } = await encode(page, id);
      expect(await psnrBySharp(bytes)).toBeGreaterThanOrEqual(least);
      expect(facts.bytes).toBe(bytes.length);
      expect(facts.stages.length).toBeGreaterThan(1);
      expect(problems).toEqual([]);
    });
  }

  test('QOI has its magic, and loses nothing', async ({ page }) => {
    await openEncode(page, 'coffee.png');
    const { bytes, facts } = await encode(page, 'qoi');
    expect([String.fromCharCode(...bytes.subarray(0, 4)), facts.maxError]).toEqual(['qoif', 0]);
  });

  test('video key frames are decoded again, odd sizes included, or say why they are absent', async ({ page }) => {
    await start(page);
    await page.evaluate(() => window.swizzle.openRaw(Uint8Array.from({ length: 101 * 67 + 2 * 51 * 34 }, (_, at) => (at < 101 * 67 ? (at % 101) * 2 + (Math.floor(at / 101) & 31) : 128)), { format: 'yuv420p', width: 101, height: 67 }));
    for (const { id, absence } of (await page.evaluate(() => window.swizzle.encoders())).filter((row) => ['vp8', 'vp9', 'av1', 'h264'].includes(row.id))) {
      if (absence !== undefined) {
        expect(absence).toMatch(/isConfigSupported|WebCodecs/);
        continue;
      }
      const { bytes, facts } = await encode(page, id, id === 'vp8' || id === 'h264' ? { bitsPerPixel: 4 } : { quantizer: 12 });
      expect(String.fromCharCode(...bytes.subarray(0, 4))).toBe(id === 'h264' ? '\0\0\0\u0001' : 'DKIF');
      expect(facts.components[0]?.psnr, id).toBeGreaterThan(30);
      expect(facts.notes.join(' ')).toContain('Padded to 102×68');
    }
  });

  test('bands of several workers are joined to the sequential encoder’s bytes', async ({ page }) => {
    await openEncode(page, 'coffee.png');
    const joined = await encode(page, 'ours-parallel', { quality: 85, optimizeHuffman: true });
    const whole = await encode(page, 'ours', { quality: 85, optimizeHuffman: true, restartInterval: Math.ceil(600 / 16) });
    expect(Buffer.compare(joined.bytes, whole.bytes)).toBe(0);
  });

  test('are run side by side; the table has a row for each', async ({ page }) => {
    await openEncode(page, 'coffee.png');
    await drawer(page, 'Encoders').click();
    const rows = await page.evaluate(() => window.swizzle.encoders());
    await expect(page.getByRole('table', { name: 'Encoders side by side' }).getByRole('row')).toHaveCount(rows.length + 1);
    await page.getByRole('button', { name: 'Run all encoders' }).click();
    await expect(page.getByRole('button', { name: 'Run all encoders' })).toBeEnabled({ timeout: 60_000 });
    await settled(page);
    const attempts = await page.evaluate(() => Object.entries(window.swizzle.state().encoding.attempts).map(([id, attempt]) => [id, attempt.state]));
    expect(attempts.toSorted()).toEqual(rows.filter(({ absence }) => absence === undefined).map(({ id }) => [id, 'done']).toSorted());
    await page.getByRole('button', { name: 'QOI', exact: true }).click();
    await expect(result(page)).toContainText('Largest error0');
  });

  test.describe('with a service worker', () => {
    test.use({ serviceWorkers: 'allow' });

    test('mozjpeg is kept for offline use, and is no part of the first load', async ({ page, context }) => {
      const loaded: string[] = [];
      page.on('request', (request) => { loaded.push(request.url()); });
      await start(page);
      await page.waitForLoadState('networkidle');
      expect(loaded.filter((url) => /pixels\.worker/.test(url))).toHaveLength(1);
      expect(loaded.filter((url) => /mozjpeg|encode\.worker/.test(url))).toEqual([]);
      await page.evaluate(async () => { await navigator.serviceWorker.ready; });
      await page.reload();
      await context.setOffline(true);
      await openFile(page, fixture('coffee.png'));
      await expect(stage(page)).toBeVisible();
      const { bytes } = await encode(page, 'mozjpeg', { quality: 60 });
      expect(await psnrBySharp(bytes)).toBeGreaterThan(28);
      await context.setOffline(false);
    });
  });
});

test('the stage shows the decoded picture, and where it differs', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  for (const mode of ['source', 'swipe', 'diff', 'heat', 'result']) {
    await panel(page).getByRole('group', { name: 'On the stage' }).getByRole('button', { name: mode }).click();
    if (mode === 'swipe') await expect(page.getByRole('slider', { name: 'Swipe between source and result' })).toBeVisible();
  }
  await panel(page).getByLabel('qfactor', { exact: true }).fill('5');
  await expect.poll(async () => { await settled(page); return page.evaluate(() => window.swizzle.state().encoding.attempts.ours); }).toMatchObject({ state: 'done', result: { options: { quality: 5 } } });
});

test('a JPEG has no alpha to look at, and says what it copied and what it did not convert', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Every alpha/ }).click();
  await page.getByRole('tab', { name: 'Encode' }).click();
  const channels = page.getByRole('toolbar', { name: 'Stage' });
  await expect(result(page)).toContainText('rgba was converted');
  await expect(channels.getByRole('button', { name: 'Only B' })).toBeVisible();
  await expect(channels.getByRole('button', { name: 'Only A' })).toHaveCount(0);
  await panel(page).getByRole('button', { name: 'source' }).click();
  await expect(channels.getByRole('button', { name: 'Only A' })).toBeVisible();
  await page.evaluate(() => window.swizzle.openRaw(new Uint8Array(64 * 48 * 1.5).fill(90), { format: 'nv12', width: 64, height: 48 }));
  await expect(result(page)).toContainText('Nothing was converted');
  await expect(result(page)).toContainText(/4.608 B in Gather/);
  await expect(result(page).getByRole('list', { name: 'Stages' })).not.toContainText('Convert');
});

test('an encoding of a large picture can be cancelled in the middle, and the next one works', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(Uint8Array.from({ length: 4000 * 3000 * 3 }, (_, at) => (at * 7919) >> 3), { format: 'rgb24', width: 4000, height: 3000 }, 'large'));
  await page.getByRole('tab', { name: 'Encode' }).click();
  await panel(page).getByRole('combobox', { name: 'Encoder' }).selectOption('mozjpeg');
  await result(page).getByRole('button', { name: 'Cancel' }).click();
  await settled(page);
  expect(await page.evaluate(() => window.swizzle.state().encoding.attempts.mozjpeg)).toBeUndefined();
  await expect(result(page)).toContainText('Nothing yet.');
  await openFile(page, fixture('coffee.png'));
  await expect(result(page)).toContainText('SSIM');
});

test('a sweep draws curves; cancelled, it keeps its points; started again, the latest counts', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await drawer(page, 'Rate–distortion').click();
  const sweep = () => page.evaluate(() => { const { sweep: state } = window.swizzle.state().encoding; return { state: state.state, points: state.state === 'none' ? 0 : state.so.length }; });
  await page.getByRole('button', { name: 'Sweep' }).click();
  await expect.poll(async () => (await sweep()).points).toBeGreaterThan(1);
  await page.getByRole('region', { name: 'Rate–distortion' }).getByRole('button', { name: 'Cancel' }).click();
  const cancelled = await sweep();
  expect(cancelled.state).toBe('cancelled');
  await page.waitForTimeout(300);
  expect(await sweep()).toEqual(cancelled);
  for (const name of ['jpeg-js', 'mozjpeg', 'Browser WebP', 'VP9 key frame', 'AV1 key frame']) if (await page.getByLabel(name).isEnabled()) await page.getByLabel(name).uncheck();
  await page.getByRole('button', { name: 'Sweep' }).click();
  await expect.poll(async () => (await sweep()).state, { timeout: 60_000 }).toBe('done');
  const rows = page.getByRole('table', { name: 'SSIM over bits a pixel' }).getByRole('row');
  await expect(rows).toHaveCount(14);
  const likeness = (await rows.allTextContents()).slice(1).map((text) => Number(text.slice(-6)));
  expect(likeness).toEqual(likeness.toSorted((a, b) => a - b));
});

test('a target size and a target SSIM are met by the setting that is found', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await fold(page, 'Pick by target').click();
  const state = () => page.evaluate(async () => { await window.swizzle.ready(); const { encoding } = window.swizzle.state(); const attempt = encoding.attempts.ours; return attempt?.state === 'done' && encoding.search.state === 'done' ? attempt.result : undefined; });
  await panel(page).getByLabel('At most, B').fill('20000');
  await page.getByRole('button', { name: 'Find the quality' }).click();
  await expect.poll(async () => (await state())?.facts.bytes ?? Infinity).toBeLessThanOrEqual(20_000);
  const quality = Number((await state())?.options['quality']);
  expect((await encode(page, 'ours', { quality: quality + 1 })).bytes.length).toBeGreaterThan(20_000);
  await panel(page).getByRole('button', { name: 'SSIM' }).click();
  await panel(page).getByLabel('At least').fill('0.98');
  await page.getByRole('button', { name: 'Find the quality' }).click();
  await expect.poll(async () => (await state())?.facts.ssim ?? 0).toBeGreaterThanOrEqual(0.98);
  await panel(page).getByLabel('At least').fill('1');
  await page.getByRole('button', { name: 'Find the quality' }).click();
  await expect(panel(page).getByRole('alert')).toContainText('Even the finest setting reaches');
});

test('a target that no setting reaches says which way to give in, and one that is none cannot be looked for', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await fold(page, 'Pick by target').click();
  const find = page.getByRole('button', { name: 'Find the quality' });
  await panel(page).getByLabel('At most, B').fill('10');
  await find.click();
  await expect(panel(page).getByRole('alert')).toContainText(/Even the coarsest setting takes \d+\u202f?\d+ B; at most 10 B were asked\.Allow more bytes, or/);
  for (const wrong of ['0', '-5', 'abc', '']) {
    await panel(page).getByLabel('At most, B').fill(wrong);
    await expect(find).toBeDisabled();
    await expect(find).toHaveAccessibleDescription('Type a number of bytes that can be looked for first.');
  }
  await panel(page).getByRole('button', { name: 'SSIM' }).click();
  await expect(find).toBeEnabled();
  await panel(page).getByLabel('At least').fill('2');
  await expect(find).toHaveAccessibleDescription(/likeness/);
  await panel(page).getByLabel('At least').fill('0.9');
  await expect(find).toBeEnabled();
});

test('an option that is no number is refused in the words that were typed', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await panel(page).getByRole('textbox', { name: 'qfactor' }).fill('abc');
  await expect(panel(page).getByRole('alert')).toHaveText('“abc” is no number.');
  await panel(page).getByRole('textbox', { name: 'qfactor' }).fill('101');
  await expect(panel(page).getByRole('alert')).toContainText('101 was given');
});

test('many files with the same settings, as a zip; one that is no picture does not keep the others', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await panel(page).getByRole('combobox', { name: 'Encoder' }).selectOption('jpeg-js');
  await fold(page, 'Batch').click();
  await page.locator('#batch-files').setInputFiles([fixture('coffee.png'), fixture('flower-422.jpg'), fixture('gradient-16bit.png'), fixture('README.md')]);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download 3 as zip' }).click();
  const files = unzipSync(new Uint8Array(readFileSync(await (await download).path())));
  expect(Object.keys(files)).toEqual(['coffee-jpeg-js.jpg', 'flower-422-jpeg-js.jpg', 'gradient-16bit-jpeg-js.jpg']);
  expect(await psnrBySharp(files['coffee-jpeg-js.jpg'] ?? new Uint8Array(0))).toBeGreaterThan(30);
  await expect(page.getByRole('region', { name: 'Files of the batch' })).toContainText('README.md is a raw dump');
});

test('the link brings the encoder and its options back', async ({ page, context }) => {
  await start(page);
  await page.getByRole('button', { name: /^Colour bars/ }).click();
  await page.getByRole('tab', { name: 'Encode' }).click();
  await panel(page).getByRole('combobox', { name: 'Encoder' }).selectOption('mozjpeg');
  await panel(page).getByLabel('Quality', { exact: true }).fill('33');
  await expect.poll(() => page.url()).toContain('33');
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(panel(other).getByLabel('Quality', { exact: true })).toHaveValue('33');
  await expect(panel(other).getByRole('combobox', { name: 'Encoder' })).toHaveValue('mozjpeg');
});

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility violations, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await openEncode(page, 'coffee.png');
    const check = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    for (const name of ['Device check', 'JPEG channel', 'Batch', 'Pick by target']) await fold(page, name).click();
    for (const name of ['create', 'start', 'send frame']) await page.getByRole('button', { name, exact: true }).click();
    await stage(page).click({ position: { x: 300, y: 100 } });
    for (const tab of ['Encoders', 'Inside the JPEG', 'Rate–distortion']) {
      await drawer(page, tab).click();
      await settled(page);
      expect(await check(), tab).toEqual([]);
    }
    await page.getByLabel('mozjpeg').uncheck();
    await page.getByRole('button', { name: 'Sweep' }).click();
    await expect(page.getByRole('table', { name: 'SSIM over bits a pixel' })).toBeAttached();
    expect(await check()).toEqual([]);
  });
}
