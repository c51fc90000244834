import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openFile, pickFormat, stage, start, test } from './lab.ts';

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

test.describe('what a dialog took the keys from has them back', () => {
  const focused = (page: Page): Promise<string> => page.evaluate(() => (document.activeElement?.closest('[data-stage]') === null ? document.activeElement.outerHTML.slice(0, 80) : 'stage'));

  test('the stage, after Go to pixel and after the palette, however they end', async ({ page }) => {
    await start(page);
    await page.getByRole('button', { name: /^Photo/ }).click();
    await page.getByRole('tab', { name: 'Convert' }).click();
    // What was used last but one is not where the keys were.
    await pickFormat(page, 'p010', 'p010le');
    await stage(page).focus();
    for (const end of ['Enter', 'Escape']) {
      await page.keyboard.press('g');
      await page.getByLabel('x, y').fill('12, 34');
      await page.keyboard.press(end);
      await expect.poll(() => focused(page)).toBe('stage');
    }
    for (const end of ['Enter', 'Escape']) {
      await page.keyboard.press('Control+k');
      await page.getByLabel('Search commands').fill('100 %');
      await page.keyboard.press(end);
      await expect.poll(() => focused(page)).toBe('stage');
    }
    await page.keyboard.press('x');
    expect(await page.evaluate(() => [window.swizzle.state().view.pixel, window.swizzle.state().view.notation])).toEqual([{ x: 12, y: 34 }, 'hex']);
  });

  test('the stage, after a palette that opened Go to pixel', async ({ page }) => {
    await start(page);
    await page.getByRole('button', { name: /^Photo/ }).click();
    await stage(page).focus();
    await page.keyboard.press('Control+k');
    await page.getByLabel('Search commands').fill('go to');
    await page.keyboard.press('Enter');
    await page.getByLabel('x, y').fill('5 6');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('stage');
    await page.keyboard.press('g');
    await expect(page.getByLabel('x, y')).toBeFocused();
  });

  test('the button that opened it', async ({ page }) => {
    await start(page);
    await page.getByRole('button', { name: 'All commands' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'All commands' })).toBeFocused();
  });
});

test('Go to pixel says what is wrong, with the picture’s size, and goes nowhere', async ({ page }) => {
  await start(page);
  await page.getByRole('button', { name: /^Colour bars/ }).click();
  await stage(page).focus();
  await page.keyboard.press('g');
  for (const [text, fault] of [['abc', '“abc” is no place'], ['5000,-3', '5000, -3 is outside. The picture has 640 × 360 pixels: x is 0 … 639, y is 0 … 359.']] as const) {
    await page.getByLabel('x, y').fill(text);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText(fault);
  }
  expect(await page.evaluate(() => window.swizzle.state().view.pixel)).toBeUndefined();
  await page.getByLabel('x, y').fill('639, 359');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.evaluate(() => window.swizzle.state().view.pixel)).toEqual({ x: 639, y: 359 });
});

test.describe('a screen of 1280×720 at twice its size', () => {
  test.use({ viewport: { width: 640, height: 360 } });

  for (const view of ['Inspect', 'Convert', 'Encode']) {
    test(`${view}: the stage and its buttons keep their room, and the page scrolls to the panel`, async ({ page }) => {
      await start(page);
      await page.getByRole('button', { name: /^Colour bars/ }).click();
      await page.getByRole('tab', { name: view }).click();
      const panel = page.getByRole('complementary', { name: view });
      await expect(panel.getByRole('heading').first()).toBeAttached();
      expect((await stage(page).boundingBox())?.height).toBeGreaterThanOrEqual(200);
      for (const button of await page.getByRole('toolbar', { name: 'Stage' }).getByRole('button').all()) await expect(button).toBeInViewport({ ratio: 1 });
      await page.getByRole('button', { name: 'Zoom in' }).click();
      await panel.getByRole('heading').last().scrollIntoViewIfNeeded();
      await expect(panel.getByRole('heading').last()).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('tab', { name: view })).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('contentinfo')).toBeInViewport({ ratio: 1 });
    });
  }
});

test('on a phone nothing scrolls but the panel, and the stage’s buttons are whole, also beside a notice', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await start(page);
  await page.getByRole('button', { name: /^Colour bars/ }).click();
  await expect(stage(page)).toBeVisible();
  await openFile(page, ['a.raw', 'b.raw', 'c.raw'].map((name) => ({ name, mimeType: '', buffer: Buffer.alloc(0) })));
  await expect(page.getByRole('alert')).toContainText('“c.raw”');
  for (const button of await page.getByRole('toolbar', { name: 'Stage' }).getByRole('button').all()) await expect(button).toBeInViewport({ ratio: 1 });
  expect(await page.locator('#root > div').first().evaluate((app) => app.scrollHeight - app.clientHeight)).toBe(0);
});

for (const width of [1280, 390]) {
  test(`${String(width)} wide: the zoom and the strip of v210’s bits stay in their boxes, and a dialog covers the diagrams`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await start(page, `#${encodeURIComponent(JSON.stringify({ sample: 'bars', to: 'v210', view: { id: 'convert', zoom: 1, pixel: { x: 3, y: 2 }, drawer: 'derivation' } }))}`);
    const zoom = page.getByRole('contentinfo').getByText('100 %', { exact: true });
    await expect(zoom).toBeInViewport({ ratio: 1 });
    // One line high, and none of it cut by the bar.
    expect(await zoom.evaluate((text) => { const bar = text.parentElement?.getBoundingClientRect(); const own = text.getBoundingClientRect(); return bar !== undefined && own.top >= bar.top && own.bottom <= bar.bottom && own.right <= bar.right && text.scrollWidth <= Math.ceil(own.width); })).toBe(true);
    const strip = page.getByRole('img', { name: 'Memory layout of v210' });
    await strip.scrollIntoViewIfNeeded();
    expect(await strip.evaluate((host) => {
      const box = host.getBoundingClientRect();
      const panel = host.closest('aside')?.getBoundingClientRect() ?? box;
      return Array.from(host.querySelectorAll('span')).filter((part) => { const own = part.getBoundingClientRect(); return own.left < box.left - 0.5 || own.right > Math.min(box.right, panel.right) + 0.5 || own.bottom > box.bottom + 0.5 || part.scrollWidth > part.clientWidth + 1; }).map(({ textContent }) => textContent);
    })).toEqual([]);

    await expect(page.getByRole('img', { name: /^Pipeline: / })).toBeVisible();
    await stage(page).focus();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    // Whatever point of the page is asked for: the dialog is there, or what lies behind it, and nothing of the app.
    expect(await page.evaluate(() => {
      const app = document.querySelector('#root');
      const through: string[] = [];
      for (let x = 4; x < innerWidth; x += 12) for (let y = 4; y < innerHeight; y += 12) { const hit = document.elementFromPoint(x, y); if (hit !== null && app?.contains(hit) === true) through.push(`${hit.className} at ${String(x)}, ${String(y)}`); }
      return through.slice(0, 5);
    })).toEqual([]);
  });
}
