import { expect, test } from '@playwright/test';
import { start } from './lab.ts';

test('on a narrow screen everything of the empty view can be scrolled to, its heading first', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await start(page);
  const heading = page.getByRole('heading', { name: 'Drop a picture or a raw dump' });
  await expect(heading).toBeInViewport({ ratio: 1 });
  await page.getByRole('button', { name: /^A broken dump/ }).scrollIntoViewIfNeeded();
  await expect(page.getByRole('button', { name: /^A broken dump/ })).toBeInViewport({ ratio: 1 });
  await heading.scrollIntoViewIfNeeded();
  await expect(heading).toBeInViewport({ ratio: 1 });
});
