import { expect, test } from '@playwright/test';

test('the app starts, isolated', async ({ page }) => {
  await page.goto('./');
  await expect(page).toHaveTitle(/Swizzle/);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
