import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { settled, stage, start, test } from '../lab.ts';

const at = (state: object): string => `#${encodeURIComponent(JSON.stringify(state))}`;

/** Everything that is not the document: how fast this machine was, and how much it holds. */
async function calm(page: Page): Promise<void> {
  await settled(page);
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await expect(page.getByText('worker ready')).toHaveCount(1);
  await page.waitForTimeout(400);
}

/** Times and memory differ from run to run: they are hidden, for a mask would still show how wide they are. */
const stylePath = join(import.meta.dirname, 'calm.css');

const SCREENS = [
  { name: 'empty', width: 1280, height: 720, state: undefined },
  { name: 'inspect', width: 1280, height: 720, state: { sample: 'photo', view: { pixel: { x: 300, y: 130 } } } },
  { name: 'inspect-values', width: 1280, height: 720, state: { sample: 'photo', view: { zoom: 48, center: { x: 300.5, y: 130.5 }, pixel: { x: 300, y: 130 }, notation: 'hex', drawer: 'bytes' } } },
  { name: 'inspect-raw', width: 1280, height: 720, state: { sample: 'nv12-stride', view: { solo: 'U' } } },
  { name: 'inspect-broken', width: 1280, height: 720, state: { sample: 'broken' } },
  { name: 'convert', width: 1280, height: 720, state: { sample: 'photo', to: 'nv12', view: { id: 'convert', pixel: { x: 300, y: 130 }, drawer: 'derivation' } } },
  { name: 'convert-swipe', width: 1920, height: 1080, state: { sample: 'bars', to: 'rgb565le', options: { dither: 'ordered' }, view: { id: 'convert', comparing: 'swipe' } } },
  { name: 'convert-heat', width: 1280, height: 720, state: { sample: 'photo', to: 'nv12', view: { id: 'convert', comparing: 'heat', gain: 8, drawer: 'scopes' } } },
  { name: 'encode-inside', width: 1280, height: 720, state: { sample: 'photo', view: { id: 'encode', comparing: 'swipe', pixel: { x: 300, y: 130 }, drawer: 'jpeg' } } },
  { name: 'encode-encoders', width: 1920, height: 1080, state: { sample: 'nv12-stride', encode: { encoder: 'ours', options: { ours: { quality: 20 } } }, view: { id: 'encode', comparing: 'heat', drawer: 'encoders' } } },
  { name: 'encode-narrow', width: 390, height: 844, state: { sample: 'photo', encode: { encoder: 'png', options: {} }, view: { id: 'encode' } } },
  { name: 'convert-narrow', width: 390, height: 844, state: { sample: 'nv12-stride', to: 'rgba', view: { id: 'convert', pixel: { x: 300, y: 130 } } } },
] as const;

for (const theme of ['light', 'dark'] as const) {
  for (const { name, width, height, state } of SCREENS) {
    test(`${name}, ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await start(page, state === undefined ? '' : at(state));
      if (state !== undefined && name !== 'inspect-broken') await expect(stage(page)).toBeVisible();
      if (state !== undefined) await calm(page);
      await expect(page).toHaveScreenshot(`${name}-${theme}.png`, { stylePath });
    });
  }
}
