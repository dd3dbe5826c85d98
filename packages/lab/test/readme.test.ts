import { expect, test } from 'vitest';
import { fillBlock, readBlock } from '../src/readme.ts';

const readme = '# Title\n\n<!-- begin:a -->\nold\n<!-- end:a -->\n\nrest\n';

test('a block is filled and read, and nothing else is touched', () => {
  const filled = fillBlock(readme, 'a', 'new\n');
  expect(filled).toBe('# Title\n\n<!-- begin:a -->\n\nnew\n\n<!-- end:a -->\n\nrest\n');
  expect(readBlock(filled, 'a')).toBe('new');
  expect(fillBlock(filled, 'a', 'new')).toBe(filled);
});

test.each([readme.replace('begin:a', 'begin:b'), readme + readme, readme.replace('<!-- end:a -->', '')])(
  'a block that is not there once is refused',
  (text) => expect(() => fillBlock(text, 'a', 'new')).toThrow("Expected one block from '<!-- begin:a -->'"),
);
