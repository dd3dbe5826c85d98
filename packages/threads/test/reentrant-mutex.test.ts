import { threadId } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { Mutex } from '../src/mutex/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { nest, refusals } from '../src/reentrant-mutex/proof/nested.ts';
import { ReentrantMutex } from '../src/reentrant-mutex/recipe.ts';
import type { LockCommand } from './fixtures/locks-task.ts';

const NOT_HELD = 'Expected the lock to be held by this thread';

const open = (count: number) =>
  openThreads<LockCommand, { threadId: number; result: unknown }>(
    new URL('./fixtures/locks-task.ts', import.meta.url),
    count,
  );

describe('a reentrant mutex', () => {
  test('is free once it has been given back as often as it was taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), (depth) => {
        const memory = sharedWords(2);
        const mutex = new ReentrantMutex(memory);
        const inner = new Mutex(memory);
        for (let n = 0; n < depth; n++) mutex.lock();
        for (let n = 0; n < depth; n++) {
          expect(inner.owner).toBe(threadId);
          mutex.unlock();
        }
        expect(inner.owner).toBeUndefined();
        expect(() => mutex.unlock()).toThrow(NOT_HELD);
      }),
    );
  });

  test('may be taken again inside withLock, by another object over the same memory too, and not by another thread', async () => {
    const memory = sharedWords(2);
    const [outer, inner] = [new ReentrantMutex(memory), new ReentrantMutex(memory)];
    expect(outer.withLock(() => inner.withLock(() => 'inside'))).toBe('inside');
    const threads = open(1);
    await threads.run([{ type: 'Mutex', memory, call: 'lock' }]);
    expect(outer.tryLock(5)).toBe(false);
    expect(() => outer.unlock()).toThrow(NOT_HELD);
    await threads.close();
  });
});

test('recover frees what a thread that is gone took twice, for one lock and unlock by the next', async () => {
  const threads = open(1);
  const memory = sharedWords(2);
  const mutex = new ReentrantMutex(memory);
  const [holder] = await threads.run([{ type: 'Mutex', memory, call: 'lock' }]);
  memory[1] = 2; // as if by the reentrant lock
  await threads.close();
  expect(mutex.recover(holder!.threadId + 1)).toBe(false);
  expect(mutex.recover(holder!.threadId)).toBe(true);
  mutex.withLock(() => mutex.withLock(() => {}));
  expect(new Mutex(memory).owner, 'after as many unlocks as locks').toBeUndefined();
});

test('four threads that nest their sections: one inside at a time, no update lost', async () => {
  expect(await nest(4, 2_000)).toEqual({ taken: 24_000, overlaps: 0, lost: 0 });
});

test('a plain mutex refuses its holder every time', () => {
  expect(refusals(3)).toBe(3);
});
