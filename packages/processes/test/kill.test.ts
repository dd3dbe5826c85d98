import { goneAfter, isAlive } from '@cookbook/lab/host';
import { expect, test } from 'vitest';
import { startFamily } from '../src/end-with-parent/proof/orphans.ts';
import { start, startLimited } from '../src/kill/proof/ends.ts';
import { askThenKill, ended, kill, killGroup } from '../src/kill/recipe.ts';

const posix = process.platform !== 'win32';

test('a process in an endless loop is gone after SIGKILL', async () => {
  const child = await start('loop');
  expect(await kill(child)).toBe('SIGKILL');
  expect(isAlive(child.pid!)).toBe(false);
});

test.runIf(posix)('SIGTERM ends a process that does not handle it, though it computes', async () => {
  const child = await start('loop');
  child.kill('SIGTERM');
  expect(await ended(child)).toBe('SIGTERM');
});

test.runIf(posix)('a process that handles SIGTERM and computes lives on, until it is killed', async () => {
  const child = await start('handles');
  child.kill('SIGTERM');
  expect(await goneAfter(child.pid!, 200)).toBe(undefined);
  expect(await askThenKill(child, 20)).toBe('SIGKILL');
  expect(isAlive(child.pid!)).toBe(false);
});

test.runIf(posix)('a process that does not handle SIGTERM ends by that, and is not killed', async () => {
  const child = await start('idle');
  expect(await askThenKill(child, 10_000)).toBe('SIGTERM');
});

test('an AbortSignal kills, and its AbortError comes while the process may still be there', async () => {
  const stop = new AbortController();
  const child = startLimited('handles', { signal: stop.signal });
  await new Promise((resolve) => child.once('message', resolve));
  const error = new Promise((resolve) => child.once('error', (reason) => resolve([reason.name, child.signalCode])));
  stop.abort();
  expect(await error).toEqual(['AbortError', null]);
  expect(await ended(child)).toBe('SIGKILL');
});

test('a timeout kills a process that takes longer, not before', async () => {
  const begin = performance.now();
  const child = startLimited('loop', { timeout: 200 });
  expect(await ended(child)).toBe('SIGKILL');
  expect(performance.now() - begin).toBeGreaterThanOrEqual(199);
});

test('how a process ended can be asked for again', async () => {
  const child = await start('loop');
  await kill(child);
  expect(await ended(child)).toBe('SIGKILL');
  expect(await kill(child)).toBe('SIGKILL');
});

test.runIf(posix)('a group is killed as a whole', async () => {
  const { parent: leader, child } = await startFamily('computes', { tied: false, group: true });
  expect(await killGroup(leader)).toBe('SIGKILL');
  expect(await goneAfter(child, 20_000)).toBeDefined();
});
