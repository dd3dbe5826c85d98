import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { Semaphore } from '../src/semaphore/recipe.ts';
import { openFooBar, pairsOutOfTurn } from '../src/semaphore/proof/foo-bar.ts';
import { takePermits, takeTheLast } from '../src/semaphore/proof/permits.ts';
import type { LockCommand } from './fixtures/locks-task.ts';

afterEach(() => vi.restoreAllMocks());

test.each(['semaphores', 'one word'] as const)(
  'by %s two threads print FooBar n times, strictly in turn',
  async (way) => {
    const fooBar = openFooBar();
    for (const times of [1, 2, 20_000]) expect((await fooBar.run(way, times)).text).toBe('FooBar'.repeat(times));
    await fooBar.close();
  },
);

test('without semaphores they print as many of each, not in turn', async () => {
  const fooBar = openFooBar();
  const { text } = await fooBar.run('alone', 20_000);
  await fooBar.close();
  expect(pairsOutOfTurn(text)).toBeGreaterThan(0);
  expect(text.match(/Foo/g)).toHaveLength(20_000);
  expect(text.match(/Bar/g)).toHaveLength(20_000);
});

test('pairs out of turn are counted', () => {
  expect(['FooBarFooBar', 'FooFooBarBar', 'BarFooBarFoo', ''].map(pairsOutOfTurn)).toEqual([0, 2, 2, 0]);
});

test('any number of permits and threads: as many are out at once as there are permits, never more', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), async (permits, more) => {
      const taken = await takePermits(permits, permits + more, 1_000);
      expect(taken).toEqual({ most: permits, freeAfter: permits });
    }),
    { numRuns: 8 },
  );
});

test('the last permit is never taken by two threads', async () => {
  expect(await takeTheLast(8)).toBe(8);
});

test('any order of tries and releases: free permits are those of a model, and never below 0 or over the most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.boolean(), { maxLength: 60 }), (most, steps) => {
      const semaphore = Semaphore.create(most);
      let free = most;
      for (const acquire of steps) {
        if (acquire) {
          expect(semaphore.tryAcquire()).toBe(free > 0);
          free = Math.max(0, free - 1);
        } else if (free < most) {
          semaphore.release();
          free++;
        } else {
          expect(() => semaphore.release()).toThrow(`Expected a permit to be out, but all ${most} are in`);
        }
        expect(semaphore.free).toBe(free);
      }
    }),
  );
});

test('a permit that no thread waits for is given back without a wake', () => {
  const notify = vi.spyOn(Atomics, 'notify');
  Semaphore.create(1).withPermit(() => {});
  expect(notify).not.toHaveBeenCalled();
});

test('a wait in vain ends at its time limit; a permit of another thread ends it before', async () => {
  const threads = openThreads<LockCommand, { result: unknown }>(
    new URL('./fixtures/locks-task.ts', import.meta.url),
    1,
  );
  const semaphore = Semaphore.create(0, 1);
  expect(semaphore.tryAcquire()).toBe(false);
  expect(semaphore.tryAcquire(10)).toBe(false);
  const { memory } = semaphore;
  const waiting = threads.run([{ type: 'Semaphore', memory, call: 'tryAcquire', args: [10_000] }]);
  semaphore.release();
  expect((await waiting)[0]!.result).toBe(true);
  expect(semaphore.free).toBe(0);
  await threads.close();
});

test('a permit is given back where the body throws', () => {
  const semaphore = Semaphore.create(1);
  const fail = () => {
    throw new Error('the body failed');
  };
  expect(() => semaphore.withPermit(fail)).toThrow('the body failed');
  expect(semaphore.free).toBe(1);
});

test('numbers of permits out of range, and memory that is too small, are refused', () => {
  expect(() => Semaphore.create(1, 0)).toThrow('Expected `most` to be an integer from 1 to 4096, got 0');
  expect(() => Semaphore.create(3, 2)).toThrow('Expected `permits` to be an integer from 0 to 2, got 3');
  expect(() => Semaphore.create(-1)).toThrow('Expected `permits` to be an integer from 0 to 1, got -1');
  expect(() => new Semaphore(sharedWords(2))).toThrow('Expected `at` to be an integer from 0 to -1, got 0');
});
