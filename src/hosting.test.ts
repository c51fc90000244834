import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { caddyConfig, headersFile, nginxConfig } from '../scripts/build/hosting.ts';
import { PARTS } from './app/parts.ts';
import { COMMON_HEADERS, EXCEPTIONS, contentSecurityPolicy, metaPolicy } from './workers/service/policy.ts';

const page = (name: string): string => readFileSync(join(import.meta.dirname, '../docs', name), 'utf8');

const block = (text: string, kind: string): string | undefined => text.split(`\`\`\`${kind}\n`)[1]?.split('```')[0];

const BUILD = ['assets/index-Ab1.js', 'assets/image.worker-Cd2.js', ...EXCEPTIONS.map(({ worker }) => `assets/${worker}-Ef3.js`)];

/** `_headers` as hosts read it: what a path gets from all rules that fit. */
function headersFor(path: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let isFitting = false;
  for (const line of headersFile(BUILD).split('\n')) {
    if (!line.startsWith(' ')) isFitting = line.endsWith('*') ? path.startsWith(line.slice(0, -1)) : line === path;
    else if (isFitting) {
      const [name = '', ...value] = line.trim().split(': ');
      found.set(name, [...(found.get(name) ?? []), value.join(': ')]);
    }
  }
  return found;
}

describe('hosting', () => {
  test('the page has the configurations as they are generated', () => {
    expect(block(page('HOSTING.md'), 'nginx')).toBe(nginxConfig());
    expect(block(page('HOSTING.md'), 'caddy')).toBe(caddyConfig());
    for (const { worker, why } of EXCEPTIONS) expect(page('HOSTING.md')).toContain(`\`${worker}\` is an exception: ${why}`);
  });

  test('meta element, _headers, nginx and Caddy carry one policy', () => {
    const policy = contentSecurityPolicy('/');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.split('; ').filter((directive) => !metaPolicy().split('; ').includes(directive))).toEqual(["frame-ancestors 'none'"]);
    for (const path of ['/', '/index.html', '/service.worker.js', '/assets/image.worker-Cd2.js']) expect(headersFor(path).get('Content-Security-Policy')).toEqual([policy]);
    expect(nginxConfig()).toContain(`default "${policy}";`);
    expect(caddyConfig()).toContain(`Content-Security-Policy "${policy}"`);
  });

  test.each(EXCEPTIONS.map(({ worker }) => worker))('%s has its exception at every host, and once', (worker) => {
    const policy = contentSecurityPolicy(`/assets/${worker}-Ef3.js`);
    expect(policy).not.toBe(contentSecurityPolicy('/'));
    expect(headersFor(`/assets/${worker}-Ef3.js`).get('Content-Security-Policy')).toEqual([policy]);
    for (const config of [nginxConfig(), caddyConfig()]) expect(config.split('\n').filter((line) => line.includes(worker.replace('.', '\\.')) || line.includes(worker.replace('.', '-'))).join('\n')).toContain(`"${policy}"`);
  });

  test('every host sends the common headers', () => {
    for (const [name, value] of Object.entries(COMMON_HEADERS)) {
      expect(headersFor('/assets/index-Ab1.js').get(name)).toEqual([value]);
      for (const config of [nginxConfig(), caddyConfig()]) expect(config).toContain(`${name} "${value}"`);
    }
  });

  test('_headers keeps Cloudflare’s limits: 100 rules, 2000 characters a line', () => {
    const lines = headersFile(BUILD).split('\n');
    expect(lines.filter((line) => line.startsWith('/')).length).toBeLessThanOrEqual(100);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(2000);
  });
});

test('the page about browsers has the rows that the app reads', () => {
  const rows = page('BROWSERS.md').split('\n').filter((line) => line.startsWith('| ')).slice(1);
  expect(rows).toEqual(PARTS.map(({ id, title, without, isEssential }) => `| ${title}${isEssential === true ? ' (needed)' : ''} | \`${id}\` | ${without} |`));
});
