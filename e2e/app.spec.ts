import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fixture, openFile, settled, stage, start, test, valuesAt, watch } from './lab.ts';
import { plainHost } from './plainHost.ts';

test.use({ serviceWorkers: 'allow' });

test('the page is isolated, and nothing breaks its content security policy', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await page.getByRole('button', { name: /^Photo/ }).click();
  await expect(stage(page)).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(problems).toEqual([]);
});

test('a host that sends no headers: isolated after one reload, workers included', async ({ page }) => {
  const host = await plainHost();
  await page.goto(host.address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.waitForFunction(() => crossOriginIsolated);
  await page.getByRole('button', { name: /^Photo/ }).click();
  await expect(stage(page)).toBeVisible();
  expect(await page.evaluate(async () => (await window.swizzle.convert('nv12')).image.spec.format)).toBe('nv12');
  host.close();
});

test('a new version waits for the person’s word, and reloads no tab that did not give it', async ({ page, context }) => {
  const host = await plainHost();
  const update = (): Promise<void> => page.evaluate(async () => { await (await navigator.serviceWorker.ready).update(); });
  const question = page.getByRole('dialog', { name: 'A new version is ready' });
  await page.goto(host.address);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await openFile(page, fixture('coffee.png'));
  await settled(page);
  await page.evaluate(() => window.swizzle.convert('nv12'));
  const other = await context.newPage();
  await other.goto(host.address);
  await openFile(other, fixture('coffee.png'));
  await expect(stage(other)).toBeVisible();
  for (const tab of [page, other]) await tab.evaluate(() => { document.title = 'not reloaded'; });

  host.publish();
  await update();
  await expect(question).toContainText('closes the open files');
  await question.getByRole('button', { name: 'Leave it' }).click();
  await expect(question).toBeHidden();
  await page.waitForTimeout(300);
  expect(await page.title()).toBe('not reloaded');
  expect(await page.evaluate(() => window.swizzle.state().result.state)).toBe('done');

  host.publish();
  await update();
  const loaded = page.waitForEvent('load');
  await question.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await page.waitForFunction(() => 'swizzle' in window);
  expect(await page.title()).not.toBe('not reloaded');
  await openFile(page, fixture('coffee.png'));
  await expect(stage(page)).toBeVisible();
  expect(await page.evaluate(() => window.swizzle.ready().then(() => window.swizzle.state().parameters.to))).toBe('nv12');
  await expect(stage(other)).toBeVisible();
  expect(await other.title()).toBe('not reloaded');
  host.close();
});

test('the first load is under 250 KiB of JavaScript, compressed', async ({ page }) => {
  const sizes = new Map<string, Promise<number>>();
  page.on('response', (response) => { if (/\.js(\?|$)/.test(response.url()) && !response.url().includes('service.worker')) sizes.set(response.url(), response.body().then((body) => gzipSync(body).length)); });
  await start(page);
  await page.waitForLoadState('networkidle');
  const total = (await Promise.all(sizes.values())).reduce((sum, size) => sum + size, 0);
  expect(sizes.size).toBeGreaterThan(1);
  expect(total).toBeLessThan(250 * 1024);
});

test('after the first visit it works offline, samples and worker included', async ({ page, context }) => {
  await start(page);
  await page.evaluate(async () => { await navigator.serviceWorker.ready; });
  await page.reload();
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.getByRole('button', { name: /^Photo/ }).click();
  await expect(stage(page)).toHaveAccessibleName(/512 × 512/);
  await page.evaluate(() => window.swizzle.convert('nv12'));
  expect(await page.evaluate(() => window.swizzle.state().result.state)).toBe('done');
  // What the worker fetches when it is first wanted is kept too.
  await expect(page.getByRole('table', { name: /^Source against result/ }).locator('tbody tr')).toHaveCount(3);
  expect((await page.evaluate(() => window.swizzle.export('png'))).files).toHaveLength(1);
  await context.setOffline(false);
});

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility violations, ${theme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme });
    await start(page);
    const check = async (): Promise<string[]> => (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
    expect(await check()).toEqual([]);
    await page.getByRole('button', { name: /^NV12, stride 768/ }).click();
    await stage(page).click({ position: { x: 300, y: 200 } });
    expect(await check()).toEqual([]);
    await page.getByRole('tab', { name: 'Convert' }).click();
    await page.getByRole('button', { name: 'Derivation' }).click();
    await settled(page);
    expect(await check()).toEqual([]);
  });
}

test('a JPEG of 12 megapixels opens and pans', async ({ page }, { annotations }) => {
  test.setTimeout(180_000);
  await start(page);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(4000, 3000);
    const context = canvas.getContext('2d');
    for (let at = 0; at < 3000; at += 1) context?.fillRect((at * 37) % 4000, at, 1 + (at % 50), 30);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    const long: number[] = [];
    Object.assign(window, { long, jpeg: new File([blob], 'big.jpg') });
    // The picture was made on this thread; what counts starts now.
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) long.push(entry.duration); }).observe({ type: 'longtask' });
    const [, file] = Object.entries(window).find(([name]) => name === 'jpeg') ?? [];
    if (file instanceof File) await window.swizzle.openFile(file);
  });
  await expect(stage(page)).toHaveAccessibleName(/4000 × 3000/);
  const box = await stage(page).boundingBox();
  const [x, y] = [(box?.x ?? 0) + 300, (box?.y ?? 0) + 250];
  await page.mouse.move(x, y);
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -120);
  const viewOf = (): Promise<{ zoom: number; center: { x: number; y: number } }> => page.evaluate(() => window.swizzle.state().view);
  const before = await viewOf();
  await page.mouse.down();
  for (let step = 0; step < 40; step += 1) await page.mouse.move(x - step * 6, y - step * 3);
  await page.mouse.up();
  await page.waitForTimeout(500);
  const after = await viewOf();
  expect(after.center.x - before.center.x).toBeCloseTo(234 / before.zoom, 0);
  expect(after.center.y - before.center.y).toBeCloseTo(117 / before.zoom, 0);
  // How long the main thread was held is for a person to read: a busy machine must not turn a test red.
  const long: unknown = await page.evaluate(() => Object.entries(window).find(([name]) => name === 'long')?.[1]);
  annotations.push({ type: 'main-thread tasks above 50 ms', description: JSON.stringify(long) });
});

/** 5×3 rgb24 whose rows are 20 B apart after a header of 7 B; each byte tells where it is. */
const openStrided = (page: Page): Promise<unknown> => page.evaluate(() => window.swizzle.openRaw(Uint8Array.from({ length: 67 }, (_, at) => at), { format: 'rgb24', width: 5, height: 3 }, 'mystery.bin'));

test('undo and redo of stride and header bring the picture along, not the fields alone', async ({ page }) => {
  await start(page);
  await openStrided(page);
  expect(await valuesAt(page, 2, 1)).toEqual([21, 22, 23]);
  await page.getByLabel('Header, bytes').fill('7');
  await expect.poll(() => valuesAt(page, 2, 1)).toEqual([28, 29, 30]);
  await page.getByLabel('Stride, bytes').fill('20');
  await expect.poll(() => valuesAt(page, 2, 1)).toEqual([33, 34, 35]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Stride, bytes')).toHaveValue('15');
  await expect.poll(() => valuesAt(page, 2, 1)).toEqual([28, 29, 30]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Header, bytes')).toHaveValue('0');
  await expect.poll(() => valuesAt(page, 2, 1)).toEqual([21, 22, 23]);
  for (const [label, shown] of [['Header, bytes', [28, 29, 30]], ['Stride, bytes', [33, 34, 35]]] as const) {
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(() => valuesAt(page, 2, 1), label).toEqual(shown);
  }
});

test('opening a raw dump is no step: undo takes its geometry from nobody, and goes on where it was', async ({ page }) => {
  await start(page);
  const undo = page.getByRole('button', { name: 'Undo' });
  await page.keyboard.press('Control+z');
  await page.evaluate(() => window.swizzle.openRaw(Uint8Array.of(1, 2, 3), { format: 'rgb24', width: 1, height: 1 }, 'first.bin'));
  await page.evaluate(() => window.swizzle.convert('bgra'));
  await openStrided(page);
  await page.getByRole('tab', { name: 'Inspect' }).click();
  await page.getByLabel('Header, bytes').fill('7');
  await page.getByLabel('Header, bytes').press('Enter');
  const seen = (): Promise<unknown> => page.evaluate(() => { const { to, geometry } = window.swizzle.state().parameters; return [to, Object.values(geometry).map(({ headerOffset }) => headerOffset)]; });
  expect(await seen()).toEqual(['bgra', [0, 7]]);
  await undo.click();
  expect(await seen()).toEqual(['bgra', [0, 0]]);
  while ((await page.evaluate(() => window.swizzle.state().parameters.to)) !== undefined) await undo.click();
  expect(await seen()).toEqual([undefined, [0, 0]]);
  await expect(page.getByRole('region', { name: 'Geometry' })).toBeVisible();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(page.getByRole('region', { name: 'Geometry' })).toBeVisible();
  expect(await valuesAt(page, 2, 1)).toEqual([21, 22, 23]);
});

test.describe('a dump’s name gives format and size; where its length does not fit, the guess that explains every byte gives the rest', () => {
  const cases: readonly (readonly [string, number, { readonly spec: Record<string, unknown>; readonly headerOffset: number }])[] = [
    ['frame-1282x722.nv12', 1_455_552, { spec: { format: 'nv12', width: 1282, height: 722, strides: [1344, 1344] }, headerOffset: 0 }],
    ['frame-1282x722.nv12', 1_388_406, { spec: { format: 'nv12', width: 1282, height: 722 }, headerOffset: 0 }],
    ['two-64x48.nv12', 9216, { spec: { format: 'nv12', width: 64, height: 48 }, headerOffset: 0 }],
    ['head-64x48.nv12', 4608 + 128, { spec: { format: 'nv12', width: 64, height: 48 }, headerOffset: 128 }],
    ['odd-64x48.nv12', 4608 + 5001, { spec: { format: 'nv12', width: 64, height: 48 }, headerOffset: 0 }],
  ];
  test('as told by their lengths', async ({ page }) => {
    await start(page);
    for (const [name, bytes, expected] of cases) {
      const opened = await page.evaluate(async ([called, length]) => {
        await window.swizzle.openFile(new File([new Uint8Array(length).fill(90)], called));
        const { parameters, activeKey } = window.swizzle.state();
        return parameters.geometry[activeKey ?? ''];
      }, [name, bytes] as const);
      expect(opened, `${name}, ${String(bytes)} B`).toMatchObject(expected);
      expect(opened?.spec.strides, `${name}, ${String(bytes)} B`).toEqual(expected.spec['strides']);
    }
  });
});

test('text under a picture’s name is shown as the raw data it is, and that is said', async ({ page }) => {
  await start(page);
  await openFile(page, { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('Dear diary, today I renamed a file.'.repeat(40)) });
  await expect(stage(page)).toBeVisible();
  await expect(page.getByRole('complementary')).toContainText('Named .png, but its content is raw data.');
  await page.getByRole('button', { name: 'Log' }).click();
  await expect(page.getByText('notes.png: Named .png, but its content is raw data.')).toBeVisible();
});

test('a link’s geometry and range wait for its file, over reloads, until one of that name is opened that is long enough', async ({ page }) => {
  const link = { file: 'mystery.bin', geometry: { spec: { format: 'rgb24', width: 5, height: 3, strides: [20] }, headerOffset: 7, padShort: false }, fromColor: { range: 'limited' } };
  const dump = (bytes: number) => ({ name: 'mystery.bin', mimeType: '', buffer: Buffer.from(Uint8Array.from({ length: bytes }, (_, at) => at)) });
  const limited = page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' });
  await start(page, `#${encodeURIComponent(JSON.stringify(link))}`);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await expect.poll(() => page.url()).toContain('convert');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('“mystery.bin”');
  await openFile(page, fixture('coffee.png'));
  await expect(limited).toHaveAttribute('aria-pressed', 'false');
  await openFile(page, dump(67));
  await expect(stage(page)).toHaveAccessibleName(/5 × 3/);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(limited).toHaveAttribute('aria-pressed', 'true');
  expect(await valuesAt(page, 2, 1)).toEqual([33, 34, 35]);
  await settled(page);
  await expect.poll(() => page.url()).toContain('mystery');
  await page.reload();
  await expect(page.getByRole('alert')).toContainText('“mystery.bin”');
  await openFile(page, dump(60));
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('mystery.bin');
  await settled(page);
  expect(await page.evaluate(() => Object.values(window.swizzle.state().parameters.geometry).map(({ spec }) => spec.width))).not.toEqual([5]);
  await page.getByRole('button', { name: 'Log' }).click();
  await expect(page.getByText(/needs 62.B, this file has 60.B/)).toBeVisible();
});

test('what a program hands in wrongly is refused with what there is, and changes nothing', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await openStrided(page);
  const before = await page.evaluate(() => window.swizzle.state().parameters);
  // As text: a program that is not checked by types.
  const refusal = (call: string): Promise<unknown> => page.evaluate(`window.swizzle.${call}.then(() => 'nothing was refused', ({ info }) => info.code + ': ' + info.what + ' ' + info.remedy)`);
  for (const [call, said] of [
    ["encode('webp')", /^automation\/encoder: There is no encoder “webp”\. There are ours, .*browser-webp/],
    ["encode('ours', { quality: 101 })", /^encode\/option: qfactor is a whole number of 1 … 100; 101/],
    ["encode('ours', {}, NaN)", /^automation\/budget/],
    ["convert('nope')", /^automation\/format: There is no pixel format “nope”\. There are .*nv12/],
    ["convert('nv12', { chromaDown: 'linear' })", /^automation\/option: chromaDown is .*box.*; “linear” was given/],
    ["convert('nv12', { scale: '2' })", /^automation\/option: scale is number; “2” was given/],
    ["convert('nv12', { colour: 1 })", /^automation\/option: There is no option “colour”\. There are scale, offset/],
    ["openRaw(new Uint8Array(9), { format: 'rgb', width: 1, height: 1 })", /^automation\/format/],
    ["openRaw(new Uint8Array(9), { format: 'rgb24', width: 1.5, height: 1 })", /^automation\/size: The width is a whole number/],
    ["export('tiff')", /^automation\/choice: There is no kind of file “tiff”\. There are raw, png/],
    ["bench({ sizes: ['small'] })", /^automation\/bench: sizes is/],
  ] as const) expect(await refusal(call), call).toMatch(said);
  expect(await page.evaluate(() => window.swizzle.state().parameters)).toEqual(before);
  await expect(stage(page)).toBeVisible();
  expect(problems).toEqual([]);
});

test('a view that cannot be drawn says so, keeps the document, and can be reloaded', async ({ page }) => {
  await start(page);
  await openStrided(page);
  await page.evaluate(`Object.assign(window, { own: Number.prototype.toPrecision }); Number.prototype.toPrecision = () => { throw new Error('No digits today.'); }`);
  await page.evaluate(() => window.swizzle.convert('bgra'));
  const panel = page.getByRole('complementary', { name: 'Convert' });
  await expect(panel.getByRole('alert')).toContainText('Convert could not be drawn. Error: No digits today.');
  await expect(stage(page)).toBeVisible();
  expect(await page.evaluate(() => [window.swizzle.state().sources.length, window.swizzle.state().parameters.to])).toEqual([1, 'bgra']);
  await page.getByRole('tab', { name: 'Stream' }).click();
  await expect(page.getByRole('tab', { name: 'Routing' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await expect(panel.getByRole('alert')).toBeVisible();
  await page.evaluate(`Number.prototype.toPrecision = window.own`);
  await panel.getByRole('button', { name: 'Reload the view' }).click();
  await expect(panel.getByRole('table', { name: /^Source against result/ })).toContainText('there and back');
});

test('tabs by keyboard: one stop for all, arrows, Home and End between them, round the ends', async ({ page }) => {
  await start(page);
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  await tab('Inspect').focus();
  for (const [key, name] of [['ArrowRight', 'Convert'], ['End', 'Bench'], ['ArrowRight', 'Inspect'], ['ArrowLeft', 'Bench'], ['Home', 'Inspect'], ['ArrowLeft', 'Bench'], ['ArrowLeft', 'Stream']] as const) {
    await page.keyboard.press(key);
    await expect(tab(name)).toBeFocused();
    await expect(tab(name)).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('tablist', { name: 'Views' }).getByRole('tab', { selected: false }).first()).not.toBeFocused();
  await tab('Routing').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tab('MJPEG bench')).toBeFocused();
  await expect(page.getByRole('tabpanel', { name: 'MJPEG bench' })).toBeVisible();
});
