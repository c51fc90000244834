// Installs the dependencies when they are missing or older than the lockfile. Uses nothing that would have to be installed.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const isFresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;
// A checkout touches package-lock.json without changing it: in CI the install has just been made.
if (!isFresh && !(existsSync(installed) && process.env['CI'])) {
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exit(status ?? 1);
}
