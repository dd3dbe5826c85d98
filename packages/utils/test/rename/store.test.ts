import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultStateFolder, newId } from '../../src/rename/journal/store.ts';

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

test('ids sort by time', () => {
  const times = [0, 999, 1_000, 86_400_000, 1e12];
  const ids = times.map((time) => newId(new Date(time)));
  expect(ids.toSorted()).toEqual(ids);
});
