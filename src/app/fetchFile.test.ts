import { describe, expect, test } from 'vitest';
import { LabError } from '../kernels/index.ts';
import type { Fetching } from './fetchFile.ts';
import { fetchFile } from './fetchFile.ts';

const BASE = 'https://lab.example/app/';

/** A host that has `/app/a.png`, sends `/app/here` on to it and `/app/away` to another origin, and keeps an account of what it was asked. */
function host(): { readonly asked: string[]; readonly browser: Fetching } {
  const asked: string[] = [];
  const reply = (status: number, type: ResponseType = 'basic'): Awaited<ReturnType<Fetching['fetch']>> => ({ ok: status === 200, status, statusText: status === 404 ? 'Not Found' : '', type, blob: () => Promise.resolve(new Blob(['bytes'])) });
  const fetch: Fetching['fetch'] = (address, { redirect }) => {
    asked.push(address);
    const { protocol, pathname } = new URL(address);
    if (protocol === 'blob:' || pathname === '/offline') return Promise.reject(new TypeError('Failed to fetch'));
    if (pathname.startsWith('/away') || pathname.startsWith('/here')) {
      if (redirect === 'manual') return Promise.resolve(reply(0, 'opaqueredirect'));
      return pathname.startsWith('/away') ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(reply(200));
    }
    return Promise.resolve(reply(pathname === '/none.png' ? 404 : pathname === '/broken' ? 500 : 200));
  };
  return { asked, browser: { base: BASE, fetch } };
}

const circle: { self?: unknown } = {};
circle.self = circle;

describe('is refused with a code, and nothing of another origin is asked', () => {
  test.each([
    ['another origin', 'https://other.example/a.png', 'automation/origin'],
    ['another port', 'https://lab.example:8443/a.png', 'automation/origin'],
    ['another scheme', 'http://lab.example/a.png', 'automation/origin'],
    ['no scheme', '//other.example/a.png', 'automation/origin'],
    ['backslashes', '\\\\other.example\\a.png', 'automation/origin'],
    ['a script', 'javascript:alert(1)', 'automation/address'],
    ['a script, hidden', ' java\nscript:alert(1)', 'automation/address'],
    ['a local file', 'file:///etc/passwd', 'automation/address'],
    ['an FTP address', 'ftp://lab.example/a.png', 'automation/address'],
    ['about:blank', 'about:blank', 'automation/address'],
    ['no address', 'https://', 'automation/address'],
    ['a port that is none', 'https://lab.example:99999/', 'automation/address'],
    ['nothing', '', 'automation/address'],
    ['blanks', '   ', 'automation/address'],
    ['a blob of another origin', 'blob:https://other.example/1', 'automation/origin'],
    ['a blob of nobody', 'blob:null/1', 'automation/origin'],
    ['null', null, 'automation/file'], ['undefined', undefined, 'automation/file'], ['a number', 7, 'automation/file'], ['NaN', Number.NaN, 'automation/file'],
    ['an object', { name: 'a.png' }, 'automation/file'], ['a circle', circle, 'automation/file'], ['a BigInt', 7n, 'automation/file'], ['a symbol', Symbol('a'), 'automation/file'],
    ['a function', () => 'a.png', 'automation/file'], ['a list', [['a.png']], 'automation/file'],
  ])('%s', async (_, given, code) => {
    const { asked, browser } = host();
    const thrown: unknown = await fetchFile(given, browser).catch((error: unknown) => error);
    expect(thrown instanceof LabError ? thrown.code : thrown).toBe(code);
    expect(asked).toEqual([]);
  });

  test.each([
    ['a dead blob', 'blob:https://lab.example/1-2', 'automation/unreachable', /revoked/],
    ['no network', '/offline', 'automation/unreachable', /Failed to fetch/],
    ['a page that is not there', '/none.png', 'automation/status', /answered 404 Not Found instead of a file/],
    ['a host that fails', '/broken', 'automation/status', /answered 500 instead/],
    ['what leads to another origin', '/away', 'automation/redirect', /leads on to another origin/],
  ])('%s', async (_, given, code, said) => {
    const thrown: unknown = await fetchFile(given, host().browser).catch((error: unknown) => error);
    expect(thrown instanceof LabError ? thrown.code : thrown).toBe(code);
    expect(thrown instanceof LabError ? thrown.message : '').toMatch(said);
  });
});

test.each([
  ['a.png', 'a.png'], ['/b.png?size=2#top', 'b.png'], ['caf%C3%A9.png', 'café.png'], ['%E0%A4%A', '%E0%A4%A'], ['/here', 'here'], ['https://lab.example/', 'file'], ['data:image/png;base64,AA/BB', 'file'],
])('%s is fetched and called “%s”', async (given, name) => {
  expect((await fetchFile(given, host().browser)).name).toBe(name);
});

test('a File is taken as it is', async () => {
  const file = new File([], 'a.png');
  expect(await fetchFile(file, host().browser)).toBe(file);
});
