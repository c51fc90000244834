import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
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

/** Labels of the buttons that are filled with the accent colour. */
const standingOut = (page: Page): Promise<string[]> => page.getByRole('button').evaluateAll((buttons) => {
  const probe = document.createElement('i');
  probe.style.background = 'var(--accent)';
  document.body.append(probe);
  const accent = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return buttons.filter((button) => getComputedStyle(button).backgroundColor === accent).map(({ textContent }) => textContent);
});

test('one button at a time stands out: the welcome’s, that for the chosen source, then the one which plays it', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await start(page);
  await page.getByRole('tab', { name: 'Stream' }).click();
  await expect.poll(() => standingOut(page)).toEqual(['Open the test pattern']);
  await page.getByRole('complementary').getByRole('combobox', { name: 'Kind' }).selectOption('video');
  await expect.poll(() => standingOut(page)).toEqual(['Open a file…']);
  await page.getByRole('tab', { name: 'MJPEG bench' }).click();
  await expect.poll(() => standingOut(page)).toEqual(['Start with the test pattern']);
  await page.getByRole('tab', { name: 'Routing' }).click();
  await page.getByRole('button', { name: 'Open the test pattern' }).click();
  await expect.poll(() => standingOut(page)).toEqual(['Play']);
});

test('what folds away has the same arrow everywhere, not the browser’s', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Photo/ }).click();
  for (const view of ['Convert', 'Encode']) {
    await page.getByRole('tab', { name: view }).click();
    await expect(page.locator('aside summary').first()).toBeVisible();
    expect(await page.locator('summary').evaluateAll((summaries) => summaries.filter((summary) => getComputedStyle(summary).display === 'list-item').map(({ textContent }) => textContent))).toEqual([]);
  }
  await page.getByText('Samples', { exact: true }).click();
  await page.getByRole('navigation', { name: 'Sources' }).getByRole('button', { name: 'Colour bars' }).click();
  await expect(page.getByRole('navigation', { name: 'Sources' })).toContainText('rgb24 640×360');
});
