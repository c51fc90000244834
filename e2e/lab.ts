import type {} from '../src/app/automation.ts';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';

export const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);

/** coffee.png as NV12, BT.601 full range, point-sampled chroma: SHA-256 by an oracle that is not Swizzle. */
export const COFFEE_NV12_SHA256 = '1bc4f6f95d47e7089213bef8473a50583062b11f64ddb278dce3e14d6fa3528f';

/** Collects what a page must never say: errors of scripts, and of the content security policy. */
export function watch(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  return problems;
}

/** How browsers word that the policy of the site forbids something, in the page or in a worker. */
const POLICY_COMPLAINT = /Content[- ]Security[- ]Policy|Trusted ?(Type|Script|HTML)|Permissions-Policy/i;

/** Whatever the policy forbids on any page of a context is kept. */
function watchPolicy(context: BrowserContext, complaints: string[]): void {
  const note = (text: string): void => { if (POLICY_COMPLAINT.test(text)) complaints.push(text); };
  context.on('console', (message) => note(message.text()));
  context.on('weberror', (error) => note(error.error().message));
}

/** As Playwright's, and a test fails when the policy forbade anything on any page, however that was opened. */
export const test = base.extend<{ readonly policy: undefined }>({
  policy: [async ({ browser, context }, use) => {
    const complaints: string[] = [];
    const watchOther = (other: BrowserContext): void => watchPolicy(other, complaints);
    watchPolicy(context, complaints);
    browser.on('context', watchOther);
    await use(undefined);
    browser.off('context', watchOther);
    expect(complaints, 'what the policy forbade').toEqual([]);
  }, { auto: true }],
});

export async function start(page: Page, hash = ''): Promise<void> {
  await page.goto(`./${hash}`);
  await expect(page.getByRole('navigation', { name: 'Sources' })).toBeVisible();
}

export async function openFile(page: Page, files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]): Promise<void> {
  await page.locator('#open-files').setInputFiles(files);
}

export const settled = (page: Page): Promise<void> => page.evaluate(() => window.swizzle.ready());

export const stage = (page: Page) => page.locator('[data-stage]');

/** Chooses a format in a picker by typing one of its names. */
export async function pickFormat(page: Page, search: string, id: string): Promise<void> {
  await page.getByRole('complementary').getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('combobox', { name: 'Search formats' }).fill(search);
  await page.getByRole('option', { name: new RegExp(`^${id}\\b`) }).click();
}

/** The values of a pixel of the active image; while there is none, or it is being replaced, why: a poll goes on after a value, and ends at an error. */
export const valuesAt = (page: Page, x: number, y: number): Promise<readonly number[] | string> => page.evaluate(([column, row]) => window.swizzle.pixel(column, row).then((samples) => samples.map(({ value }) => value), String), [x, y] as const);
