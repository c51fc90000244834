import { chromium } from '@playwright/test';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--headless=new', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
page.on('pageerror', (e) => console.log('ERR', e.message)); page.on('console', (m) => { if (m.type() === 'error') console.log('CON', m.text()); });
await page.goto(`http://localhost:4300/#${encodeURIComponent(JSON.stringify({ view: { id: 'bench' } }))}`);
await page.waitForTimeout(1500);
for (const name of process.argv.slice(2)) await page.getByRole('checkbox', { name, exact: true }).check();
await page.getByRole('complementary').getByRole('button', { name: 'Measure', exact: true }).click();
for (let i = 0; i < 60; i++) { await page.waitForTimeout(2000); const t = await page.getByRole('main').getByRole('status').textContent({ timeout: 500 }).catch(() => 'end'); console.log(i * 2, t); if (t === 'end') break; }
await page.getByRole('tab', { name: 'Table', exact: true }).click(); await page.waitForTimeout(300);
console.log(await page.locator('table').first().innerText());
await page.screenshot({ path: '/tmp/w/d.png' });
await browser.close();
