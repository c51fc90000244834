import { defineConfig } from '@playwright/test';
import { findBrowser } from './scripts/find-browser.mjs';

const PORT = Number(process.env['SWIZZLE_PORT'] ?? 4173);
const executablePath = await findBrowser();
const args = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb', '--font-render-hinting=none', '--disable-partial-raster', '--num-raster-threads=1'];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/playwright',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 20_000, toHaveScreenshot: { maxDiffPixels: 0, threshold: 0, animations: 'disabled', caret: 'hide' } },
  snapshotPathTemplate: 'e2e/visual/snapshots/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/reports/playwright.json' }]],
  // A service worker keeps 120 files for offline use at each first visit, and a trace takes pictures all the time: each costs a test as much again as the page itself.
  use: { serviceWorkers: 'block', timezoneId: 'UTC', baseURL: `http://localhost:${String(PORT)}/`, launchOptions: { executablePath, args: ['--headless=new', ...args] }, trace: process.env['SWIZZLE_TRACE'] === undefined ? 'off' : 'retain-on-failure', screenshot: 'only-on-failure' },
  projects: [
    { name: 'e2e', testMatch: /e2e\/[^/]+\.spec\.ts$/ },
    // Playwright hides what differs from run to run by a style of its own, which the page's policy would refuse.
    { name: 'visual', testMatch: /e2e\/visual\/[^/]+\.spec\.ts$/, use: { bypassCSP: true } },
  ],
  webServer: { command: `npx vite preview --port ${String(PORT)} --strictPort`, url: `http://localhost:${String(PORT)}/`, reuseExistingServer: process.env['CI'] === undefined, timeout: 60_000 },
});
