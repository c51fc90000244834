import { join } from 'node:path';
import { expect } from '@playwright/test';
import { start, test } from '../lab.ts';

test.use({ serviceWorkers: 'allow' });

/** Times and pictures differ from run to run: they are hidden, for a mask would still show how wide they are. */
const stylePath = join(import.meta.dirname, 'calm.css');

for (const theme of ['light', 'dark'] as const) {
  for (const [name, width, height, isRun] of [['mjpeg-empty', 1280, 720, false], ['mjpeg', 1280, 1080, true], ['mjpeg-narrow', 390, 844, true]] as const) {
    test(`${name}, ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`);
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
      await page.getByRole('tab', { name: 'MJPEG bench' }).click();
      const panel = page.getByRole('complementary');
      if (isRun) {
        await panel.getByRole('button', { name: 'Start', exact: true }).click();
        await expect(page.locator('[data-ratio]')).toBeAttached();
        await expect(page.getByRole('region', { name: 'Memory' })).toBeAttached();
        await panel.getByRole('button', { name: 'Stop', exact: true }).click();
        await expect(panel.getByRole('button', { name: 'Start', exact: true })).toBeAttached();
      }
      await page.evaluate(() => document.fonts.ready);
      await page.mouse.move(0, 0);
      await page.waitForTimeout(400);
      await expect(page).toHaveScreenshot(`${name}-${theme}.png`, { stylePath });
    });
  }
}
