import { join } from 'node:path';
import { expect } from '@playwright/test';
import { fixture, openFile, settled, stage, start, test } from '../lab.ts';

const stylePath = join(import.meta.dirname, 'calm.css');

for (const theme of ['light', 'dark'] as const) {
  test(`compare with a reference, ${theme}`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 1000 });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await start(page);
    await openFile(page, fixture('coffee.png'));
    await expect(stage(page)).toHaveAccessibleName(/600 × 400/);
    await page.evaluate(async () => {
      const bytesOf = async (): Promise<Uint8Array> => (await window.swizzle.export('raw')).files[0]?.bytes ?? new Uint8Array(0);
      await window.swizzle.convert('nv12');
      const nv12 = await bytesOf();
      await window.swizzle.openRaw(nv12, { format: 'nv12', width: 600, height: 400, colorSpec: { matrix: 'bt709', range: 'limited' } }, 'as it should be read.nv12');
      await window.swizzle.convert('bgra');
      await window.swizzle.openRaw(await bytesOf(), { format: 'bgra', width: 600, height: 400 }, 'what the player showed.bgra');
      await window.swizzle.openRaw(nv12, { format: 'nv12', width: 600, height: 400 }, 'camera.nv12');
      await window.swizzle.compare('what the player showed.bgra', 'result');
    });
    await page.getByRole('button', { name: 'swipe' }).click();
    await page.getByRole('button', { name: 'Next differing pixel' }).click();
    await page.getByRole('button', { name: 'Fit the picture' }).click();
    await page.getByRole('button', { name: 'Find the settings' }).click();
    await expect(page.getByRole('list', { name: 'Settings by how near they come' })).toBeVisible();
    await page.getByText('conversions were tried').scrollIntoViewIfNeeded();
    await settled(page);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(400);
    await expect(page).toHaveScreenshot(`compare-${theme}.png`, { stylePath });
  });
}
