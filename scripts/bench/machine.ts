import { cpus, totalmem } from 'node:os';

/** What the figures were measured on. */
export function machine(): { readonly cpu: string; readonly cores: number; readonly memoryGiB: number; readonly node: string; readonly platform: string; readonly date: string } {
  const [first] = cpus();
  return { cpu: first?.model ?? 'unknown', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version, platform: `${process.platform} ${process.arch}`, date: new Date().toISOString() };
}
