import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { splitMjpeg } from '../src/kernels/index.ts';
import { start, test, watch } from './lab.ts';

test.use({ serviceWorkers: 'allow' });

const panel = (page: Page) => page.getByRole('complementary');
const field = (page: Page, name: string) => panel(page).getByRole('textbox', { name, exact: true });
const press = (page: Page, name: string) => panel(page).getByRole('button', { name, exact: true }).click();
const made = async (page: Page): Promise<number> => Number(await page.getByRole('region', { name: 'Figures' }).getByText('Made', { exact: true }).locator('+ dd').innerText());

/** @param isServed whether the service worker is to be in charge of the page */
async function openBench(page: Page, isServed: boolean): Promise<void> {
  const hash = `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`;
  await start(page, hash);
  if (isServed) await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.getByRole('tab', { name: 'MJPEG bench' }).click();
}

const live = (page: Page) => page.getByRole('img', { name: 'The stream, live' });

/** Checksums of what an element shows, sampled until they differ. */
const animates = (page: Page): Promise<boolean> => live(page).evaluate(async (element) => {
  const sums = new Set<string>();
  const canvas = new OffscreenCanvas(64, 40);
  const context = canvas.getContext('2d');
  for (let look = 0; look < 60 && sums.size < 3; look += 1) {
    if (element instanceof HTMLImageElement || element instanceof HTMLCanvasElement) context?.drawImage(element, 0, 0, 64, 40);
    sums.add((context?.getImageData(0, 0, 64, 40).data ?? []).join(','));
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  return sums.size >= 3;
});

test('naive and fast run in turns, the ratio is shown, and the <img> of /stream animates', async ({ page }) => {
  const problems = watch(page);
  await openBench(page, true);
  await press(page, 'Start');
  await expect(page.getByText('answered by the service worker')).toBeVisible();
  await expect.poll(async () => Number.parseFloat(await page.locator('[data-ratio]').innerText())).toBeGreaterThanOrEqual(1);
  expect(await live(page).evaluate((element) => element.tagName)).toBe('IMG');
  expect(await animates(page)).toBe(true);
  const stages = page.getByRole('table').filter({ hasText: 'Fused pass' });
  await expect(stages.locator('thead')).toContainText('NaiveFast');
  await expect(stages.getByRole('row', { name: /^Fused pass/ })).toContainText('0');
  await expect(page.getByRole('region', { name: 'Figures' })).toContainText(/Naive: .+ takes .+ of the frame\./);
  await expect(stages.getByRole('row', { name: /^Tables built anew/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Figures' }).getByRole('note')).toContainText(/Measured on pictures of 256×150 made of 1024×600 rgba, quality 75, over the last \d+ of \d+ frames a chain: Naive [\d.]+ ± [\d.]+ ms.*Naive over Fast [\d.]+ ± [\d.]+×, with tables kept [\d.]+ ± [\d.]+× .+Chrome \d+ on .+ \d+ threads\./);
  const [, asItIs, kept] = /Naive over Fast ([\d.]+) .+ tables kept ([\d.]+) ±/.exec(await page.getByRole('region', { name: 'Figures' }).getByRole('note').innerText()) ?? [];
  expect(Number(kept)).toBeLessThanOrEqual(Number(asItIs));
  await press(page, 'Stop');
  await expect(panel(page).getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  const still = await made(page);
  await page.waitForTimeout(600);
  expect(await made(page)).toBe(still);
  expect(problems).toEqual([]);
});

test('before the service worker is in charge it says so, and the frames are drawn on a canvas', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await openBench(page, false);
  await press(page, 'Start');
  await expect(page.getByText('the frames are drawn on a canvas')).toBeVisible();
  expect(await live(page).evaluate((element) => element.tagName)).toBe('CANVAS');
  expect(await animates(page)).toBe(true);
  await context.close();
});

for (const preset of ['Naive', 'Fast']) {
  test(`${preset}: what is recorded splits into whole frames with their headers, and opens again`, async ({ page }) => {
    await openBench(page, true);
    await page.getByRole('group', { name: 'Preset' }).getByRole('button', { name: preset }).click();
    await press(page, 'Start');
    await press(page, 'Record');
    await expect(panel(page).getByRole('status')).toContainText(/\b([5-9]|\d{2,}) frames/);
    const saved = page.waitForEvent('download');
    await press(page, 'End the recording');
    const download = await saved;
    expect(download.suggestedFilename()).toBe('stream.mjpeg');
    const bytes = await readFile(await download.path());
    const frames = splitMjpeg(bytes);
    expect(frames.length).toBeGreaterThanOrEqual(5);
    expect(frames.filter(({ isWhole, remarks, byteLength, headers }) => isWhole && remarks.length === 0 && headers['content-length'] === String(byteLength))).toHaveLength(frames.length);
    await panel(page).getByLabel('Open an .mjpeg…', { exact: true }).and(page.locator('input')).setInputFiles({ name: 'again.mjpeg', mimeType: 'application/octet-stream', buffer: Buffer.concat([Buffer.from('garbage'), bytes, frames.length > 0 ? bytes.subarray(frames[0]?.offset, (frames[0]?.offset ?? 0) + 900) : bytes]) });
    const list = page.getByRole('region', { name: 'Frames of the file' });
    await expect(list).toContainText(`again.mjpeg · ${String(frames.length + 1)} frames, 1 cut short`);
    const picture = page.getByRole('img', { name: 'Frame 0 of again.mjpeg' });
    await expect.poll(() => picture.evaluate((element) => element instanceof HTMLImageElement ? element.naturalWidth : 0)).toBe(256);
    await list.getByRole('button', { name: '2', exact: true }).click();
    await expect(page.getByRole('img', { name: 'Frame 1 of again.mjpeg' })).toBeVisible();
    const at = list.getByRole('slider', { name: 'Frame' });
    const seen: number[] = [];
    await list.getByRole('button', { name: 'Play' }).click();
    // It plays round and round, faster than one can look: whatever is seen is kept.
    await expect.poll(async () => {
      seen.push(Number(await at.inputValue()));
      return new Set(seen).size;
    }, { intervals: [70] }).toBeGreaterThanOrEqual(4);
    expect(Math.max(...seen)).toBeLessThanOrEqual(frames.length);
    await list.getByRole('button', { name: 'Pause' }).click();
    await list.getByRole('button', { name: '5', exact: true }).click();
    await expect(page.getByRole('img', { name: 'Frame 4 of again.mjpeg' })).toBeVisible();
    await page.waitForTimeout(300);
    await expect(at).toHaveValue('4');
  });
}

test('a part is taken apart: header lines, markers, bytes', async ({ page }) => {
  await openBench(page, true);
  await press(page, 'Start');
  await press(page, 'Inspect a part');
  const part = page.getByRole('region', { name: 'A part of the stream' });
  await expect(part).toContainText('Content-Type: image/jpeg');
  for (const marker of ['SOI', 'DQT', 'SOF0', 'SOS', 'EOI']) await expect(part.getByRole('rowheader', { name: marker, exact: true }).first()).toBeVisible();
  await expect(part.getByLabel('Bytes in hexadecimal')).toContainText('0000  2D 2D');
});

test('a pace that no machine keeps is refused, and nothing is left out for it', async ({ page }) => {
  await openBench(page, true);
  await field(page, 'Target fps').fill('1e9');
  await expect(page.getByRole('alert')).toHaveText('A whole number, 0 … 1\u202f000.');
  await press(page, 'Start');
  await expect.poll(() => made(page)).toBeGreaterThan(3);
  expect(await page.getByRole('region', { name: 'Figures' }).getByText('Left out', { exact: true }).locator('+ dd').innerText()).toBe('0');
});

test('a ceiling lowers the quality; box and bilinear run as well; every chain can be measured', async ({ page }) => {
  await openBench(page, true);
  await page.getByRole('group', { name: 'Preset' }).getByRole('button', { name: 'Fast' }).click();
  await field(page, 'Target fps').fill('20');
  await field(page, 'Ceiling, kbit/s').fill('300');
  await press(page, 'Start');
  await expect.poll(async () => Number(await page.getByRole('region', { name: 'Figures' }).getByText('Quality', { exact: true }).locator('+ dd').innerText())).toBeLessThan(75);
  for (const filter of ['box', 'bilinear']) {
    const before = await made(page);
    await panel(page).getByRole('combobox', { name: 'Mode' }).selectOption(filter);
    await expect.poll(() => made(page)).toBeGreaterThan(before + 3);
  }
  await page.getByRole('group', { name: 'Preset' }).getByRole('button', { name: 'Steps' }).click();
  await expect(page.getByRole('list', { name: 'What each step brings' }).getByRole('listitem')).toHaveCount(4);
});

test('a file without a picture is refused in words', async ({ page }) => {
  await openBench(page, false);
  await panel(page).getByLabel('Open an .mjpeg…', { exact: true }).and(page.locator('input')).setInputFiles({ name: 'no.mjpeg', mimeType: 'application/octet-stream', buffer: Buffer.from('nothing in here') });
  await expect(page.getByRole('alert')).toContainText('No JPEG was found in 15 B.');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the bench is accessible, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await openBench(page, true);
    await press(page, 'Start');
    await expect(page.locator('[data-ratio]')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Memory' })).toBeVisible();
    await press(page, 'Stop');
    await press(page, 'Inspect a part');
    await expect(page.getByRole('region', { name: 'A part of the stream' })).toBeVisible();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
}
