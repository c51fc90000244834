import { expect } from '@playwright/test';
import { drawer, fold, openEncode, panel, result } from './encodeLab.ts';
import { stage, start, test } from './lab.ts';

test('the inside of our JPEG and of an opened one: markers, tables, the clicked block', async ({ page }) => {
  await openEncode(page, 'flower-422.jpg');
  await drawer(page, 'Inside the JPEG').click();
  const inside = page.getByRole('region', { name: 'Inside the JPEG' });
  await expect(inside.getByRole('table', { name: 'Markers of the file' })).toContainText('SOF0');
  // The source's planes are 4:2:2, and stay it.
  await expect(inside).toContainText('sampling 2×1 1×1 1×1');
  await expect(inside.getByRole('table', { name: 'Quantisation table 0, row by row' })).toContainText('8658');
  await stage(page).click({ position: { x: 300, y: 120 } });
  const block = inside.getByRole('table', { name: /^Block \d+, \d+: levels$/ });
  await expect(block.getByRole('cell')).toHaveCount(64);
  await inside.getByRole('button', { name: 'flower-422.jpg' }).click();
  await expect(inside).toContainText('sampling 2×1 1×1 1×1');
  await inside.getByRole('combobox', { name: 'Table' }).selectOption('AC 0');
  await expect(inside).toContainText('zeros before');
  await inside.getByRole('button', { name: 'Cb' }).click();
  await expect(block).toBeVisible();
});

for (const [width, height] of [[1280, 720], [1920, 1080], [390, 844]] as const) {
  test(`no cell of the markers is cut or touches the next at ${String(width)}×${String(height)}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await openEncode(page, 'coffee.png');
    await drawer(page, 'Inside the JPEG').click();
    const markers = page.getByRole('table', { name: 'Markers of the file' });
    await expect(markers.getByRole('columnheader')).toHaveText(['marker', 'byte', 'length', 'what']);
    await expect(markers.getByRole('cell', { name: 'start of scan, then entropy-coded bytes' })).toBeVisible();
    const cut = await markers.getByRole('cell').evaluateAll((cells) => cells.filter((cell) => {
      const next = cell.nextElementSibling?.getBoundingClientRect();
      const own = document.createRange();
      own.selectNodeContents(cell);
      const text = own.getBoundingClientRect();
      return cell.scrollWidth > cell.clientWidth || (next !== undefined && next.top < text.bottom && next.left < text.right);
    }).map((cell) => cell.textContent));
    expect(cut).toEqual([]);
  });
}

test('the device check names what is wrong, and its buttons mend it', async ({ page }) => {
  await start(page);
  await page.evaluate(() => window.swizzle.openRaw(new Uint8Array(101 * 67 * 3).fill(90), { format: 'rgb24', width: 101, height: 67 }, 'odd'));
  await page.getByRole('tab', { name: 'Encode' }).click();
  await fold(page, 'Device check').click();
  const check = page.getByRole('region', { name: 'Device check' });
  await check.getByRole('button', { name: 'Convert to nv12' }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('nv12 101×67');
  await check.getByRole('button', { name: 'Crop to 100×66' }).click();
  await check.getByRole('button', { name: 'Copy with strides of 112, 112 B' }).click();
  await expect(check.getByRole('status')).toContainText('Ascend JPEGE takes this nv12 100×66 as it is.');
  const active = await page.evaluate(() => { const { sources, activeKey } = window.swizzle.state(); return sources.find(({ key }) => key === activeKey)?.views[0]?.spec.strides; });
  expect(active).toEqual([112, 112]);
  await page.evaluate(() => window.swizzle.convert('rgba', { scale: 2, policy: 'cast' }));
  await page.getByRole('tab', { name: 'Encode' }).click();
  await expect(check.getByRole('status')).toContainText('Ascend JPEGE takes this');
  await check.getByRole('button', { name: 'VPI VIC' }).click();
  await expect(check).toContainText('converts with scale 1 only; the conversion’s is 2.');
  await check.getByRole('button', { name: 'Set the policy to clamp' }).click();
  await check.getByRole('button', { name: 'Set the scale to 1' }).click();
  await expect(check.getByRole('status')).toContainText('as it is, and the scale, offset and policy that Convert has.');
  expect(await page.evaluate(() => window.swizzle.state().parameters.options)).toEqual({});
});

test('the panel scrolls by itself; the page never does', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  for (const name of ['Device check', 'JPEG channel', 'Batch', 'Pick by target']) await fold(page, name).click();
  await drawer(page, 'Encoders').click();
  await page.getByRole('button', { name: 'Choose files…' }).scrollIntoViewIfNeeded();
  expect(await page.evaluate(() => [document.documentElement.scrollHeight - innerHeight, document.body.scrollTop, document.body.scrollHeight - innerHeight])).toEqual([0, 0, 0]);
});

test('a channel: buffers fill, a frame waits, a release lets it on, stop and destroy', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await fold(page, 'JPEG channel').click();
  const channel = page.getByRole('region', { name: 'JPEG channel' });
  const press = (name: string) => channel.getByRole('button', { name, exact: true }).click();
  await press('create');
  await press('send frame');
  await expect(channel.getByRole('alert')).toContainText('sendFrame was called on a channel that is created');
  await press('start');
  for (let sent = 0; sent < 3; sent += 1) await press('send frame');
  await expect(channel).toContainText('Buffers in use: 2 of 2 · frames waiting: 1 · done: 2');
  await press('#0 release');
  await expect(channel).toContainText('Buffers in use: 2 of 2 · frames waiting: 0 · done: 3');
  await expect(channel).toContainText('was copied out in');
  await press('stop');
  await expect(channel.getByRole('listitem').filter({ hasText: 'stopped' })).toHaveAttribute('aria-current', 'step');
  await press('destroy');
  await expect(channel.getByRole('listitem').filter({ hasText: 'destroyed' })).toHaveAttribute('aria-current', 'step');
  await press('start');
  await expect(channel.getByRole('alert')).toContainText('jpege/wrong-state');
});

test('a channel’s parameters: what is in use is shown, changes hold from the next frame on, a refused frame stays in the log', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  await fold(page, 'JPEG channel').click();
  const channel = page.getByRole('region', { name: 'JPEG channel' });
  const press = (name: string) => channel.getByRole('button', { name, exact: true }).click();
  const lines = channel.getByRole('log').getByRole('paragraph');
  const bytesOf = async (sequence: number) => Number(/, ([\d\s]+) B after/.exec((await lines.filter({ hasText: `frame: #${String(sequence)}, pts ` }).textContent()) ?? '')?.[1]?.replace(/\s/g, ''));
  await press('create');
  await expect(channel.getByRole('status')).toContainText('In use: qfactor 100');
  await press('send frame');
  await expect(lines.first()).toContainText('HI_ERR_VENC_NOT_PERM (0xA0088009)');
  await expect(channel.getByRole('alert')).toContainText('JPEGE: HI_ERR_VENC_NOT_PERM (0xA0088009)');
  await expect(channel).not.toContainText('VPI');
  await press('start');
  await press('send frame');
  await expect(lines.first()).toContainText('frame: #0, pts ');
  await channel.getByLabel('qfactor', { exact: true }).fill('20');
  await expect(channel).toContainText('Changed and not set yet: qfactor.');
  await press('send frame');
  await expect(lines.first()).toContainText('frame: #1, pts ');
  await expect(channel.getByRole('status')).toContainText('In use: qfactor 20');
  expect(await bytesOf(1)).toBeLessThan((await bytesOf(0)) / 3);
  await channel.getByLabel('qfactor', { exact: true }).fill('50');
  await press('getParams');
  await expect(channel.getByLabel('qfactor', { exact: true })).toHaveValue('20');
  await channel.getByLabel('qfactor', { exact: true }).fill('60');
  await press('setParams');
  await expect(channel.getByRole('status')).toContainText('In use: qfactor 60');
  await expect(lines.filter({ hasText: 'frame was refused' })).toHaveCount(1);
});

test('bad options are refused by name; the last result stays, and good ones work again', async ({ page }) => {
  await openEncode(page, 'coffee.png');
  const quality = panel(page).getByLabel('qfactor', { exact: true });
  for (const [bad, fault] of [['0', 'whole number of 1 … 100'], ['101', 'whole number of 1 … 100'], ['NaN', '“NaN” is no number.'], ['7.5', 'whole number of 1 … 100'], ['', 'A number is missing.']] as const) {
    await quality.fill(bad);
    await expect(panel(page).getByRole('alert')).toContainText(fault);
  }
  await quality.fill('70');
  await expect(panel(page).getByRole('alert')).toHaveCount(0);
  await panel(page).getByLabel('Own tables').fill(Array.from({ length: 64 }, (_, at) => (at === 5 ? 300 : 8)).join(' '));
  await expect(result(page).getByRole('alert')).toContainText('has 300 as entry 5');
  await expect(result(page)).toContainText('SSIM');
  await panel(page).getByLabel('Own tables').fill('');
  await expect(result(page).getByRole('alert')).toHaveCount(0);
  await panel(page).getByLabel('Colours').selectOption('straight');
  await expect(result(page).getByRole('alert')).toContainText('jpeg/straight-format');
  await panel(page).getByLabel('Colours').selectOption('convert');
  await expect(result(page).getByRole('alert')).toHaveCount(0);
  const error = await page.evaluate(() => window.swizzle.encode('ours', { quality: 101 }).then(() => 'none', (thrown: unknown) => String(thrown)));
  expect(error).toContain('101 was given');
});
