import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Packages that are part of the build though the lockfile counts them as tools. */
const BUNDLED_TOOLS = ['@techstark/opencv-js', 'workbox-core', 'workbox-precaching', 'workbox-routing', 'workbox-strategies'];

interface Licence {
  readonly name: string;
  readonly version: string;
  /** Its SPDX expression. */
  readonly licence: string;
  readonly text: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function readJson(path: string): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(value)) throw new TypeError(`${path} holds no object.`);
  return value;
}

const string = (value: unknown, what: string): string => { if (typeof value === 'string') return value; throw new TypeError(`${what} is missing.`); };

function licenceOf(folder: string): Licence {
  const facts = readJson(join(folder, 'package.json'));
  const name = string(facts['name'], `The name of ${folder}`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)([-.].*)?$/i.test(file)).sort();
  return { name, version: string(facts['version'], `${name}’s version`), licence: string(facts['license'], `${name}’s licence`), text: files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n') };
}

/** Every package that the build has code or fonts of, by the lockfile. @param root the project’s folder */
export function bundledLicences(root: string): readonly Licence[] {
  const { packages } = readJson(join(root, 'package-lock.json'));
  if (!isRecord(packages)) throw new TypeError('The lockfile has no packages.');
  const folders = Object.entries(packages).flatMap(([path, row]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isTool = isRecord(row) && (row['dev'] === true || row['devOptional'] === true);
    const isCode = path !== '' && !name.startsWith('@types/') && (!isTool || BUNDLED_TOOLS.includes(name));
    return isCode && existsSync(join(root, path, 'package.json')) ? [join(root, path)] : [];
  });
  return folders.map(licenceOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

const RULE = '─'.repeat(72);

/** One text of all licences, the project’s own first. */
export function licencesText(root: string): string {
  const own = `Swizzle\n\n${readFileSync(join(root, 'LICENSE'), 'utf8').trim()}`;
  const others = bundledLicences(root).map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text === '' ? `Its package holds no text; the licence is ${licence}.` : text}`);
  return `${[own, ...others].join(`\n\n${RULE}\n\n`)}\n`;
}

/** Ships the licences beside the app as `licences.txt`. */
export const licences = (): Plugin => ({
  name: 'licences',
  configureServer: ({ config, middlewares }) => {
    middlewares.use('/licences.txt', (_, response) => { response.setHeader('Content-Type', 'text/plain; charset=utf-8').end(licencesText(config.root)); });
  },
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'licences.txt', source: licencesText(process.cwd()) });
  },
});
