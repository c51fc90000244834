import { expect, test } from 'vitest';
import { faultOf, faultsTogether } from './openFaults.ts';

const empty = faultOf('a.png', { code: 'open/empty', what: 'This is an empty file.', remedy: 'Get it again.' });
const pdf = faultOf('b.pdf', { code: 'open/pdf', what: 'This is PDF.', remedy: 'Export the page as PNG.' });

test('a fault names its file', () => expect(empty.what).toBe('“a.png”: This is an empty file.'));

test('no fault is no notice, and one is told as it is', () => {
  expect(faultsTogether([])).toBeUndefined();
  expect(faultsTogether([empty])).toBe(empty);
});

test('several are counted, and each has its line with its remedy', () => {
  expect(faultsTogether([empty, pdf])?.what.split('\n')).toEqual(['2 files could not be opened.', '“a.png”: This is an empty file. Get it again.', '“b.pdf”: This is PDF. Export the page as PNG.']);
});
