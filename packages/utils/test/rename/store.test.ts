import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStateFolder, journalPath, newId } from '../../src/rename/journal/store.ts';
import { place } from './support.ts';

const tail = join('concurrency-cookbook', 'rename');

test.each([
  ['$XDG_STATE_HOME on every system', { XDG_STATE_HOME: join(homedir(), 'x') }, 'darwin', join(homedir(), 'x')],
  [
    'the home folder, where $XDG_STATE_HOME is relative',
    { XDG_STATE_HOME: 'x' },
    'linux',
    join(homedir(), '.local', 'state'),
  ],
  ['the library on macOS', {}, 'darwin', join(homedir(), 'Library', 'Application Support')],
  ['%LOCALAPPDATA% on Windows', { LOCALAPPDATA: 'local' }, 'win32', 'local'],
] as const)('the journals lie in %s', (_, env, platform, folder) => {
  expect(defaultStateFolder(env, platform)).toBe(join(folder, tail));
});

test('ids are numbered on, whatever the clock says', () => {
  const folder = place().root;
  const numbers = [1e12, 0, 86_400_000].map((time) => {
    const id = newId(folder, new Date(time));
    writeFileSync(journalPath(folder, id), '');
    return id.split('-')[0];
  });
  expect(numbers).toEqual(['1', '2', '3']);
  for (let number = 4; number <= 11; number++) writeFileSync(journalPath(folder, newId(folder)), '');
  expect(newId(folder)).toMatch(/^12-\d{8}T\d{6}-[0-9a-f]{4}$/);
});
