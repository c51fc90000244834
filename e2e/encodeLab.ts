import type {} from '../src/app/automation.ts';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { fixture, openFile, stage, start } from './lab.ts';

export const drawer = (page: Page, name: string) => page.getByRole('region', { name: 'Drawer' }).getByRole('button', { name, exact: true });
export const panel = (page: Page) => page.getByRole('complementary', { name: 'Encode' });
export const fold = (page: Page, name: string) => panel(page).getByText(name, { exact: true });
export const result = (page: Page) => page.getByRole('region', { name: 'Result', exact: true });

export async function openEncode(page: Page, file: string): Promise<void> {
  await start(page);
  await openFile(page, fixture(file));
  await expect(stage(page)).toBeVisible();
  await page.getByRole('tab', { name: 'Encode' }).click();
  await expect(result(page)).toContainText('SSIM');
}

/** A file as a page made it, and what the page says of it. */
export async function encode(page: Page, encoder: string, options: Record<string, number | string | boolean> = {}) {
  const made = await page.evaluate(async ([id, values]) => {
    const known = (await window.swizzle.encoders()).find((row) => row.id === id);
    const { bytes, facts } = await window.swizzle.encode(known?.id, values);
    return { bytes: Array.from(bytes), facts };
  }, [encoder, options] as const);
  return { ...made, bytes: Uint8Array.from(made.bytes) };
}

/** PSNR of a file against coffee.png, both read by a library that is not Swizzle. */
export async function psnrBySharp(bytes: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([sharp(fixture('coffee.png')), sharp(bytes)].map((image) => image.removeAlpha().raw().toBuffer({ resolveWithObject: true })));
  expect([b?.info.width, b?.info.height, b?.info.channels]).toEqual([600, 400, 3]);
  let squares = 0;
  for (let at = 0; at < 600 * 400 * 3; at += 1) squares += ((a?.data[at] ?? 0) - (b?.data[at] ?? 0)) ** 2;
  return 10 * Math.log10((255 ** 2 * 600 * 400 * 3) / squares);
}
