import { LabError } from '../../kernels/index.ts';

/** Bytes of a file in `samples/`. They lie beside the page; a worker is told where by its own address. */
export async function fetchSample(file: string): Promise<Uint8Array> {
  const base = new URL(import.meta.env.BASE_URL, self.location.href);
  const root = import.meta.env.DEV ? new URL('/', base) : new URL('../../', self.location.href);
  const response = await fetch(new URL(`samples/${file}`, root));
  if (!response.ok) throw new LabError({ code: 'sample/missing', what: `The sample ${file} could not be loaded (${String(response.status)}).`, remedy: 'Reload the page once while online; samples are kept for offline use after that.' });
  return new Uint8Array(await response.arrayBuffer());
}
