import { join } from 'node:path';
import { expect } from '@playwright/test';
import { fixture, start, test } from '../lab.ts';

const stylePath = join(import.meta.dirname, 'calm.css');

/** A report that was saved: its numbers are always the same. */
const SCREENS = [
  { name: 'bench-empty', tab: undefined, width: 1280, height: 720 },
  { name: 'bench-throughput', tab: 'Throughput', width: 1280, height: 800 },
  { name: 'bench-sizes', tab: 'By size', width: 1280, height: 800 },
  { name: 'bench-runs', tab: 'Distribution', width: 1280, height: 800 },
  { name: 'bench-table', tab: 'Table', width: 1920, height: 1080 },
  { name: 'bench-narrow', tab: 'Throughput', width: 390, height: 844 },
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const { name, tab, width, height } of SCREENS) {
    test(`${name}, ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'bench' } }))}`);
      await expect(page.getByRole('checkbox', { name: 'memory copy' })).toBeAttached();
      if (tab !== undefined) {
        await page.locator('input[aria-label="Open a report…"]').setInputFiles(fixture('bench-report.json'));
        await page.getByRole('tab', { name: tab }).click();
        if (tab === 'By size') await page.getByRole('combobox', { name: 'Case' }).selectOption('nv12-rgba');
      }
      await page.evaluate(() => document.fonts.ready);
      await page.mouse.move(0, 0);
      await page.waitForTimeout(400);
      await expect(page).toHaveScreenshot(`${name}-${theme}.png`, { stylePath });
    });
  }
}
