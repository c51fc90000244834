import { expect } from '@playwright/test';
import { fixture, openFile, settled, stage, start, test, watch } from './lab.ts';

test('a quarter of the size: the result, its link and its derivation', async ({ page }) => {
  const problems = watch(page);
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await page.getByRole('tab', { name: 'Convert' }).click();
  const size = page.getByRole('region', { name: 'Size' });
  await size.getByRole('button', { name: '¼' }).click();
  await size.getByRole('combobox', { name: 'Filter' }).selectOption('box');
  await settled(page);
  await expect(stage(page)).toHaveAccessibleName(/150 × 100/);
  await page.getByRole('button', { name: 'Derivation' }).click();
  await stage(page).focus();
  await page.keyboard.press('g');
  await page.getByRole('textbox', { name: 'x, y' }).fill('149, 99');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('step-resample')).toContainText('600×400 → 150×100, box, 4 source pixels a pixel');
  await expect(page.getByTestId('step-resample')).toContainText('R[599, 399]');
  const [traced, stored] = await page.evaluate(async () => {
    await window.swizzle.ready();
    const values = (list: readonly { readonly component: string; readonly value: number }[] | undefined) => list?.map(({ component, value }) => [component, value]);
    return [values((await window.swizzle.trace(149, 99)).at(-1)?.memory), values(await window.swizzle.pixel(149, 99, 'result'))];
  });
  expect(traced).toEqual(stored);
  await expect(page).toHaveURL(/decimate':4/);
  // On the source the pixel is the one under the result's.
  await page.getByRole('group', { name: 'On the stage' }).getByRole('button', { name: 'source' }).click();
  await expect(page.locator('footer')).toContainText('598, 398');
  await expect(page.getByRole('columnheader', { name: 'Pixel 149, 99' })).toBeVisible();
  await expect(page.getByText('Compared at the source’s 600 × 400')).toBeVisible();
  expect(problems).toEqual([]);
});

test('width and height, the shape kept or not; refusals in words', async ({ page }) => {
  await start(page);
  await openFile(page, fixture('coffee.png'));
  await page.getByRole('tab', { name: 'Convert' }).click();
  const size = page.getByRole('region', { name: 'Size' });
  await size.getByRole('button', { name: 'W × H' }).click();
  await size.getByRole('textbox', { name: 'Width' }).fill('300');
  await expect(size.getByRole('textbox', { name: 'Height' })).toHaveValue('200');
  await size.getByRole('checkbox', { name: 'Keep the source’s shape' }).uncheck();
  await size.getByRole('textbox', { name: 'Height' }).fill('500');
  await settled(page);
  await expect(stage(page)).toHaveAccessibleName(/300 × 500/);
  await size.getByRole('textbox', { name: 'Height' }).fill('0');
  await expect(size.getByRole('alert')).toContainText('At least 1.');
  await size.getByRole('textbox', { name: 'Height' }).fill('70000');
  await expect(page.getByRole('region', { name: 'Not converted' })).toContainText('a height of 70000 pixels is more than 65536');
  await size.getByRole('button', { name: '1 : 1' }).click();
  await settled(page);
  await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
});
