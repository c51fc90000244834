import { COMMON_HEADERS, EXCEPTIONS, contentSecurityPolicy, headersOf, metaPolicy } from '../../src/workers/service/policy.ts';
import type { Plugin } from 'vite';

const lines = (headers: Readonly<Record<string, string>>): string[] => Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);

const isWorker = (path: string): boolean => /\.worker(-[^/]*)?\.js$/.test(path);

/**
 * `_headers` as Netlify and Cloudflare read it. Where several rules fit a file, their values are joined, so each policy stands by the full
 * names of its files: documents and workers, which are what has one.
 * @param files of the build, from its folder
 */
export function headersFile(files: readonly string[]): string {
  const withPolicy = ['/', '/index.html', '/service.worker.js', ...files.filter(isWorker).map((file) => `/${file}`).sort()];
  return [
    '/*', ...lines(COMMON_HEADERS),
    ...withPolicy.flatMap((path) => [path, ...lines({ 'Content-Security-Policy': contentSecurityPolicy(path) })]),
    // Names of these files tell their content; everything else is asked for again.
    '/assets/*', ...lines({ 'Cache-Control': 'public, max-age=31536000, immutable' }),
    '',
  ].join('\n');
}

/** The site as nginx serves it. @param root the folder of the build */
export const nginxConfig = (root = '/var/www/swizzle', port = 80): string => `map $uri $swizzle_policy {
  default "${contentSecurityPolicy('/')}";
${EXCEPTIONS.map(({ worker }) => `  ~/${worker.replace('.', '\\.')}- "${contentSecurityPolicy(`/${worker}-`)}";`).join('\n')}
}

map $uri $swizzle_cache {
  default "no-cache";
  ~^/assets/ "public, max-age=31536000, immutable";
}

server {
  listen ${String(port)};
  root ${root};
  types {
    text/html html;
    text/css css;
    text/javascript js;
    text/plain txt;
    image/svg+xml svg;
    image/png png;
    font/woff2 woff2;
    font/woff woff;
    application/wasm wasm;
    application/manifest+json webmanifest;
  }
${Object.entries(COMMON_HEADERS).map(([name, value]) => `  add_header ${name} "${value}" always;`).join('\n')}
  add_header Content-Security-Policy $swizzle_policy always;
  add_header Cache-Control $swizzle_cache;
}
`;

/** The site as Caddy serves it. What a later line of the route says of a header counts; outside a route, Caddy sets the common ones last. */
export const caddyConfig = (root = '/var/www/swizzle', address = 'swizzle.example.org'): string => `${address} {
	root * ${root}
	route {
		header {
${Object.entries(headersOf('/')).map(([name, value]) => `\t\t\t${name} "${value}"`).join('\n')}
			Cache-Control "no-cache"
		}
${EXCEPTIONS.map(({ worker }) => `\t\t@${worker.replace('.', '-')} path */${worker}-*\n\t\theader @${worker.replace('.', '-')} Content-Security-Policy "${contentSecurityPolicy(`/${worker}-`)}"`).join('\n')}
		@assets path /assets/*
		header @assets Cache-Control "public, max-age=31536000, immutable"
		file_server
	}
}
`;

/** Puts the policy into the page, `_headers` beside it, and both into what the preview server sends. */
export const policy = (): Plugin => ({
  name: 'policy',
  transformIndexHtml: { handler: (_, { server }) => (server === undefined ? [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() }, injectTo: 'head-prepend' }] : []) },
  generateBundle(_, bundle) {
    this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(Object.keys(bundle)) });
  },
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      for (const [name, value] of Object.entries(headersOf(pathname))) response.setHeader(name, value);
      next();
    });
  },
});
