import { join } from 'node:path';
import { expect } from '@playwright/test';
import { start, test } from '../lab.ts';

const stylePath = join(import.meta.dirname, 'calm.css');

const SCREENS = [{ name: 'stream-routing', width: 1280, height: 720 }, { name: 'stream-routing-narrow', width: 390, height: 844 }] as const;

// Time stands still: the source is stepped, never played, and the frames go as our own JPEG and as raw pixels, whose bytes are the same everywhere.
for (const theme of ['light', 'dark'] as const) {
  for (const { name, width, height } of SCREENS) {
    test(`${name}, ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`);
      const panel = page.getByRole('complementary');
      await panel.getByRole('combobox', { name: 'Encoding', exact: true }).selectOption('r210');
      await page.getByRole('button', { name: 'Open the test pattern' }).click();
      await expect(page.getByRole('article', { name: 'Window 1' })).toContainText('frame 0 arrived');
      await page.getByRole('button', { name: 'One frame on' }).click();
      await expect(page.getByRole('article', { name: 'Window 1' })).toContainText('frame 1 arrived');
      await panel.getByRole('checkbox', { name: 'JPEG encoder', exact: true }).uncheck();
      await page.getByRole('button', { name: 'One frame on' }).click();
      await expect(page.getByRole('article', { name: 'Window 1' })).toContainText('frame 2 arrived');
      await page.getByRole('button', { name: /^Why frame 2 of window 1/ }).click();
      await page.getByRole('region', { name: 'Windows and frames' }).evaluate((region) => region.scrollTo(0, 0));
      await page.mouse.move(0, 0);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(400);
      await expect(page.getByRole('main')).toHaveScreenshot(`${name}-${theme}.png`, { stylePath });
    });
  }
}
