import { goneAfter, isAlive } from '@cookbook/lab/host';
import { describe, expect, test } from 'vitest';
import { KINDS, leavesOrphan } from '../src/kill/orphans.ts';
import { ask, askThenKill, ended, kill, killGroup, start, startLimited } from '../src/kill/recipe.ts';

const posix = process.platform !== 'win32';

test('a process in an endless loop is gone after SIGKILL', async () => {
  const { child, pid } = await start('loop');
  expect(await kill(child)).toBe('SIGKILL');
  expect(isAlive(pid)).toBe(false);
});

test.runIf(posix)('SIGTERM ends a process that does not handle it, though it computes', async () => {
  const { child } = await start('loop');
  ask(child);
  expect(await ended(child)).toBe('SIGTERM');
});

test.runIf(posix)('a process that handles SIGTERM and computes lives on, until it is killed', async () => {
  const { child, pid } = await start('deaf');
  ask(child);
  expect(await goneAfter(pid, 200)).toBe(undefined);
  expect(await askThenKill(child, 20)).toBe('SIGKILL');
  expect(isAlive(pid)).toBe(false);
});

test.runIf(posix)('asking suffices where the process does not handle it: nobody is killed', async () => {
  const { child } = await start('idle');
  expect(await askThenKill(child, 10_000)).toBe('SIGTERM');
});

test('an AbortSignal kills, and tells its AbortError while the process may still be there', async () => {
  const stop = new AbortController();
  const child = startLimited({ signal: stop.signal }, 'deaf');
  await new Promise((resolve) => child.once('message', resolve));
  const error = new Promise((resolve) => child.once('error', (reason) => resolve([reason.name, child.signalCode])));
  stop.abort();
  expect(await error).toEqual(['AbortError', null]);
  expect(await ended(child)).toBe('SIGKILL');
});

test('a timeout kills a process that takes longer, not before', async () => {
  const begin = performance.now();
  const child = startLimited({ timeout: 200 });
  expect(await ended(child)).toBe('SIGKILL');
  expect(performance.now() - begin).toBeGreaterThanOrEqual(199);
});

test('the end of a process that has long ended is told again', async () => {
  const { child } = await start('loop');
  await kill(child);
  expect(await ended(child)).toBe('SIGKILL');
  expect(await kill(child)).toBe('SIGKILL');
});

test.runIf(posix)('a group is killed as a whole', async () => {
  const { child: leader, pid } = await start('parent', ['loop', 'no lifeline'], { detached: true });
  expect(await killGroup(leader)).toBe('SIGKILL');
  expect(await goneAfter(pid, 20_000)).toBeDefined();
});

describe('of a parent that is killed', () => {
  test.each(KINDS)('a child that $name: left behind $orphan', async (kind) => {
    expect(await leavesOrphan(kind)).toBe(kind.orphan);
  });
});
