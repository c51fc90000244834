import { expect, test } from 'vitest';
import { unreadable } from './unreadable.ts';

const file = new Uint8Array(500_000);

test.each([
  ['Error while decompressing the data: ', 'The PNG of 500\u202f000 B could not be read: Error while decompressing the data.'],
  ['wrong crc.', 'The PNG of 500\u202f000 B could not be read: wrong crc.'],
  ['', 'The PNG of 500\u202f000 B could not be read.'],
])('“%s” becomes a sentence', (message, what) => {
  expect(unreadable('PNG', file, new Error(message)).info).toMatchObject({ code: 'png/unreadable', what });
});
