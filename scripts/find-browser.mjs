// Finds a Chromium for the tests, or installs one: SWIZZLE_CHROMIUM, an installed one, Playwright's own, apt as root.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

const onPath = (name) => {
  const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

const installed = () => NAMES.map(onPath).find(Boolean) ?? (existsSync(MAC) ? MAC : undefined);

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function fromApt() {
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) return undefined;
  execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return installed();
}

/** The path of a Chromium; installs one where it may. */
export async function findBrowser() {
  const chosen = process.env['SWIZZLE_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') return chosen;
  const found = installed() ?? (await playwrightsOwn()) ?? fromApt();
  if (found === undefined) throw new Error('No Chromium was found. Install one, run `npx playwright install chromium`, or set SWIZZLE_CHROMIUM to its path.');
  return found;
}

if (import.meta.url === `file://${process.argv[1]}`) console.log(await findBrowser());
