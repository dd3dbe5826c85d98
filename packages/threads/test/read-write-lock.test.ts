import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { openReadersAndWriters } from '../src/read-write-lock/proof/readers-and-writers.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../src/read-write-lock/recipe.ts';
import type { LockCommand } from './fixtures/locks-task.ts';

const HELD = 'Expected the lock not to be held by this thread already';

const create = () => new ReadWriteLock(sharedWords(READ_WRITE_LOCK_WORDS));
const open = (count: number) =>
  openThreads<LockCommand, { result: unknown }>(new URL('./fixtures/locks-task.ts', import.meta.url), count);

afterEach(() => vi.restoreAllMocks());

describe('between threads', () => {
  test('any number of readers and writers: readers together, writers alone, no half of a write is read, no write is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), async (readers, writers) => {
        const threads = openReadersAndWriters(readers, writers);
        try {
          const { nsPerAccess: _, ...seen } = await threads.run('read-write lock', 2_000);
          expect(seen).toEqual({ written: writers * 2_000, tornReads: 0, mostReaders: readers, writerOverlaps: 0 });
        } finally {
          await threads.close();
        }
      }),
      { numRuns: 6 },
    );
  });

  test('a million accesses by 8 threads, 4 of them writers, and none is lost', async () => {
    const threads = openReadersAndWriters(4, 4);
    expect(await threads.run('read-write lock', 125_000)).toMatchObject({
      written: 500_000,
      tornReads: 0,
      writerOverlaps: 0,
    });
    await threads.close();
  });

  test('without a lock a reader sees half of a write', async () => {
    const threads = openReadersAndWriters(1, 1);
    expect((await threads.run('nothing', 1)).tornReads).toBe(1);
    await threads.close();
  });

  test('a second reader is let in while one reads, a writer is not until both have left', async () => {
    const threads = open(1);
    const memory = sharedWords(READ_WRITE_LOCK_WORDS);
    const lock = new ReadWriteLock(memory);
    await threads.run([{ type: 'ReadWriteLock', memory, call: 'lockRead' }]);
    expect(lock.tryLockWrite()).toBe(false);
    expect(lock.tryLockRead()).toBe(true);
    lock.unlockRead();
    expect(lock.tryLockWrite(5)).toBe(false);
    await threads.run([{ type: 'ReadWriteLock', memory, call: 'unlockRead' }]);
    expect(lock.tryLockWrite(1_000)).toBe(true);
    await threads.close();
  });

  test('while one thread writes, no other is let in, to read or to write', async () => {
    const threads = open(1);
    const memory = sharedWords(READ_WRITE_LOCK_WORDS);
    const lock = new ReadWriteLock(memory);
    await threads.run([{ type: 'ReadWriteLock', memory, call: 'lockWrite' }]);
    expect([lock.tryLockRead(), lock.tryLockWrite(), lock.tryLockRead(5)]).toEqual([false, false, false]);
    await threads.run([{ type: 'ReadWriteLock', memory, call: 'unlockWrite' }]);
    expect(lock.tryLockRead(1_000)).toBe(true);
    await threads.close();
  });

  test('a writer that waits goes before readers that come later, and lets them in once it gives up', async () => {
    const [reader, writer] = [open(1), open(1)];
    const memory = sharedWords(READ_WRITE_LOCK_WORDS);
    const lock = new ReadWriteLock(memory);
    await reader.run([{ type: 'ReadWriteLock', memory, call: 'lockRead' }]);
    const waiting = writer.run([{ type: 'ReadWriteLock', memory, call: 'tryLockWrite', args: [150] }]);
    const deadline = performance.now() + 5_000;
    while (lock.tryLockRead() && performance.now() < deadline) {
      lock.unlockRead();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(lock.tryLockRead(), 'while a writer waits').toBe(false);
    // Asleep when the writer gives up: it is woken by that, and not by its own time limit.
    const start = performance.now();
    expect(lock.tryLockRead(5_000), 'after it gave up').toBe(true);
    expect(performance.now() - start).toBeLessThan(4_000);
    expect((await waiting)[0]!.result).toBe(false);
    await Promise.all([reader.close(), writer.close()]);
  });
});

describe('misuse', () => {
  test.each([
    ['lockRead', 'lockRead'],
    ['lockRead', 'lockWrite'],
    ['lockWrite', 'lockRead'],
    ['lockWrite', 'lockWrite'],
  ] as const)('%s, then %s on one thread is refused: it would wait for itself', (first, second) => {
    const lock = create();
    lock[first]();
    expect(() => lock[second]()).toThrow(HELD);
  });

  test('unlock of a lock that is not held, or not in that way, is refused', () => {
    const lock = create();
    const reading = 'Expected the lock to be held for reading by this thread';
    const writing = 'Expected the lock to be held for writing by this thread';
    expect(() => lock.unlockRead()).toThrow(reading);
    expect(() => lock.unlockWrite()).toThrow(writing);
    lock.lockRead();
    expect(() => lock.unlockWrite()).toThrow(writing);
    lock.unlockRead();
    lock.lockWrite();
    expect(() => lock.unlockRead()).toThrow(reading);
  });

  test('the lock is given back where a body throws', () => {
    const lock = create();
    const fail = () => {
      throw new Error('the body failed');
    };
    expect(() => lock.withRead(fail)).toThrow('the body failed');
    expect(() => lock.withWrite(fail)).toThrow('the body failed');
    expect(lock.tryLockWrite()).toBe(true);
  });
});

test('no wake is sent where no thread sleeps', () => {
  const notify = vi.spyOn(Atomics, 'notify');
  const lock = create();
  expect(lock.withRead(() => 'read') + lock.withWrite(() => 'written')).toBe('readwritten');
  expect(notify).not.toHaveBeenCalled();
});
