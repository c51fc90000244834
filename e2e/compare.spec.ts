import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { settled, stage, start, test, watch } from './lab.ts';

const [WIDTH, HEIGHT] = [96, 64];

/** An NV12 dump, and what another program made of it by BT.709 limited (H.273 §8.3, written here and not Swizzle's): a file of R,G,B,A. */
async function openBoth(page: Page): Promise<void> {
  await page.evaluate(async ([width, height]) => {
    const luma = Array.from({ length: width * height }, (_, at) => 16 + ((at % width) * 2 + Math.floor(at / width)) % 220);
    const chroma = Array.from({ length: (width * height) / 2 }, (_, at) => 128 + Math.round(60 * Math.sin(at / 7)));
    const rgba = luma.flatMap((code, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      const place = (y >> 1) * width + (x >> 1) * 2;
      const [luminance, u, v] = [(code - 16) / 219, ((chroma[place] ?? 0) - 128) / 224, ((chroma[place + 1] ?? 0) - 128) / 224];
      const [r, b] = [luminance + 1.5748 * v, luminance + 1.8556 * u];
      return [r, (luminance - 0.2126 * r - 0.0722 * b) / 0.7152, b, 1].map((part) => Math.min(255, Math.max(0, Math.round(part * 255))));
    });
    await window.swizzle.openRaw(Uint8Array.from(rgba), { format: 'rgba', width, height }, 'other-program.rgba');
    await window.swizzle.openRaw(Uint8Array.from([...luma, ...chroma]), { format: 'nv12', width, height }, 'camera.nv12');
  }, [WIDTH, HEIGHT] as const);
}

const against = (page: Page) => page.getByRole('complementary').getByLabel('Against');
const differing = (page: Page) => page.getByRole('table', { name: /against the reference/ }).locator('tbody td:last-child');

test('which settings made it: a dump against what another program made of it', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await openBoth(page);
  await page.getByRole('tab', { name: 'Convert' }).click();
  await page.evaluate(() => window.swizzle.convert('rgba'));
  await against(page).selectOption('other-program.rgba');
  await expect(differing(page)).toHaveCount(4);
  await expect(differing(page).first()).not.toHaveText('0');
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('reference');
  await page.getByRole('button', { name: 'Find the settings' }).click();
  const found = page.getByRole('list', { name: 'Settings by how near they come' });
  await expect(found.getByRole('listitem').first()).toContainText('source matrix BT.709 · source range limited');
  await found.getByRole('button', { name: 'Use: source matrix BT.709' }).first().click();
  await expect(differing(page)).toHaveText(['0', '0', '0', '0']);
  await expect(page.getByText('Every sample is the same.')).toBeVisible();
  await expect(found.getByRole('button', { pressed: true })).toHaveText('in use');
  await expect(page.getByRole('group', { name: 'Range of the source' }).getByRole('button', { name: 'limited' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(differing(page).first()).not.toHaveText('0');
  await expect(found.getByRole('button', { pressed: true })).toHaveAccessibleName('Use: as it was set');
  expect(problems).toEqual([]);
});

test('what the nearest settings do not explain is said with its places, and shown', async ({ page }) => {
  await start(page);
  await page.evaluate(async () => {
    const bytes = Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * 89) & 255);
    await window.swizzle.openRaw(bytes.map((value, at) => (at === (12 * 40 + 7) * 3 + 1 ? value ^ 1 : value)), { format: 'rgb24', width: 40, height: 30 }, 'other.rgb');
    await window.swizzle.openRaw(bytes, { format: 'rgb24', width: 40, height: 30 }, 'one.rgb');
    await window.swizzle.convert('rgb24');
  });
  await page.getByRole('tab', { name: 'Convert' }).click();
  await against(page).selectOption('other.rgb');
  await page.getByRole('button', { name: 'Find the settings' }).click();
  const left = page.getByRole('list', { name: 'Where it is left unexplained' });
  await expect(left.getByRole('listitem')).toHaveText(['G, plane 0: 7, 12show']);
  await left.getByRole('button', { name: 'Show the first of G' }).click();
  await expect(page.getByRole('button', { name: 'diff', exact: true })).toHaveAttribute('aria-pressed', 'true');
  expect(await page.evaluate(() => window.swizzle.state().view.pixel)).toEqual({ x: 7, y: 12 });
});

test('from one differing pixel to the next, by key and button, with both values beside each other', async ({ page }) => {
  await start(page);
  await page.evaluate(async () => {
    const bytes = Uint8Array.from({ length: 48 }, (_, at) => at);
    await window.swizzle.openRaw(bytes, { format: 'gray', width: 8, height: 6 }, 'one.gray');
    await window.swizzle.openRaw(bytes.map((value, at) => (at === 11 || at === 40 ? value + 5 : value)), { format: 'gray', width: 8, height: 6 }, 'other.gray');
  });
  await page.getByRole('tab', { name: 'Inspect' }).click();
  await stage(page).focus();
  await page.keyboard.press('c');
  await expect(against(page).locator('option:checked')).toHaveText('one.gray');
  await expect(differing(page)).toHaveText(['2']);
  const picked = (): Promise<unknown> => page.evaluate(() => window.swizzle.state().view.pixel);
  await stage(page).focus();
  for (const place of [{ x: 3, y: 1 }, { x: 0, y: 5 }, { x: 3, y: 1 }]) {
    await page.keyboard.press('n');
    await expect.poll(picked).toEqual(place);
  }
  await page.getByRole('button', { name: 'Previous' }).click();
  await expect.poll(picked).toEqual({ x: 0, y: 5 });
  await expect(page.getByRole('table', { name: 'The picked pixel in both' }).locator('tbody td')).toHaveText(['Y', '45', '40', '+5']);
  // The other one alone on the stage, and held for a moment.
  await page.getByRole('button', { name: 'reference', exact: true }).click();
  await expect(page.getByRole('contentinfo')).toContainText('Y 40');
  await page.getByRole('button', { name: 'heat' }).click();
  await page.getByLabel('Gain', { exact: true }).fill('20');
  await settled(page);
  // The reference is looked at itself: there is nothing to hold it against but the other.
  await page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name: /^one\.gray/ }).click();
  await expect(against(page)).toHaveValue('');
  await page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name: /^other\.gray/ }).click();
  await expect(differing(page)).toHaveText(['2']);
  await page.getByRole('button', { name: 'Close one.gray' }).click();
  await expect(page.getByRole('region', { name: 'Compare' })).toHaveCount(0);
});

test('a program compares and searches by window.swizzle', async ({ page }) => {
  await start(page);
  await openBoth(page);
  const rows = await page.evaluate(() => window.swizzle.compare('other-program.rgba'));
  expect(rows.map(({ component }) => component)).toEqual(['Y', 'U', 'V']);
  await page.evaluate(() => window.swizzle.convert('rgba'));
  expect((await page.evaluate(() => window.swizzle.compare('other-program.rgba', 'result'))).map(({ component, differing: count }) => [component, count > 0])).toEqual([['R', true], ['G', true], ['B', true], ['A', false]]);
  const { findings } = await page.evaluate(() => window.swizzle.findSettings('other-program.rgba'));
  expect(findings[0]).toMatchObject({ differing: 0, settings: { fromColor: { matrix: 'bt709', range: 'limited' } } });
  await expect(page.evaluate(() => window.swizzle.compare('nobody.png'))).rejects.toThrow(/No other picture called “nobody\.png” is open\. There are “other-program\.rgba”/);
});

test('the comparison is accessible, in both themes and narrow', async ({ page }) => {
  await start(page);
  await openBoth(page);
  await page.evaluate(() => window.swizzle.compare('other-program.rgba', 'result'));
  await page.getByRole('button', { name: 'swipe' }).click();
  await page.getByRole('button', { name: 'Find the settings' }).click();
  await expect(page.getByRole('list', { name: 'Settings by how near they come' })).toBeVisible();
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['light', 390]] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`), `${colorScheme} ${String(width)}`).toEqual([]);
  }
});
