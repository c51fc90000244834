import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { COFFEE_NV12_SHA256, fixture, openFile, pickFormat, settled, stage, start, test, watch } from './lab.ts';

interface Saved {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Saves the result as raw bytes: the file and its sidecar, in the order of their names. */
async function saveRaw(page: Page): Promise<readonly [raw: Saved, sidecar: Saved]> {
  const saved: Saved[] = [];
  page.on('download', (download) => { void download.path().then((path) => saved.push({ name: download.suggestedFilename(), mimeType: '', buffer: readFileSync(path) })); });
  await page.getByRole('button', { name: 'Raw + JSON' }).click();
  await expect.poll(() => saved.length).toBe(2);
  const [raw, sidecar] = saved.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (raw === undefined || sidecar === undefined) throw new Error('Two files were to be saved.');
  return [raw, sidecar];
}

test('a photo becomes NV12, byte for byte the oracle’s', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await pickFormat(page, 'NV12', 'nv12');
  await settled(page);
  const [raw, sidecar] = await saveRaw(page);
  expect(raw.name).toBe('coffee_600x400_nv12.raw');
  expect(createHash('sha256').update(raw.buffer).digest('hex')).toBe(COFFEE_NV12_SHA256);
  expect(JSON.parse(sidecar.buffer.toString('utf8'))).toMatchObject({ format: 'nv12', width: 600, height: 400, planes: [{ offset: 0, stride: 600 }, { offset: 240_000, stride: 600 }] });
  expect(problems).toEqual([]);
});

test('raw bytes that are opened with their sidecar come back with their colours', async ({ page }) => {
  const problems = watch(page);
  await start(page, `#${encodeURIComponent(JSON.stringify({ to: 'nv12', toColor: { matrix: 'bt709', range: 'limited' } }))}`);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await settled(page);
  const files = await saveRaw(page);
  await openFile(page, files);
  const sources = (): Promise<unknown> => page.evaluate(() => window.swizzle.state().sources.map(({ file, views }) => ({ name: file.name, spec: views[0]?.spec })));
  await expect.poll(sources).toMatchObject([{ name: 'coffee.png' }, { name: 'coffee_600x400_nv12.raw', spec: { format: 'nv12', width: 600, height: 400, colorSpec: { matrix: 'bt709', range: 'limited' } } }]);
  const again = await page.evaluate(async () => [...((await window.swizzle.export('raw', 'source')).files[0]?.bytes ?? [])]);
  expect(files[0].name).toBe('coffee_600x400_nv12.raw');
  expect(files[0].buffer.equals(Uint8Array.from(again))).toBe(true);
  expect(problems).toEqual([]);
});

test('raw bytes and their sidecar are opened together by automation, as files and as addresses', async ({ page }) => {
  await start(page);
  const told = await page.evaluate(async () => {
    const sidecar = JSON.stringify({ format: 'nv12', width: 2, height: 2, planes: [{ offset: 0, stride: 2 }, { offset: 4, stride: 2 }], colorSpec: { range: 'limited' } });
    const files = [new File([Uint8Array.of(81, 81, 81, 81, 90, 240)], 'red.raw'), new File([sidecar], 'red.raw.json')];
    const { name, spec } = await window.swizzle.openFile(files);
    const refusals = await Promise.all([[], [new File([], 'empty.raw'), ...files]].map((given) => window.swizzle.openFile(given).then(() => 'opened', (thrown: unknown) => String(thrown))));
    return { name, spec, count: window.swizzle.state().sources.length, refusals };
  });
  expect(told).toMatchObject({ name: 'red.raw', spec: { format: 'nv12', width: 2, height: 2, colorSpec: { range: 'limited' } }, count: 2 });
  expect(told.refusals).toEqual([expect.stringContaining('No file was given'), expect.stringContaining('“empty.raw”: This is an empty file.')]);
  expect(await page.evaluate(() => window.swizzle.openFile(['samples/coffee.png', './samples/gradient-16bit.png']).then(({ spec }) => spec.format))).toBe('rgb48le');
});

test('a sidecar beside a file that decodes by itself is said not to be used', async ({ page }) => {
  await start(page);
  const sidecar = JSON.stringify({ format: 'nv12', width: 2, height: 2, planes: [{ offset: 0, stride: 2 }, { offset: 4, stride: 2 }] });
  await openFile(page, [{ name: 'coffee.png', mimeType: '', buffer: readFileSync(fixture('coffee.png')) }, { name: 'coffee.png.json', mimeType: '', buffer: Buffer.from(sidecar) }]);
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
  const words = 'The sidecar “coffee.png.json” was not used: it is for raw bytes, and “coffee.png” says itself what it holds.';
  await expect(page.getByRole('complementary')).toContainText(words);
  await page.getByRole('button', { name: 'Log' }).click();
  await expect(page.getByRole('region', { name: 'Drawer' })).toContainText(words);
  expect(await page.evaluate(() => window.swizzle.state().sources.length)).toBe(1);
});

test('a source is downloaded in the colours that were chosen for it', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(Uint8Array.of(81, 81, 81, 81, 90, 240), { format: 'nv12', width: 2, height: 2 }, 'red.nv12'));
  const text = (kind: 'raw' | 'y4m' | 'ppm'): Promise<string> => page.evaluate(async (wanted) => new TextDecoder('latin1').decode((await window.swizzle.export(wanted, 'source')).files.at(-1)?.bytes), kind);
  const red = async (): Promise<readonly number[]> => [...Buffer.from(await text('ppm'), 'latin1').subarray(-3)];
  expect(await red()).toEqual([238, 14, 14]);
  await page.evaluate(() => window.swizzle.convert('rgb24'));
  await page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' }).click();
  expect(await red()).toEqual([254, 0, 0]);
  expect(JSON.parse(await text('raw'))).toMatchObject({ format: 'nv12', colorSpec: { range: 'limited' } });
  expect(await text('y4m')).toContain('XCOLORRANGE=LIMITED');
  // What a device would refuse is mended in them too.
  await page.getByRole('tab', { name: 'Encode' }).click();
  await page.getByText('Device check', { exact: true }).click();
  await page.getByRole('button', { name: 'Pad to 32×32' }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('red.nv12 · pad');
  expect(await page.evaluate(() => { const { sources } = window.swizzle.state(); return sources.at(-1)?.views[0]?.spec.colorSpec; })).toEqual({ range: 'limited' });
});

test('raw rows are padded where a person wants it, and the sidecar brings the picture back', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await settled(page);
  await page.getByLabel('Raw rows').selectOption('padded to 256 B');
  const files = await saveRaw(page);
  expect(files[0].buffer.length).toBe(768 * 600);
  await openFile(page, files);
  await expect.poll(() => page.evaluate(() => window.swizzle.state().sources[1]?.views[0]?.spec)).toMatchObject({ format: 'nv12', width: 600, height: 400, strides: [768, 768] });
  const tight = await page.evaluate(async () => [...((await window.swizzle.export('raw', 'source')).files[0]?.bytes ?? [])]);
  expect(createHash('sha256').update(Uint8Array.from(tight)).digest('hex')).toBe(COFFEE_NV12_SHA256);
});

test('a clicked pixel explains itself, from stored bytes to stored bytes', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Convert' }).click();
  await page.evaluate(() => window.swizzle.convert('nv12'));
  await page.getByRole('button', { name: 'Derivation' }).click();
  await stage(page).focus();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'x, y' }).fill('200, 100');
  await page.keyboard.press('Enter');
  // 0.299·203 + 0.587·143 + 0.114·85, worked out by hand and by the oracle.
  await expect(page.getByTestId('step-load')).toContainText('203 (0xCB) at plane 0, byte 180600');
  await expect(page.getByTestId('step-matrix')).toContainText('R 203 × 0.299 + G 143 × 0.587 + B 85 × 0.114 = 154.328 → 154');
  await expect(page.getByTestId('step-store')).toContainText('154 (0x9A) at plane 0, byte 60200');
  await expect(page.getByTestId('step-store')).toContainText('89 (0x59) at plane 1, byte 30200');
  const memory = await page.evaluate(async () => (await window.swizzle.trace(200, 100)).at(-1)?.memory?.map(({ component, value }) => [component, value]));
  expect(memory).toEqual([['Y', 154], ['U', 89], ['V', 163]]);
  const stored = await page.evaluate(async () => (await window.swizzle.pixel(200, 100, 'result')).map(({ component, value }) => [component, value]));
  expect(stored).toEqual(memory);
});

test('the golden pixel: literal and limited range side by side, one click apart', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(Uint8Array.of(81, 81, 81, 81, 90, 240), { format: 'nv12', width: 2, height: 2 }, 'red.yuv'));
  await page.evaluate(() => window.swizzle.convert('rgb24'));
  await stage(page).click({ position: { x: 300, y: 200 } });
  const readings = page.getByRole('region', { name: 'The same pixel, read otherwise' });
  await expect(readings).toContainText('literal: BT.601 full (238, 14, 14)');
  await expect(readings).toContainText('BT.601 limited (254, 0, 0)');
  await readings.getByRole('button', { name: 'Read the source as BT.601 limited' }).click();
  await expect.poll(() => page.evaluate(async () => { await window.swizzle.ready(); return (await window.swizzle.pixel(0, 0, 'result')).map(({ value }) => value); })).toEqual([254, 0, 0]);
});

test('swap: the result becomes the source, and the way back is the conversion', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120), { format: 'rgb24', width: 2, height: 2 }, 'four'));
  await page.evaluate(() => window.swizzle.convert('bgra'));
  await page.getByRole('button', { name: 'Swap source and destination' }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('four as bgra');
  await expect.poll(() => page.evaluate(() => window.swizzle.state().parameters.to)).toBe('rgb24');
  await settled(page);
  expect(await page.evaluate(async () => [...((await window.swizzle.export('raw', 'result')).files[0]?.bytes ?? [])])).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]);
});

test('every parameter can be undone and done again', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Colour bars/ }).click();
  await page.getByRole('tab', { name: 'Convert' }).click();
  await page.getByLabel('Scale').fill('0.5');
  await page.getByRole('button', { name: 'cast' }).click();
  const options = (): Promise<unknown> => page.evaluate(() => window.swizzle.state().parameters.options);
  expect(await options()).toEqual({ scale: 0.5, policy: 'cast' });
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await options()).toEqual({ scale: 0.5 });
  await page.getByRole('button', { name: 'Redo' }).click();
  expect(await options()).toEqual({ scale: 0.5, policy: 'cast' });
});

test('the address brings everything back', async ({ page, context }) => {
  await start(page);
  await page.getByRole('button', { name: /^Every value/ }).click();
  await page.getByRole('tab', { name: 'Convert' }).click();
  await pickFormat(page, 'BGR565', 'rgb565le');
  await page.getByLabel('Offset').fill('12');
  await stage(page).click({ position: { x: 350, y: 250 } });
  await page.getByRole('button', { name: 'heat' }).click();
  await page.getByRole('button', { name: 'Derivation' }).click();
  await settled(page);
  await expect.poll(() => page.url()).toContain('derivation');
  const before = await page.evaluate(() => ({ parameters: window.swizzle.state().parameters, view: window.swizzle.state().view }));
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(stage(other)).toBeVisible();
  await settled(other);
  expect(await other.evaluate(() => ({ parameters: window.swizzle.state().parameters, view: window.swizzle.state().view }))).toEqual(before);
  await expect(other.getByTestId('step-store')).toBeVisible();
});

test('NaN and Infinity are refused in the field, with VPI’s word; the result stays', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Colour bars/ }).click();
  await page.getByRole('tab', { name: 'Convert' }).click();
  await settled(page);
  for (const bad of ['Infinity', 'NaN', 'abc', '1e39']) {
    await page.getByLabel('Scale').fill(bad);
    await expect(page.getByRole('alert')).toContainText('INVALID_ARGUMENT');
  }
  expect(await page.evaluate(() => window.swizzle.state().result.state)).toBe('done');
  await page.getByLabel('Scale').fill('1.5');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a worker that crashes comes back with the document', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toBeVisible();
  await page.evaluate(() => window.swizzle.convert('yuv444p'));
  const before = await page.evaluate(() => window.swizzle.pixel(200, 100, 'result'));
  await page.evaluate(() => window.swizzle.crashWorker());
  expect(await page.evaluate(() => window.swizzle.pixel(200, 100, 'result'))).toEqual(before);
  await page.evaluate(() => window.swizzle.convert('nv12'));
  expect(await page.evaluate(async () => (await window.swizzle.pixel(200, 100, 'result')).map(({ value }) => value))).toEqual([154, 89, 163]);
});

test('a range that was chosen for one source is no other’s; it is undone, and in the link', async ({ page, context }) => {
  await start(page);
  await page.getByRole('button', { name: /^NV12, stride 768/ }).click();
  await page.getByRole('tab', { name: 'Convert' }).click();
  const range = page.getByRole('group', { name: 'Range of the source' });
  const limited = range.getByRole('button', { name: 'limited' });
  await limited.click();
  await expect(limited).toHaveAttribute('aria-pressed', 'true');
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
  await expect(limited).toHaveAttribute('aria-pressed', 'false');
  await page.evaluate(() => window.swizzle.convert('rgb24'));
  // What the PNG has there, and no 255 · (v − 16) / 219.
  expect(await page.evaluate(async () => (await window.swizzle.pixel(200, 100, 'result')).map(({ value }) => value))).toEqual([203, 143, 85]);
  const sources = page.getByRole('navigation', { name: 'Sources' });
  await sources.getByRole('button', { name: /nv12 720×480/ }).click();
  await expect(limited).toHaveAttribute('aria-pressed', 'true');
  await settled(page);
  await expect.poll(() => page.url()).toContain('limited');
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'full' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(limited).toHaveAttribute('aria-pressed', 'true');
});

test('a dump that is said to be limited range is encoded as such, and what was made of it before is let go', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(new Uint8Array(384).fill(235, 0, 256).fill(128, 256), { format: 'nv12', width: 16, height: 16 }, 'white.nv12'));
  const notes = (): Promise<readonly string[]> => page.evaluate(async () => (await window.swizzle.encode('ours')).facts.notes);
  expect((await notes()).join()).toContain('Nothing was converted');
  await page.getByRole('tab', { name: 'Convert' }).click();
  await page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' }).click();
  await page.getByRole('tab', { name: 'Encode' }).click();
  const panel = page.getByRole('complementary', { name: 'Encode' });
  await expect(panel).toContainText('nv12 was converted to JFIF’s planes first.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(panel).toContainText('Nothing was converted');
});

test('calls of automation are worked off in order, none takes another’s place; colours nobody chose are shown as the source’s', async ({ page }) => {
  await start(page);
  const outcomes = await page.evaluate(async () => {
    await window.swizzle.openRaw(new Uint8Array(96).fill(16), { format: 'nv12', width: 8, height: 8, colorSpec: { matrix: 'bt709', range: 'limited' } }, 'limited');
    const made = await Promise.all([window.swizzle.convert('rgb24'), window.swizzle.convert('gray'), window.swizzle.convert('yuv420p')]);
    return made.map(({ image }) => image.spec.format);
  });
  expect(outcomes).toEqual(['rgb24', 'gray', 'yuv420p']);
  const destination = page.getByRole('region', { name: 'Destination' });
  await expect(destination.getByLabel('Matrix').locator('option:checked')).toHaveText('as the source: BT.709');
  await expect(destination.getByRole('button', { name: 'limited' })).toHaveAttribute('aria-pressed', 'true');
  await expect(destination).toContainText('Range as the source: limited.');
});
