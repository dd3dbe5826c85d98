import { once } from 'node:events';
import { threadId, Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { openContest } from '../src/mutex/proof/contest.ts';
import { Mutex } from '../src/mutex/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import type { LockCommand } from './fixtures/locks-task.ts';

const HELD = 'Expected the lock not to be held by this thread already';
const NOT_HELD = 'Expected the lock to be held by this thread';

const open = (count: number) =>
  openThreads<LockCommand, { threadId: number; result: unknown }>(
    new URL('./fixtures/locks-task.ts', import.meta.url),
    count,
  );

async function untilContended(mutex: Mutex): Promise<void> {
  while (!mutex.contended) await new Promise((resolve) => setTimeout(resolve, 1));
}

afterEach(() => vi.restoreAllMocks());

describe('mutual exclusion', () => {
  test('any number of threads and entries: one inside at a time, no update lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 3_000 }), async (threads, times) => {
        const contest = openContest(threads);
        try {
          expect(await contest.run('mutex', times)).toMatchObject({
            counted: threads * times,
            expected: threads * times,
            overlaps: 0,
            most: 1,
          });
        } finally {
          await contest.close();
        }
      }),
      { numRuns: 8 },
    );
  });

  test.each([2, 8])('of a million updates by %i threads none is lost', async (threads) => {
    const contest = openContest(threads);
    const { counted } = await contest.run('mutex, unwatched', 1_000_000 / threads);
    await contest.close();
    expect(counted).toBe(1_000_000);
  });

  test('a flag that is tested, then set, lets two in', async () => {
    const contest = openContest(2);
    const { overlaps, most } = await contest.run('flag', 1);
    await contest.close();
    expect({ overlaps, most }).toEqual({ overlaps: 1, most: 2 });
  });
});

describe('a lock that no thread waits for', () => {
  test('is taken without a wait and given back without a wake', () => {
    const notify = vi.spyOn(Atomics, 'notify');
    const wait = vi.spyOn(Atomics, 'wait');
    const mutex = new Mutex(sharedWords(1));
    for (let n = 0; n < 100; n++) mutex.withLock(() => {});
    expect(notify).not.toHaveBeenCalled();
    expect(wait).not.toHaveBeenCalled();
  });

  test('names its owner while it is held, and none after', () => {
    const mutex = new Mutex(sharedWords(1));
    expect(mutex.withLock(() => mutex.owner)).toBe(threadId);
    expect(mutex.owner).toBeUndefined();
  });

  test('withLock returns what the body returns, and gives the lock back where the body throws', () => {
    const mutex = new Mutex(sharedWords(1));
    expect(mutex.withLock(() => 'done')).toBe('done');
    const fail = () => {
      throw new Error('the body failed');
    };
    expect(() => mutex.withLock(fail)).toThrow('the body failed');
    expect(mutex.owner).toBeUndefined();
  });
});

describe('a lock that another thread holds', () => {
  test('is not to be had at once or within a time limit, only after it is given back', async () => {
    const threads = open(1);
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    const [holder] = await threads.run([{ type: 'Mutex', memory, call: 'lock' }]);
    expect(mutex.owner).toBe(holder!.threadId);
    expect(mutex.tryLock()).toBe(false);
    const start = performance.now();
    expect(mutex.tryLock(30)).toBe(false);
    expect(performance.now() - start).toBeGreaterThanOrEqual(29);
    expect(() => mutex.unlock()).toThrow(NOT_HELD);
    await threads.run([{ type: 'Mutex', memory, call: 'unlock' }]);
    expect(mutex.tryLock(30)).toBe(true);
    await threads.close();
  });

  test('lockAsync leaves the event loop free until it has the lock, and gives up after its time limit', async () => {
    const threads = open(1);
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    await threads.run([{ type: 'Mutex', memory, call: 'lock' }]);
    expect(await mutex.lockAsync(20)).toBe(false);

    let turns = 0;
    const ticking = setInterval(() => turns++, 1);
    const locked = mutex.lockAsync();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(turns, 'turns of the event loop while it waited').toBeGreaterThan(3);
    expect(mutex.owner).not.toBe(threadId);
    await threads.run([{ type: 'Mutex', memory, call: 'unlock' }]);
    expect(await locked).toBe(true);
    expect(mutex.owner).toBe(threadId);
    clearInterval(ticking);
    await threads.close();
  });

  test('a thread that has nothing else to do than to wait by lockAsync stays alive until it has the lock', async () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    mutex.lock();
    const url = new URL('./fixtures/lock-async.ts', import.meta.url);
    const thread = new Worker(url, { workerData: memory, execArgv: [] });
    const exit = once(thread, 'exit');
    const messages: string[] = [];
    thread.on('message', (message) => messages.push(message));
    await Promise.race([exit, untilContended(mutex)]);
    // Long enough for a thread that nothing keeps alive to end.
    await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 50))]);
    mutex.unlock();
    expect(await exit).toEqual([0]);
    expect(messages).toEqual(['locked']);
  });

  test('a waiter that is woken in vain and gives up has marked the lock: its new holder wakes the others', () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    const [first, second] = [77, 78]; // other threads, by the number in the word
    memory[0] = first;
    vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      memory[0] = second; // given back, and taken by one that never slept
      for (const end = performance.now() + 6; performance.now() < end;);
      return 'ok';
    });
    expect(mutex.tryLock(5)).toBe(false);
    expect(mutex.owner).toBe(second - 1);
    expect(mutex.contended, 'the new holder is to wake the others').toBe(true);
  });

  test('recover frees what a thread that is gone held, and nothing else', async () => {
    const threads = open(1);
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    const [holder] = await threads.run([{ type: 'Mutex', memory, call: 'lock' }]);
    expect(mutex.tryLock(1), 'marks it as waited for').toBe(false);
    await threads.close();
    expect(mutex.owner, 'after its holder was ended').toBe(holder!.threadId);
    expect(mutex.recover(holder!.threadId + 1)).toBe(false);
    expect(mutex.recover(holder!.threadId)).toBe(true);
    expect(mutex.tryLock()).toBe(true);
  });
});

describe('misuse', () => {
  test('lock by its own holder is refused, tryLock is not', () => {
    const mutex = new Mutex(sharedWords(1));
    mutex.lock();
    expect(() => mutex.lock()).toThrow(HELD);
    expect(mutex.tryLock()).toBe(false);
  });

  test('unlock of a lock that is not held is refused', () => {
    const mutex = new Mutex(sharedWords(1));
    expect(() => mutex.unlock()).toThrow(NOT_HELD);
    mutex.withLock(() => {});
    expect(() => mutex.unlock()).toThrow(NOT_HELD);
  });

  test.each([1, -1, 0.5, NaN])('a word %s outside of the memory is refused', (at) => {
    expect(() => new Mutex(sharedWords(1), at)).toThrow(`Expected \`at\` to be an integer from 0 to 0, got ${at}`);
  });

  test('memory that is not shared is refused', () => {
    const own = new Int32Array(1) as never;
    expect(() => new Mutex(own)).toThrow('Expected `memory` to be an Int32Array over a SharedArrayBuffer');
  });
});
