import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.wasm': 'application/wasm', '.webmanifest': 'application/manifest+json' };

interface PlainHost {
  readonly address: string;
  readonly close: () => void;
  /** From now on the service worker is another version. */
  readonly publish: () => void;
}

/** Serves the built app as the plainest of hosts does: files, and no header beside their type. */
export async function plainHost(): Promise<PlainHost> {
  let version = '';
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname));
    const file = join('dist', path === '/' ? 'index.html' : path);
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    if (path === '/service.worker.js') response.end(`${readFileSync(file, 'utf8')}${version}`);
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => { server.listen(0, 'localhost', resolve); });
  const place = server.address();
  if (place === null || typeof place === 'string') throw new TypeError('The server has no port.');
  return { address: `http://localhost:${String(place.port)}/`, close: () => { server.close(); server.closeAllConnections(); }, publish: () => { version += '\n// another version'; } };
}
