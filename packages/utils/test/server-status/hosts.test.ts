import { expect, test } from 'vitest';
import { hostsIn } from '../../src/server-status/hosts.ts';

test('names are parted by spaces, commas or ends of lines; remarks and empty lines are none', () => {
  expect(hostsIn('# ours\n a.test, b.test\r\n\nhttps://c.test/page#part  # the page\n\td.test:25\n')).toEqual([
    'a.test',
    'b.test',
    'https://c.test/page#part',
    'd.test:25',
  ]);
  expect(hostsIn('')).toEqual([]);
});
