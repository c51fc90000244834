import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { PatternSource } from '../src/workers/stream/sources/pattern.ts';
import { encodeY4m } from '../src/kernels/codecs/y4m.ts';
import { imageBytes } from '../src/kernels/index.ts';
import type { ImageSpec } from '../src/kernels/index.ts';
import { fixture, start, test, watch } from './lab.ts';

const openView = (page: Page): Promise<void> => start(page, `#${encodeURIComponent(JSON.stringify({ view: { id: 'stream' } }))}`);

const card = (page: Page, id = 1) => page.getByRole('article', { name: `Window ${String(id)}` });
const field = (page: Page, name: string) => page.getByRole('complementary').getByRole('textbox', { name, exact: true });
const choice = (page: Page, name: string) => page.getByRole('complementary').getByRole('combobox', { name, exact: true });
const toggle = (page: Page, name: string) => page.getByRole('complementary').getByRole('checkbox', { name, exact: true });
const decisions = (page: Page, row: number) => page.getByRole('region', { name: 'Decisions' }).locator('tbody tr').filter({ has: page.locator('td:first-child', { hasText: new RegExp(`^${String(row)}$`) }) }).locator('td:last-child');

async function openPattern(page: Page): Promise<void> {
  await openView(page);
  await page.getByRole('button', { name: 'Open the test pattern' }).click();
  await expect(card(page)).toContainText('frame 0 arrived');
}

/** One frame on; waits until it is through every window. */
async function step(page: Page): Promise<void> {
  const sent = page.getByRole('toolbar', { name: 'Playback' });
  const before = await sent.innerText();
  await page.getByRole('button', { name: 'One frame on' }).click();
  await expect(sent).not.toHaveText(before);
  await page.waitForTimeout(50);
}

/** Every VideoFrame that was opened is closed again. */
async function expectNoLeak(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close the source' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled();
  const text = await page.getByRole('region', { name: 'VideoFrames' }).innerText();
  const [opened, closed] = /(\d+) opened · (\d+) closed/.exec(text)?.slice(1).map(Number) ?? [];
  expect(opened).toBeDefined();
  expect(closed).toBe(opened);
}

/** Frames of the pattern, as a file would hold them. */
async function patternFrames(spec: Pick<ImageSpec, 'format' | 'width' | 'height' | 'strides'>, count: number) {
  const source = new PatternSource({ kind: 'pattern', fps: 25, frames: count, ...spec });
  const frames: Uint8Array[] = [];
  const first = await source.next();
  for (let frame = first; frame !== undefined; frame = await source.next()) frames.push(spec.strides === undefined ? imageBytes(frame.image) : Uint8Array.from([...frame.image.planes.flatMap(({ bytes, stride }) => { const whole = new Uint8Array(Math.ceil(bytes.length / stride) * stride); whole.set(bytes); return [...whole]; })]));
  return frames;
}

/** A browser without an encoder of the codec that is asked sends JPEG. */
async function lacks(page: Page, name: string): Promise<boolean> {
  if (!(await page.getByText(`This browser has no ${name} encoder.`).isVisible())) return false;
  await step(page);
  await expect(card(page)).toContainText('→ jpeg');
  return true;
}

const psnrOf = async (page: Page): Promise<number> => Number(/([\d.]+) dB/.exec(await card(page).innerText())?.[1]);

for (const [codec, name] of [['vp8', 'VP8'], ['vp9', 'VP9'], ['av1', 'AV1'], ['h264', 'H.264']] as const) {
  test(`${name}: every frame comes back, in its colours, and every VideoFrame is closed`, async ({ page }) => {
    const problems = watch(page);
    await openPattern(page);
    await choice(page, 'Codec').selectOption(codec);
    if (await lacks(page, name)) return;
    for (const frame of [1, 2, 3]) {
      await step(page);
      await expect(card(page)).toContainText(`frame ${String(frame)} arrived`);
    }
    await expect(card(page)).toContainText(`→ ${codec}`);
    expect(await psnrOf(page)).toBeGreaterThan(30);
    await expect(decisions(page, 9)).toHaveText(codec === 'vp8' ? '3' : '2');
    await expectNoLeak(page);
    expect(problems).toEqual([]);
  });
}

for (const [codec, name] of [['vp8', 'VP8'], ['vp9', 'VP9'], ['av1', 'AV1'], ['h264', 'H.264']] as const) {
  test(`${name}: quality and speed change while it runs, by frame, in the same encoder`, async ({ page }) => {
    await openPattern(page);
    await choice(page, 'Codec').selectOption(codec);
    if (await lacks(page, name)) return;
    await field(page, 'Quality, −1: none').fill('95');
    for (const frame of [1, 2, 3]) {
      await step(page);
      await expect(card(page)).toContainText(`frame ${String(frame)} arrived`);
    }
    const fine = await psnrOf(page);
    await field(page, 'Quality, −1: none').fill('0');
    await field(page, 'Speed, −1: none').fill('10');
    for (const frame of [4, 5, 6, 7, 8]) {
      await step(page);
      await expect(card(page)).toContainText(`sent${String(frame + 1)}dropped0failed0`);
    }
    expect(await psnrOf(page)).toBeLessThan(fine);
    await page.getByRole('button', { name: 'Encoder log' }).click();
    await expect(page.getByText(`Made the ${codec} encoder`)).toHaveCount(1);
  });
}

test('a window idle for 5 s loses its encoder; the next frame makes another', async ({ page }) => {
  await openPattern(page);
  await page.getByRole('button', { name: 'Encoder log' }).click();
  await expect(page.getByText('Closed the vp8 encoder of 640×360: no frame for 5 s.')).toBeVisible();
  await step(page);
  await expect(card(page)).toContainText('The window sent nothing for 5 s, so its encoder was closed: another is made.');
  await expect(card(page)).toContainText('frame 1 arrived');
});

test('a client that decodes 4:4:4 gets it where an encoder makes it', async ({ page }) => {
  await openPattern(page);
  await choice(page, 'Codec').selectOption('vp9');
  await step(page);
  const halved = await psnrOf(page);
  await choice(page, 'dst_formats').selectOption('YUV444P YUV420P');
  await step(page);
  await expect(card(page)).toContainText('csc YUV420P → YUV444P');
  expect(await psnrOf(page)).toBeGreaterThan(halved);
  await choice(page, 'dst_formats').selectOption('YUV422P');
  for (const frame of [3, 4]) {
    await step(page);
    await expect(card(page)).toContainText(`frame ${String(frame)} arrived`);
    await expect(card(page)).toContainText('→ jpeg');
  }
});

test('what is claimed, and what is asked, decides: the rows of the table, one after another', async ({ page }) => {
  await openPattern(page);
  await expect(decisions(page, 8)).toHaveText('1');
  const cases: readonly (readonly [row: number, sent: string, set: () => Promise<unknown>])[] = [
    [1, 'mmap', () => choice(page, 'Encoding').selectOption('mmap')],
    [1, 'scroll', () => choice(page, 'Encoding').selectOption('scroll')],
    [2, 'jpeg', () => choice(page, 'Encoding').selectOption('jpeg')],
    [2, 'png', () => choice(page, 'Encoding').selectOption('png')],
    [7, 'jpeg', () => choice(page, 'Encoding').selectOption('r210')],
    [7, 'r210', () => toggle(page, 'JPEG encoder').uncheck()],
    [7, 'bgr565', () => choice(page, 'Encoding').selectOption('bgr565')],
    [3, 'bgr565', () => toggle(page, 'Raw passthrough').check()],
    [3, 'rgb24', () => choice(page, 'Encoding').selectOption('rgb24')],
    [3, 'rgb32', () => choice(page, 'Encoding').selectOption('rgb32')],
    [4, 'rgb32', async () => { await toggle(page, 'Raw passthrough').uncheck(); await toggle(page, 'Proxy flag').uncheck(); }],
  ];
  const counts: Record<number, number> = {};
  for (const [row, sent, set] of cases) {
    await set();
    await step(page);
    counts[row] = (counts[row] ?? 0) + 1;
    await expect(decisions(page, row)).toHaveText(String(counts[row]));
    await expect(card(page)).toContainText(`→ ${sent}`);
    await expect(card(page).getByText('failed', { exact: true }).locator('+ dd')).toHaveText('0');
  }
  await expect(card(page)).toContainText('same checksum');
});

test('passthrough sends real strides and the very samples', async ({ page }) => {
  await openPattern(page);
  await toggle(page, 'Raw passthrough').check();
  await choice(page, 'Encoding').selectOption('rgb24');
  await field(page, 'Width').last().fill('333');
  await step(page);
  await page.getByRole('button', { name: /^Why frame 1 of window 1/ }).click();
  const list = page.getByRole('region', { name: 'What became of the frames' });
  await expect(list).toContainText('RGB has no X byte, so nothing is cleared; rgb24, stride 1024 B.');
  await expect(card(page)).toContainText('same checksum · frame 1 arrived');
});

test('another size in mid-stream closes the encoder, makes another, and logs both values', async ({ page }) => {
  await openPattern(page);
  await field(page, 'Width').last().fill('320');
  await step(page);
  await expect(card(page)).toContainText('(size 640×360 → 320×360)');
  await expect(card(page)).toContainText('frame 1 arrived');
  await choice(page, 'Scaling').selectOption('1:2');
  await step(page);
  await expect(card(page)).toContainText('(scaling 1:1 → 1:2)');
  await expect(card(page)).toContainText('frame 2 arrived');
  await page.getByRole('button', { name: 'Encoder log' }).click();
  const log = page.getByRole('region', { name: 'What became of the frames' });
  await expect(log).toContainText('Closed the vp8 encoder of 640×360: size 640×360 → 320×360.');
  await expect(log.locator('li')).toHaveCount(5);
  await expectNoLeak(page);
});

test('windows are on their own: one is lost and comes back while the other goes on', async ({ page }) => {
  await openPattern(page);
  await page.getByRole('button', { name: 'Add a window' }).click();
  await choice(page, 'Codec').selectOption('vp9');
  await step(page);
  await expect(card(page, 1)).toContainText('→ vp8');
  await expect(card(page, 2)).toContainText('→ vp9');
  await page.getByRole('button', { name: 'Lose window 1' }).click();
  await step(page);
  await expect(card(page, 1)).toContainText('Window 1 is gone: dropped before encoding.');
  await expect(card(page, 2)).toContainText('frame 2 arrived');
  await page.getByRole('button', { name: 'Bring window 1 back' }).click();
  await step(page);
  await expect(card(page, 1)).toContainText('First frame of the window');
  await page.getByRole('button', { name: 'Remove window 2' }).click();
  await expect(card(page, 2)).toHaveCount(0);
  await expectNoLeak(page);
});

test('a dump of many frames with strides and a header: stepped, scrubbed, at its end, looped', async ({ page }) => {
  await openView(page);
  const frames = await patternFrames({ format: 'rgb565le', width: 160, height: 90, strides: [384] }, 4);
  const dump = Buffer.concat([Buffer.alloc(11), ...frames]);
  await choice(page, 'Kind').selectOption('raw');
  await page.getByRole('complementary').getByRole('combobox', { name: 'Format', exact: true }).click();
  await page.getByRole('combobox', { name: 'Search formats' }).fill('rgb565le');
  await page.getByRole('option', { name: /^rgb565le/ }).click();
  await field(page, 'Width').first().fill('160');
  await field(page, 'Height').first().fill('90');
  await field(page, 'Stride, 0: tight').fill('384');
  await field(page, 'Header bytes').fill('11');
  await toggle(page, 'Loop').uncheck();
  await page.getByLabel('File of moving pictures').setInputFiles({ name: 'dump.raw', mimeType: 'application/octet-stream', buffer: dump });
  await expect(page.getByRole('toolbar', { name: 'Playback' })).toContainText('frame 0 of 4');
  await expect(card(page)).toContainText('frame 0 arrived');
  await page.getByRole('slider', { name: 'Frame' }).fill('3');
  await expect(card(page)).toContainText('frame 3 arrived');
  await page.getByRole('button', { name: 'One frame back' }).click();
  await expect(card(page)).toContainText('frame 2 arrived');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Encoder log' }).click();
  await expect(page.getByText('The source is at its end.')).toBeVisible();
  await toggle(page, 'Loop').check();
  await page.getByRole('button', { name: 'One frame on' }).click();
  await expect(card(page)).toContainText('frame 0 arrived');
});

test('Y4M and an animated picture give their frames', async ({ page }) => {
  await openView(page);
  const spec = { format: 'yuv420p', width: 160, height: 90 } as const;
  const [one, two] = await patternFrames(spec, 2);
  const source = new PatternSource({ kind: 'pattern', fps: 25, ...spec });
  const first = await source.next();
  if (first === undefined || one === undefined || two === undefined) throw new Error('The pattern gave no frame.');
  const y4m = Buffer.concat([encodeY4m({ ...first.image, colorSpec: { range: 'full' } }), Buffer.from('FRAME\n'), two]);
  await choice(page, 'Kind').selectOption('y4m');
  await page.getByLabel('File of moving pictures').setInputFiles({ name: 'two.y4m', mimeType: 'video/x-yuv4mpeg', buffer: y4m });
  await expect(card(page)).toContainText('frame 0 arrived');
  await step(page);
  await expect(card(page)).toContainText('frame 1 arrived');

  const pages = await patternFrames({ format: 'rgb24', width: 160, height: 90 }, 3);
  const webp = await sharp(Buffer.concat(pages), { raw: { width: 160, height: 270, channels: 3, pageHeight: 90 } }).webp({ lossless: true, loop: 0, delay: [40, 40, 40] }).toBuffer();
  await choice(page, 'Kind').selectOption('animation');
  await page.getByLabel('File of moving pictures').setInputFiles({ name: 'three.webp', mimeType: 'image/webp', buffer: webp });
  await expect(page.getByRole('toolbar', { name: 'Playback' })).toContainText('frame 0 of 3');
  for (const frame of [1, 2]) {
    await step(page);
    await expect(card(page)).toContainText(`frame ${String(frame)} arrived`);
  }
  await expectNoLeak(page);
});

for (const [codec, name, extension] of [['vp9', 'VP9', 'webm'], ['h264', 'H.264', 'mp4']] as const) {
  test(`a recording of ${codec} is a ${extension} that opens again, frame for frame`, async ({ page }) => {
    await openPattern(page);
    await choice(page, 'Codec').selectOption(codec);
    if (await lacks(page, name)) return;
    await step(page);
    // A frame that is still on its way would be the first of the recording.
    await expect(card(page)).toContainText('frame 1 arrived');
    await page.getByRole('button', { name: 'Record window 1' }).click();
    for (let frame = 2; frame <= 6; frame += 1) await step(page);
    await expect(card(page)).toContainText('Recording: 5 frames');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: /^End the recording of window 1/ }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(`window-1.${extension}`);
    const buffer = await readFile(await download.path());
    await choice(page, 'Kind').selectOption('video');
    await page.getByLabel('File of moving pictures').setInputFiles({ name: download.suggestedFilename(), mimeType: `video/${extension}`, buffer });
    await expect(page.getByRole('toolbar', { name: 'Playback' })).toContainText('frame 0 of 5');
    for (const frame of [2, 3, 4, 5, 6]) {
      await expect(card(page)).toContainText(`The decoded picture is frame ${String(frame)}, not ${String(frame - 2)}.`);
      if (frame < 6) await step(page);
    }
    await page.getByRole('slider', { name: 'Frame' }).fill('3');
    await expect(card(page)).toContainText('The decoded picture is frame 5, not 3.');
    await expectNoLeak(page);
  });
}

for (const [file, what] of [['vfr-b.mp4', 'H.264 with B-frames'], ['vfr-alt.webm', 'VP9 of long and short frames'], ['vfr-hidden.webm', 'VP8 with packets that show nothing']] as const) {
  test(`${what}, each frame shown for a time of its own: scrubbed, stepped and looped to the right one`, async ({ page }) => {
    const problems = watch(page);
    await openView(page);
    await choice(page, 'Kind').selectOption('video');
    await page.getByLabel('File of moving pictures').setInputFiles(fixture(file));
    const playback = page.getByRole('toolbar', { name: 'Playback' });
    // The picture itself says its number; were it not that of the place, the card would say both.
    const expectShown = async (frame: number): Promise<void> => {
      await expect(playback).toContainText(`frame ${String(frame)} of 24`);
      await expect(card(page)).toContainText(`frame ${String(frame)} arrived`);
    };
    await expectShown(0);
    for (const frame of [23, 1, 13, 8, 11, 16, 22]) {
      await page.getByRole('slider', { name: 'Frame' }).fill(String(frame));
      await expectShown(frame);
    }
    for (const [button, frame] of [['on', 23], ['on', 0], ['on', 1], ['back', 0]] as const) {
      await page.getByRole('button', { name: `One frame ${button}` }).click();
      await expectShown(frame);
    }
    await page.getByRole('slider', { name: 'Frame' }).fill('12');
    for (const frame of [11, 10, 9]) {
      await expectShown(frame + 1);
      await page.getByRole('button', { name: 'One frame back' }).click();
      await expectShown(frame);
    }
    await expectNoLeak(page);
    expect(problems).toEqual([]);
  });
}

test('a recording without a video frame is refused in words, and so is a file that is none', async ({ page }) => {
  await openPattern(page);
  await toggle(page, 'Raw passthrough').check();
  await page.getByRole('button', { name: 'Record window 1' }).click();
  await step(page);
  await page.getByRole('button', { name: /^End the recording of window 1/ }).click();
  await expect(page.getByRole('alert')).toContainText('No frame of a video codec was sent');
  await choice(page, 'Kind').selectOption('video');
  await page.getByLabel('File of moving pictures').setInputFiles({ name: 'no.mp4', mimeType: 'video/mp4', buffer: Buffer.from('not a video at all') });
  await expect(page.getByRole('alert')).toContainText('“no.mp4” could not be read as moving pictures');
});

test('a camera that is not allowed, or not there, is said in words', async ({ page }) => {
  await openView(page);
  await choice(page, 'Kind').selectOption('camera');
  await page.getByRole('button', { name: 'Open the camera' }).click();
  await expect(page.getByRole('alert')).toContainText(/The permission to use the camera was denied|This machine has no camera/);
});

test('in the background frames go on and are not drawn, and it says so', async ({ page }) => {
  await openPattern(page);
  const setHidden = (isHidden: boolean): Promise<void> => page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
  await setHidden(true);
  await step(page);
  await step(page);
  await setHidden(false);
  await expect(page.getByRole('status').filter({ hasText: 'background' })).toContainText('2 frames were routed, encoded and checked meanwhile, none was drawn.');
  await page.getByRole('button', { name: 'Put away' }).click();
  await expect(page.getByText('none was drawn')).toHaveCount(0);
});

test('the view is accessible, in both themes and narrow', async ({ page }) => {
  await openPattern(page);
  for (const [colorScheme, width] of [['light', 1280], ['dark', 1280], ['dark', 390]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 844 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }
});

test('fields refuse what cannot be: the bounds are said, and the stream goes on with the last number that could', async ({ page }) => {
  await openPattern(page);
  const faults: readonly (readonly [string, string, RegExp])[] = [
    ['Quality, −1: none', '900', /−1 … 100/], ['Quality, −1: none', '50.5', /−1 … 100/], ['Speed, −1: none', '101', /−1 … 100/],
    ['Rows of × bytes', '1000000', /1 … 4\u202f096/], ['Play at, fps', '1e9', /0 … 1\u202f000/],
  ];
  for (const [name, text, bounds] of faults) {
    await field(page, name).fill(text);
    await expect(page.getByRole('alert')).toHaveText(bounds);
    await field(page, name).press('Escape');
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
  const width = page.getByRole('region', { name: 'Windows' }).getByRole('textbox', { name: 'Width' });
  for (const text of ['641', '100000']) {
    await width.fill(text);
    await expect(page.getByRole('alert')).toHaveText('A whole number, 2 … 640. A window is cut out of the source, which is no larger.');
  }
  await step(page);
  await expect(card(page)).toContainText('640×360');
});

test('compressed pixels are forwarded by row 2, and what an encoder does not heed is said', async ({ page }) => {
  await openPattern(page);
  await choice(page, 'Encoder options').selectOption('b_frames');
  await step(page);
  await expect(card(page)).toContainText('heeds none, and not b_frames 2');
  await choice(page, 'Compressed').selectOption('zlib');
  await step(page);
  await expect(card(page)).toContainText('The rgb32 pixels are compressed with zlib');
  await expect(card(page)).toContainText('same checksum');
});
