import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { fixture, openFile, settled, stage, start, test, valuesAt } from './lab.ts';

/** Takes a part away from the page, and from its workers, before anything of Swizzle runs. */
const TAKE_AWAY: Readonly<Record<string, string>> = {
  Worker: 'delete self.Worker;',
  WebAssembly: 'delete self.WebAssembly;',
  OffscreenCanvas: 'delete self.OffscreenCanvas;',
  SharedArrayBuffer: 'delete self.SharedArrayBuffer; Object.defineProperty(self, "crossOriginIsolated", { value: false });',
  WebGL2RenderingContext: 'delete self.WebGL2RenderingContext; if (self.OffscreenCanvas) { const own = OffscreenCanvas.prototype.getContext; OffscreenCanvas.prototype.getContext = function (kind, ...rest) { return kind === "webgl2" ? null : own.call(this, kind, ...rest); }; }',
  VideoFrame: 'for (const name of ["VideoFrame", "VideoEncoder", "VideoDecoder"]) delete self[name];',
  ImageDecoder: 'delete self.ImageDecoder;',
  ResizeObserver: 'delete self.ResizeObserver;',
  storage: 'for (const name of ["localStorage", "indexedDB"]) Object.defineProperty(self, name, { get() { throw new DOMException("refused", "SecurityError"); } });',
  serviceWorker: 'if (self.Navigator) delete Navigator.prototype.serviceWorker;',
};

test.use({ serviceWorkers: 'block' });

async function startWithout(page: Page, part: string): Promise<readonly string[]> {
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  const code = `{ ${TAKE_AWAY[part] ?? ''} }`;
  await page.addInitScript({ content: code });
  await page.route(/\.worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });
  await start(page);
  return problems;
}

/** Opens what it says is missing, and gives its words. */
async function said(page: Page): Promise<string> {
  await page.getByRole('contentinfo').getByRole('button', { name: /missing/ }).click();
  return page.getByRole('dialog', { name: 'This browser' }).innerText();
}

const TITLES: Readonly<Record<string, string>> = {
  WebAssembly: 'WebAssembly', OffscreenCanvas: 'OffscreenCanvas', SharedArrayBuffer: 'Shared memory', WebGL2RenderingContext: 'WebGL 2', VideoFrame: 'WebCodecs', ImageDecoder: 'ImageDecoder', ResizeObserver: 'ResizeObserver', storage: 'Storage', serviceWorker: 'Service worker',
};

for (const [part, title] of Object.entries(TITLES)) {
  test(`without ${title}, the page says so in one place, opens a PNG and converts it`, async ({ page }) => {
    const problems = await startWithout(page, part);
    await openFile(page, fixture('coffee.png'));
    await expect(stage(page)).toBeVisible();
    await settled(page);
    const source = await valuesAt(page, 3, 4);
    const converted = await page.evaluate(() => window.swizzle.convert('bgra').then(() => window.swizzle.pixel(3, 4, 'result')));
    expect(source).toEqual(converted.filter(({ component }) => component !== 'A').map(({ value }) => value).toReversed());
    expect(await said(page)).toContain(title);
    expect(problems).toEqual([]);
  });
}

test('without workers, the page starts and says at once that nothing can be opened', async ({ page }) => {
  const problems = await startWithout(page, 'Worker');
  await expect(page.getByRole('alert')).toContainText('This browser has no workers');
  await openFile(page, fixture('coffee.png'));
  await expect(page.getByRole('alert')).toContainText('no workers');
  expect(await said(page)).toContain('Nothing can be opened');
  expect(problems).toEqual([]);
});

test('with every part, nothing is said to be missing, and the licences are there', async ({ page, request }) => {
  await start(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('textbox', { name: 'Search commands' }).fill('licences');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'This browser' });
  await expect(dialog.getByRole('link', { name: /Licences/ })).toHaveAttribute('href', './licences.txt');
  const text = await (await request.get('licences.txt')).text();
  for (const name of ['react 19', 'mediabunny', 'MPL-2.0', 'OFL-1.1', 'opencv']) expect(text).toContain(name);
});
