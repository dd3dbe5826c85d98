import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, expect, test, vi } from 'vitest';
import { ways, withBoth } from '../src/deadlock/recipe.ts';
import { transferBothWays } from '../src/deadlock/proof/transfers.ts';
import { Mutex } from '../src/mutex/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';

afterEach(() => vi.restoreAllMocks());

test('two locks in opposite order: no transfer completes, both threads sleep, and they are ended', async () => {
  const { busyWhileStuck, ...ending } = await transferBothWays('opposite order', 1_000);
  expect(ending).toEqual({ end: 'deadlock', transfers: 0, balances: [0, 0], timesBackedOff: 0 });
  expect(busyWhileStuck).toBeLessThan(0.2);
});

test('one order: all of 1,000 transfers each way are done, without backing off', async () => {
  expect(await transferBothWays('one order', 1_000)).toEqual({
    end: 'finished',
    transfers: 2_000,
    balances: [0, 0],
    timesBackedOff: 0,
    busyWhileStuck: 0,
  });
});

test('back off: all of 1,000 transfers each way are done, though the second lock was taken at least once', async () => {
  const { timesBackedOff, ...ending } = await transferBothWays('back off', 1_000);
  expect(ending).toEqual({ end: 'finished', transfers: 2_000, balances: [0, 0], busyWhileStuck: 0 });
  expect(timesBackedOff).toBeGreaterThan(0);
});

test('back off: the first lock is let go each time, and the pauses are below 1 ms and of different lengths', () => {
  const wait = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
  const calls: string[] = [];
  const lock = (name: string, failures = 0) => ({
    lock: () => void calls.push(`lock ${name}`),
    tryLock: () => failures-- <= 0,
    unlock: () => void calls.push(`unlock ${name}`),
  });
  ways['back off']([lock('own'), lock('other', 8)], 0, 1);
  expect(calls).toEqual([...Array.from({ length: 8 }, () => ['lock own', 'unlock own']).flat(), 'lock own']);
  const pauses = wait.mock.calls.map(([, , , pause]) => pause!);
  expect(pauses.every((pause) => pause >= 0 && pause < 1)).toBe(true);
  expect(new Set(pauses).size).toBe(8);
});

test('a program that ended its deadlock exits by itself, with status 0', async () => {
  const program = fileURLToPath(new URL('./fixtures/deadlock-program.ts', import.meta.url));
  // Rejects on another status, and on the time limit.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program], { timeout: 10_000 });
  expect(JSON.parse(stdout)).toMatchObject({ end: 'deadlock', transfers: 0 });
  expect(stderr).toBe('');
});

test('an abort ends the threads and rejects with its reason', async () => {
  const stop = new AbortController();
  const stuck = transferBothWays('opposite order', 10, stop.signal);
  stop.abort(new Error('stopped by the reader'));
  await expect(stuck).rejects.toThrow('stopped by the reader');
});

test.each(Object.entries(ways))('%s: one lock twice is refused, and it is free afterwards', (_, take) => {
  const memory = sharedWords(2);
  const locks = [new Mutex(memory, 0), new Mutex(memory, 1)];
  expect(() => withBoth(take, locks, 1, 1, () => 'inside')).toThrow('Expected two different locks, got 1 twice');
  expect(locks[1]!.owner).toBeUndefined();
});
