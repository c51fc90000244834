import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { jsonOf, parseReport } from '../src/app/views/bench/files.ts';
import type { BenchReport } from '../src/kernels/bench/report.ts';
import { BENCH_CASES } from '../src/kernels/tables/benchCases.ts';
import { fixture, start, test, watch } from './lab.ts';

const HASH = `#${encodeURIComponent(JSON.stringify({ view: { id: 'bench' } }))}`;
const panel = (page: Page) => page.getByRole('complementary');
const measure = (page: Page) => panel(page).getByRole('button', { name: 'Measure', exact: true });
const openReport = (page: Page, name = 'Open a report…') => page.locator(`input[aria-label="${name}"]`);

/** One small case, quickly. */
async function choose(page: Page, cases: readonly string[], engines: readonly string[], group = 'Conversions'): Promise<void> {
  await expect(panel(page).getByRole('checkbox', { name: 'memory copy' })).toBeVisible();
  await panel(page).getByRole('region', { name: 'Conversions' }).getByRole('button', { name: 'None' }).click();
  if (group !== 'Conversions') await panel(page).getByText(group, { exact: true }).click();
  for (const name of cases) await panel(page).getByRole('checkbox', { name, exact: true }).check();
  await panel(page).getByRole('checkbox', { name: '1920×1080' }).uncheck();
  await panel(page).getByRole('checkbox', { name: '640×480' }).check();
  for (const box of await panel(page).getByRole('region', { name: 'Engines' }).getByRole('checkbox').all()) await box.uncheck({ timeout: 1000 }).catch(() => undefined);
  for (const name of engines) await panel(page).getByRole('checkbox', { name, exact: true }).check();
  await panel(page).getByRole('textbox', { name: 'Seconds a case' }).fill('0.1');
}

async function run(page: Page): Promise<void> {
  await measure(page).click();
  await expect(measure(page)).toBeVisible({ timeout: 60_000 });
}

async function example(): Promise<BenchReport> {
  const reply = parseReport(await readFile(fixture('bench-report.json'), 'utf8'), 'the fixture');
  if (!reply.ok) throw new Error(reply.error.what);
  return reply.value;
}

async function saved(page: Page, name: string): Promise<{ readonly file: string; readonly text: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
  const bytes = await readFile(await download.path());
  return { file: download.suggestedFilename(), text: bytes.toString('utf8'), bytes };
}

test.describe('the bench', () => {
  test.beforeEach(async ({ page }) => { await start(page, HASH); });

  test('a measured case has the copy, our engines exact to the sample, and peers with their error', async ({ page }) => {
    const problems = watch(page);
    await choose(page, ['nv12 → rgba'], ['memory copy', 'reference', 'scalar', 'simd', 'simd + transfer', 'simd + tile', 'VideoFrame.copyTo', 'canvas', 'OpenCV.js']);
    await run(page);
    await page.getByRole('tab', { name: 'Table' }).click();
    const table = page.getByRole('region', { name: 'Results' });
    await expect(table.getByRole('columnheader')).toHaveText(['Case', 'Size', 'memory copy', 'reference', 'scalar', 'simd', 'simd + transfer', 'simd + tile', 'VideoFrame.copyTo', 'canvas', 'OpenCV.js']);
    const cells = await table.getByRole('row').nth(1).getByRole('cell').allInnerTexts();
    for (const cell of cells.slice(2, 7)) expect(cell).toContain('exact');
    // Chromium rounds differently, by one; OpenCV knows BT.601’s limited range only.
    expect(cells[7]).toMatch(/±1 in \d/);
    expect(cells[9]).toMatch(/±31 in \d/);
    expect(problems).toEqual([]);
  });

  test('threads, operations of the image model and JPEG are measured too', async ({ page }) => {
    await choose(page, ['rgba → gray'], ['memory copy', 'simd', 'jpeg-js', 'simd, several threads']);
    await panel(page).getByText('Image model', { exact: true }).click();
    await panel(page).getByRole('checkbox', { name: 'clone' }).check();
    await panel(page).getByText('JPEG', { exact: true }).click();
    await panel(page).getByRole('checkbox', { name: 'gray → JPEG q75' }).check();
    await panel(page).getByRole('checkbox', { name: 'JPEG q75 of gray → rgba' }).check();
    await run(page);
    await page.getByRole('tab', { name: 'Table' }).click();
    const rows = page.getByRole('region', { name: 'Results' }).getByRole('row');
    await expect(rows.getByRole('rowheader')).toHaveText(['rgba → gray', 'clone', 'gray → JPEG q75', 'JPEG q75 of gray → rgba']);
    await expect(page.getByRole('columnheader')).toHaveText(['Case', 'Size', 'memory copy', 'simd', 'simd×2', 'image model', 'jpeg-js']);
    await page.getByRole('tab', { name: 'By threads' }).click();
    await expect(page.getByRole('region', { name: 'rgba → gray at 640×480, by threads' }).locator('tbody').getByRole('rowheader')).toHaveText(['memory copy', 'simd', 'simd']);
  });

  test('a double click starts a run, and cancels nothing', async ({ page }) => {
    await choose(page, ['rgba → gray'], ['memory copy', 'simd']);
    await measure(page).dblclick();
    await expect(page.getByRole('main').getByRole('status')).toHaveText(/^Measured one case in \d+ s\.$/, { timeout: 60_000 });
  });

  test('a report that is opened during a run ends the run, and stays', async ({ page }) => {
    await expect(panel(page).getByRole('checkbox', { name: 'memory copy' })).toBeVisible();
    await page.getByRole('button', { name: 'Measure 10 cases at 1920×1080' }).click();
    await expect(page.getByRole('tab', { name: 'Table' })).toBeVisible({ timeout: 60_000 });
    await openReport(page).setInputFiles(fixture('bench-report.json'));
    const status = page.getByRole('main').getByRole('status');
    await expect(status).toHaveText('“bench-report.json”, a report that was opened.');
    await expect(measure(page)).toBeEnabled();
    await page.waitForTimeout(4000);
    await expect(status).toHaveText('“bench-report.json”, a report that was opened.');
  });

  test('started from the middle of the page, the keyboard stays there', async ({ page }) => {
    await choose(page, ['rgba → gray'], ['memory copy', 'simd']);
    await page.getByRole('button', { name: 'Measure 1 case at 640×480' }).press('Enter');
    await expect(page.getByRole('region', { name: 'Bench' })).toBeFocused();
  });

  test('while something is measured, the memory and the compiler are not looked at', async ({ page }) => {
    await panel(page).getByText('Kernel memory').click();
    await page.getByRole('button', { name: 'Measure 10 cases at 1920×1080' }).click();
    await expect(page.getByRole('button', { name: 'Convert a thousand times' })).toBeDisabled();
    await expect(panel(page).getByText('Not while something is measured: each would disturb the other.').last()).toBeVisible();
  });

  test('threads without their number measure nothing, and the panel says why', async ({ page }) => {
    await choose(page, ['rgba → gray'], ['simd, several threads']);
    await panel(page).getByRole('checkbox', { name: '2', exact: true }).uncheck();
    await expect(panel(page).getByText('Choose how many threads, or another engine.')).toBeVisible();
    await expect(measure(page)).toBeDisabled();
  });

  test('a length of time that is none measures nothing until it is given or taken back', async ({ page }) => {
    const seconds = panel(page).getByRole('textbox', { name: 'Seconds a case' });
    await seconds.fill('a while');
    await expect(measure(page)).toBeDisabled();
    await expect(panel(page)).toContainText('Give the seconds a case first.');
    await seconds.press('Escape');
    await expect(measure(page)).toBeEnabled();
    await seconds.fill('90');
    await expect(measure(page)).toBeDisabled();
    await seconds.fill('0.5');
    await expect(measure(page)).toBeEnabled();
  });

  test('what was unfolded is so when the view comes back', async ({ page }) => {
    const cases = panel(page).getByRole('region', { name: 'Image model' });
    await panel(page).getByText('Image model', { exact: true }).click();
    await expect(cases).toBeVisible();
    await page.getByRole('tab', { name: 'Stream' }).click();
    await expect(cases).toBeHidden();
    await page.getByRole('tab', { name: 'Bench', exact: true }).click();
    await expect(cases).toBeVisible();
  });

  test('cancelled, what was measured stays; the next run starts afresh', async ({ page }) => {
    await expect(panel(page).getByRole('checkbox', { name: 'memory copy' })).toBeVisible();
    await page.getByRole('button', { name: 'Measure 10 cases at 1920×1080' }).click();
    await expect(page.getByRole('tab', { name: 'Table' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('status')).toHaveText(/^Cancelled after \d of 10; what was measured is shown\.$/);
    await expect(page.locator('[data-bench-plot] canvas')).toBeVisible();
    await choose(page, ['rgba → gray'], ['memory copy', 'simd']);
    await run(page);
    await page.getByRole('tab', { name: 'Table' }).click();
    await expect(page.getByRole('region', { name: 'Results' }).getByRole('rowheader')).toHaveText(['rgba → gray']);
  });

  test('leaving the view ends nothing', async ({ page }) => {
    await choose(page, ['rgba → gray', 'nv12 → rgba'], ['memory copy', 'simd']);
    await measure(page).click();
    await page.getByRole('tab', { name: 'Convert' }).click();
    await page.waitForTimeout(500);
    await page.getByRole('tab', { name: 'Bench' }).click();
    await expect(measure(page)).toBeVisible({ timeout: 60_000 });
    await expect(page.locator('[data-bench-plot] canvas')).toBeVisible();
  });

  test('a report is saved as JSON, CSV and PNG, and opened again', async ({ page }) => {
    await openReport(page).setInputFiles(fixture('bench-report.json'));
    const json = await saved(page, 'Save JSON');
    expect(json.file).toMatch(/^swizzle-bench-2026-11-\d\d-\d\d-\d\d\.json$/);
    const original = await example();
    expect(JSON.parse(json.text)).toEqual(original);
    const csv = await saved(page, 'Save CSV');
    expect(csv.text.trim().split('\n')).toHaveLength(1 + original.rows.length);
    const png = await saved(page, 'PNG');
    expect([...png.bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect(png.bytes.length).toBeGreaterThan(10_000);
  });

  test('what is no report is refused in words, and what is shown stays', async ({ page }) => {
    await openReport(page).setInputFiles(fixture('bench-report.json'));
    await openReport(page).setInputFiles({ name: 'holiday.json', mimeType: 'application/json', buffer: Buffer.from('{"machine":{}}') });
    await expect(page.getByRole('alert')).toContainText('“holiday.json” is no benchmark report: machine.cpu');
    await expect(page.locator('[data-bench-plot] canvas')).toBeVisible();
    await page.getByRole('button', { name: 'Put away' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('a baseline outlives the page, and the table says what changed', async ({ page }) => {
    const report = await example();
    const slower: BenchReport = { ...report, rows: report.rows.map((row) => ({ ...row, medianMs: row.medianMs * 2, ci95: [row.ci95[0] * 2, row.ci95[1] * 2] })) };
    await openReport(page).setInputFiles({ name: 'slower.json', mimeType: 'application/json', buffer: Buffer.from(jsonOf(slower)) });
    await page.getByRole('button', { name: 'Keep as baseline' }).click();
    await page.reload();
    await expect(panel(page).getByText('Compared with baseline')).toBeVisible();
    await openReport(page).setInputFiles(fixture('bench-report.json'));
    await page.getByRole('tab', { name: 'Table' }).click();
    await expect(page.getByText('2.00× faster').first()).toBeVisible();
    await page.getByRole('button', { name: 'Drop the baseline' }).click();
    await expect(page.getByText('2.00× faster')).toHaveCount(0);
    await page.reload();
    await expect(panel(page).getByText('A baseline stays in this browser')).toBeVisible();
  });

  test('the mark under the pointer says what it is', async ({ page }) => {
    await openReport(page).setInputFiles(fixture('bench-report.json'));
    const plot = page.locator('[data-bench-plot]');
    const box = await plot.boundingBox();
    if (box === null) throw new Error('no plot');
    // The first case stands above the first name: somewhere in its column there is a mark.
    for (let y = 20; y < box.height - 40 && (await plot.locator('div[data-side]').count()) === 0; y += 12) await page.mouse.move(box.x + 100, box.y + y);
    await expect(plot.locator('div[data-side]')).toHaveText(/rgba → bgra, 1920×1080: .+ MP\/s/);
  });

  test('a thousand conversions take no more memory', async ({ page }) => {
    await panel(page).getByText('Kernel memory').click();
    await page.getByRole('button', { name: 'Convert a thousand times' }).click();
    await expect(panel(page).getByText('nothing grew.')).toBeVisible({ timeout: 60_000 });
    const table = panel(page).getByRole('table', { name: 'Kernel memory' });
    const [before, after] = await table.getByRole('row', { name: 'Ever written' }).getByRole('cell').allInnerTexts();
    expect(before).toMatch(/^\d+\.\d MiB$/);
    expect(after).toBe(before);
  });

  test('each case’s module is written and compiled anew, and its size and times are told', async ({ page }) => {
    await panel(page).getByText('Compilation', { exact: true }).click();
    await page.getByRole('button', { name: 'Write and compile' }).click();
    const rows = panel(page).getByRole('table', { name: 'Compilation' }).locator('tbody tr');
    await expect(rows).toHaveCount(BENCH_CASES.length, { timeout: 60_000 });
    for (const cells of await Promise.all((await rows.all()).map((row) => row.getByRole('cell').allInnerTexts()))) {
      const [bytes = '', first = '', again = ''] = cells;
      expect(Number(bytes)).toBeGreaterThan(200);
      for (const ms of [first, again]) expect(Number(ms)).toBeGreaterThan(0);
    }
  });

  test('a link brings back what was chosen, and undo takes it back', async ({ page }) => {
    await choose(page, ['rgba → gray'], ['memory copy', 'simd']);
    await page.waitForTimeout(300);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Measure 1 case at 640×480' })).toBeVisible();
    await panel(page).getByRole('checkbox', { name: '1280×720' }).check();
    await expect(page.getByRole('button', { name: 'Measure 1 case at 2 sizes' })).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: 'Measure 1 case at 640×480' })).toBeVisible();
  });

  test('a program measures by window.swizzle, at any size, and the view shows it', async ({ page }) => {
    const report = await page.evaluate(() => window.swizzle.bench({ cases: ['rgba-bgra'], sizes: [[321, 123]], engines: ['copy', 'scalar', 'simd'], seconds: 0.1 }));
    expect(report.rows.map(({ case: id, engine, width, height, maxError }) => [id, engine, width, height, maxError])).toEqual([['rgba-bgra', 'copy', 321, 123, null], ['rgba-bgra', 'scalar', 321, 123, 0], ['rgba-bgra', 'simd', 321, 123, 0]]);
    await expect(page.locator('[data-bench-plot] canvas')).toBeVisible();
    await expect(page.evaluate(() => window.swizzle.bench({ cases: [] }))).rejects.toThrow(/No case, size or engine is chosen/);
  });

  test('nothing chosen cannot be measured, and it says what to choose', async ({ page }) => {
    await panel(page).getByRole('checkbox', { name: '1920×1080' }).uncheck();
    await expect(measure(page)).toBeDisabled();
    await expect(panel(page).getByText('Choose at least one case, one size and one engine.')).toBeVisible();
  });

  for (const tab of ['Throughput', 'By size', 'By threads', 'Distribution', 'Table']) {
    test(`${tab}: no fault that axe finds`, async ({ page }) => {
      await openReport(page).setInputFiles(fixture('bench-report.json'));
      await page.getByRole('tab', { name: tab }).click();
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });
  }
});
