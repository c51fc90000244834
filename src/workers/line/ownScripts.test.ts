import { expect, test } from 'vitest';
import { ownAddress } from './ownScripts.ts';

const BASE = 'https://lab.example/swizzle/index.html';

test.each(['assets/image.worker-1.js', '/other/worker.js', 'https://lab.example/worker.js', 'https://lab.example:443/worker.js', 'blob:https://lab.example/6c1a', './service.worker.js'])('%s is of this site, and stays as it was written', (address) => expect(ownAddress(address, BASE)).toBe(address));

test.each(['https://other.example/worker.js', '//other.example/worker.js', 'http://lab.example/worker.js', 'https://lab.example:8443/worker.js', 'https://lab.example.other.example/worker.js', 'https://lab.example@other.example/worker.js', '\\\\other.example\\worker.js', 'blob:https://other.example/6c1a', 'data:text/javascript,1', 'javascript:1', 'blob:null/6c1a'])('%s is refused', (address) => expect(() => ownAddress(address, BASE)).toThrow(/^Scripts come from https:\/\/lab\.example alone, not from /));
