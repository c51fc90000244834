import { chromium } from '@playwright/test';
const [,, port = '4300'] = process.argv;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--headless=new', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.on('pageerror', (e) => console.log('ERR', e.message)); page.on('console', (m) => { if (m.type() === 'error') console.log('CON', m.text()); });
await page.goto(`http://localhost:${port}/#${encodeURIComponent(JSON.stringify({ view: { id: 'bench' } }))}`);
await page.waitForTimeout(1500);
await page.screenshot({ path: '/tmp/w/b0.png' });
for (const name of ['OpenCV.js', 'simd, with transfer', 'simd, to the screen', 'simd, several threads']) { const box = page.getByRole('checkbox', { name, exact: true }); if (await box.count() && await box.isEnabled()) await box.check(); }

await page.getByRole('complementary').getByRole('button', { name: 'Measure', exact: true }).click();
await page.waitForTimeout(12000);
await page.screenshot({ path: '/tmp/w/b1.png' });
await page.getByRole('complementary').getByRole('button', { name: 'Measure', exact: true }).waitFor({ timeout: 240000 });
let i = 2;
for (const tab of ['Throughput', 'By size', 'By threads', 'Distribution', 'Table']) { await page.getByRole('tab', { name: tab, exact: true }).click(); await page.waitForTimeout(400); await page.screenshot({ path: `/tmp/w/b${i++}.png` }); }
const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save JSON' }).click()]);
await download.saveAs('/tmp/w/report.json');
await page.getByRole('tab', { name: 'Throughput', exact: true }).click(); await page.waitForTimeout(300);
const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
await png.saveAs('/tmp/w/report.png');
await browser.close();
