// Tasks that wait for a mutex beside threads that sleep for it: none loses the wake of another.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { Mutex } from '../src/mutex/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../src/read-write-lock/recipe.ts';
import { ReentrantMutex, REENTRANT_MUTEX_WORDS } from '../src/reentrant-mutex/recipe.ts';
import { Semaphore } from '../src/semaphore/recipe.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../src/starvation/recipe.ts';

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

/** A thread that does one of the things of fixtures/mutex-party.ts with a mutex over `memory`. */
async function party(memory: Int32Array, role: string): Promise<Worker> {
  const url = new URL('./fixtures/mutex-party.ts', import.meta.url);
  const worker = new Worker(url, { workerData: { memory, role }, execArgv: [] });
  workers.push(worker);
  await once(worker, 'message'); // it is about to wait
  return worker;
}

describe('a mutex', () => {
  test('wakes a thread that sleeps for it though a task of that thread waits too', async () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    mutex.lock();
    const both = await party(memory, 'lockAsync, then lock');
    await sleep(50);
    mutex.unlock();
    const [message] = await once(both, 'message', { signal: AbortSignal.timeout(5_000) });
    expect(message).toBe('locked');
  });

  test('wakes a thread that sleeps for it though a task that waits first has no time', async () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    mutex.lock();
    await party(memory, 'lockAsync, then compute');
    const sleeper = await party(memory, 'lock');
    await sleep(50);
    const start = performance.now();
    mutex.unlock();
    await once(sleeper, 'message', { signal: AbortSignal.timeout(5_000) });
    expect(performance.now() - start, 'ms until the thread had the lock').toBeLessThan(1_000);
  });

  test('wakes a thread that sleeps for it though a thread whose task waited is terminated', async () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    mutex.lock();
    const first = await party(memory, 'lockAsync, then compute');
    const sleeper = await party(memory, 'lock');
    await sleep(50);
    const locked = once(sleeper, 'message', { signal: AbortSignal.timeout(5_000) });
    mutex.unlock();
    await first.terminate();
    expect((await locked)[0]).toBe('locked');
  });

  test('lockAsync is given up by a signal, and the lock is free for others afterwards', async () => {
    const memory = sharedWords(1);
    const mutex = new Mutex(memory);
    const holder = await party(memory, 'hold');
    const stop = new AbortController();
    const reason = new Error('the caller went away');
    const waiting = mutex.lockAsync(Infinity, stop.signal);
    setTimeout(() => stop.abort(reason), 20);
    await expect(waiting).rejects.toBe(reason);
    await expect(mutex.lockAsync(0, AbortSignal.abort(reason))).rejects.toBe(reason);
    holder.postMessage('unlock');
    expect(await mutex.lockAsync(5_000)).toBe(true);
    mutex.unlock();
  });

  test('withLockAsync holds the lock over an await, and gives it back where the body rejects', async () => {
    const mutex = new Mutex(sharedWords(1));
    const seen: string[] = [];
    const body = (name: string) => async () => {
      seen.push(`${name} in`);
      await sleep(5);
      seen.push(`${name} out`);
    };
    await Promise.all([mutex.withLockAsync(body('a')), mutex.withLockAsync(body('b'))]);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out']);
    const failing = mutex.withLockAsync(() => Promise.reject(new Error('the body failed')));
    await expect(failing).rejects.toThrow('the body failed');
    expect(mutex.owner).toBeUndefined();
  });
});

const REFUSED = 'Expected the section to be done when it returns, got a promise';
const locks = {
  mutex: new Mutex(sharedWords(1)),
  reentrant: new ReentrantMutex(sharedWords(REENTRANT_MUTEX_WORDS)),
  semaphore: Semaphore.create(1),
  readWrite: new ReadWriteLock(sharedWords(READ_WRITE_LOCK_WORDS)),
  ticket: new TicketLock(sharedWords(TICKET_LOCK_WORDS)),
};

describe('a section that returns a promise is refused, by the compiler and at run time, and the lock is given back', () => {
  const body = async (): Promise<number> => 1;
  test.each([
    // @ts-expect-error -- a promise is no result of a section
    ['Mutex.withLock', () => locks.mutex.withLock(body)],
    // @ts-expect-error -- a promise is no result of a section
    ['ReentrantMutex.withLock', () => locks.reentrant.withLock(body)],
    // @ts-expect-error -- a promise is no result of a section
    ['Semaphore.withPermit', () => locks.semaphore.withPermit(body)],
    // @ts-expect-error -- a promise is no result of a section
    ['ReadWriteLock.withRead', () => locks.readWrite.withRead(body)],
    // @ts-expect-error -- a promise is no result of a section
    ['ReadWriteLock.withWrite', () => locks.readWrite.withWrite(body)],
    // @ts-expect-error -- a promise is no result of a section
    ['TicketLock.withLock', () => locks.ticket.withLock(body)],
  ])('%s', (_, run) => {
    expect(run).toThrow(REFUSED);
    expect(run).toThrow(REFUSED); // it was given back
  });
});

test.each([2 ** 31, 2 ** 40])('a semaphore of %i permits is refused: a word holds fewer', (most) => {
  expect(() => Semaphore.create(1, most)).toThrow('Expected `most` to be an integer from 1 to 4096');
});
