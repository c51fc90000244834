import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FOLDERS = ['src', 'e2e', 'docs', 'public', 'scripts'];

const pages = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')).map((name) => join(ROOT, name)),
  ...FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => join(ROOT, folder, name))),
];

/** Names of places in a text: links to files, and in code quotes what begins with a folder of the project. */
function places(page: string): readonly string[] {
  const text = readFileSync(page, 'utf8');
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].flatMap(([, to]) => (to === undefined || /^[a-z]+:/.test(to) ? [] : [join(dirname(page), to)]));
  const quoted = [...text.matchAll(/`((?:src|e2e|docs|scripts|public)\/[^`\s*…]+)`/g)].flatMap(([, path]) => (path === undefined ? [] : [join(ROOT, path)]));
  return [...links, ...quoted];
}

describe('the texts', () => {
  test('name no place that is not there', () => {
    const missing = pages.flatMap((page) => places(page).filter((path) => !existsSync(path)).map((path) => `${relative(ROOT, page)}: ${relative(ROOT, path)}`));
    expect(missing).toEqual([]);
  });

  test('are where a newcomer looks', () => {
    const names = new Set(pages.map((page) => relative(ROOT, page)));
    for (const name of ['README.md', 'CONTRIBUTING.md', 'docs/ARCHITECTURE.md', 'docs/GLOSSARY.md', 'docs/TESTING.md', 'src/kernels/README.md', 'src/workers/README.md', 'src/app/README.md', 'e2e/README.md']) expect(names).toContain(name);
  });
});
