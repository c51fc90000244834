import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { imageBytes } from '../src/kernels/index.ts';
import { PatternSource } from '../src/workers/stream/sources/pattern.ts';
import config from '../playwright.config.ts';
import { start, test, watch } from './lab.ts';

const [WIDTH, HEIGHT, FRAMES] = [640, 480, 30];
const camera = join(tmpdir(), `swizzle-camera-${String(process.pid)}`);

/** A camera whose pixels are known: the test pattern, each frame with its number. */
async function writeCamera(): Promise<string> {
  mkdirSync(camera, { recursive: true });
  const path = join(camera, 'pattern.y4m');
  const source = new PatternSource({ kind: 'pattern', width: WIDTH, height: HEIGHT, fps: 15, format: 'yuv420p', frames: FRAMES });
  const parts: Uint8Array[] = [Buffer.from(`YUV4MPEG2 W${String(WIDTH)} H${String(HEIGHT)} F15:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = await source.next(); frame !== undefined; frame = await source.next()) parts.push(Buffer.from('FRAME\n'), imageBytes(frame.image));
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

const { executablePath = '', args = [] } = config.use?.launchOptions ?? {};
const fakes = ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${await writeCamera()}`, '--auto-select-tab-capture-source-by-title=Shared by a test'];
test.use({ launchOptions: { executablePath, args: [...args, ...fakes] } });

const openView = (page: Page): Promise<void> => start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`);
const card = (page: Page) => page.getByRole('article', { name: 'Window 1' });
const choose = (page: Page, kind: string) => page.getByRole('complementary').getByRole('combobox', { name: 'Kind', exact: true }).selectOption(kind);

const counted = async (page: Page): Promise<readonly number[]> => /(\d+) opened · (\d+) closed/.exec(await page.getByRole('region', { name: 'VideoFrames' }).innerText())?.slice(1).map(Number) ?? [];

/** Enough frames for a leak to show. */
const expectFrames = (page: Page): Promise<void> => expect.poll(async () => (await counted(page))[0]).toBeGreaterThan(10);

async function expectNoLeak(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close the source' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled();
  await expect(async () => {
    const [opened, closed] = await counted(page);
    expect(opened).toBeGreaterThan(10);
    expect(closed).toBe(opened);
  }).toPass({ timeout: 5000 });
}

test('a camera of known pixels: its frames carry their numbers through the encoder', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  const problems = watch(page);
  await openView(page);
  await choose(page, 'camera');
  await page.getByRole('button', { name: 'Open the camera' }).click();
  await expect(page.getByRole('toolbar', { name: 'Playback' })).toContainText('640×480');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  const numbers = new Set<number>();
  await expect(async () => {
    const number = /decoded picture is frame (\d+)|frame (\d+) arrived/.exec(await card(page).innerText())?.slice(1).find((found) => found !== undefined);
    if (number !== undefined) numbers.add(Number(number));
    expect(numbers.size).toBeGreaterThan(4);
  }).toPass({ intervals: [120], timeout: 20_000 });
  expect(Math.max(...numbers)).toBeLessThan(FRAMES);
  await expectFrames(page);
  await expectNoLeak(page);
  expect(problems).toEqual([]);
});

test('a tab of known colour is captured; when it is closed, that is said in words and nothing leaks', async ({ page, context }) => {
  const shared = await context.newPage();
  await shared.setContent('<title>Shared by a test</title><body style="margin:0;background:rgb(0,128,255)"><style>@keyframes t{to{opacity:.99}}p{animation:t 50ms infinite alternate}</style><p>·</p>');
  await openView(page);
  await choose(page, 'screen');
  await page.getByRole('button', { name: 'Share…' }).click();
  await expect(card(page)).toContainText(/→ (vp8|vp9|av1|h264)/);
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  const { data, info } = await sharp(await page.getByRole('img', { name: 'Window 1, decoded again' }).screenshot()).raw().toBuffer({ resolveWithObject: true });
  const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  for (const [channel, expected] of [0, 128, 255].entries()) expect(Math.abs((data[middle + channel] ?? 0) - expected)).toBeLessThan(12);
  await expectFrames(page);
  await shared.close();
  await expect(page.getByRole('alert')).toContainText('The sharing of the tab, window or screen was stopped');
  await expectNoLeak(page);
});
