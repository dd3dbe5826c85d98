// Threads that are killed while they hold a lock, or wait for one, and tasks that wait: what is left works.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { sharedWords } from '../src/mutex/shared-words.ts';
import type { SharedWords } from '../src/mutex/shared-words.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../src/read-write-lock/recipe.ts';
import { Semaphore } from '../src/semaphore/recipe.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../src/starvation/recipe.ts';
import { entrances, WORDS } from './fixtures/lock-entrances.ts';
import type { Entrance } from './fixtures/lock-entrances.ts';
import { changed } from './fixtures/lock-steps.ts';

/** Longer than any wake takes on a busy machine; what is never woken fails. */
const LIMIT_MS = 8_000;

const workers: Worker[] = [];
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
});

interface Party {
  readonly id: number;
  readonly inside: Promise<unknown>;
  /** Resolves once it has left. */
  leave(): Promise<void>;
  kill(): Promise<unknown>;
}

/** A thread of fixtures/lock-party.ts, which is in or asleep by now. */
async function party(memory: SharedWords, entrance: Entrance, role = 'enter'): Promise<Party> {
  const url = new URL('./fixtures/lock-party.ts', import.meta.url);
  const state = sharedWords(2);
  const worker = new Worker(url, { workerData: { memory, state, entrance, role }, execArgv: [] });
  const id = worker.threadId; // -1 once it is gone
  workers.push(worker);
  const inside = once(worker, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
  inside.catch(() => {});
  await changed(state);
  const leave = async (): Promise<void> => {
    const left = once(worker, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
    worker.postMessage('leave');
    await left;
  };
  return { id, inside, leave, kill: () => worker.terminate() };
}

/** Who keeps a way in shut, and by which: a writer keeps readers out, and a reader a writer. */
const KEEPERS: readonly (readonly [Entrance, by: Entrance])[] = [
  ['mutex', 'mutex'],
  ['semaphore', 'semaphore'],
  ['reader', 'writer'],
  ['writer', 'reader'],
  ['writer', 'writer'],
  ['ticket', 'ticket'],
];

describe.each(KEEPERS)('a thread that waits as %s behind a %s', (entrance, keeper) => {
  test.each(['enter', 'enterAsync'])('is let in by recover after the holder was killed (%s)', async (role) => {
    const memory = sharedWords(WORDS[entrance]);
    const holder = await party(memory, keeper);
    await holder.inside;
    const waiting = await party(memory, entrance, role);
    await holder.kill();
    expect(entrances[entrance](memory).recover(holder.id + 1_000)).toBeFalsy();
    entrances[entrance](memory).recover(holder.id);
    expect(await waiting.inside).toEqual(['in']);
  });

  test.each(['enter', 'enterAsync'])(
    'is let in after another that waited was killed and recovered (%s)',
    async (role) => {
      const memory = sharedWords(WORDS[entrance]);
      const holder = await party(memory, keeper);
      await holder.inside;
      const killed = await party(memory, entrance, role);
      const waiting = await party(memory, entrance);
      await killed.kill();
      entrances[entrance](memory).recover(killed.id);
      await holder.leave();
      expect(await waiting.inside).toEqual(['in']);
    },
  );

  test('is let in where the other is killed as it is woken, and recovered then', async () => {
    const memory = sharedWords(WORDS[entrance]);
    const holder = await party(memory, keeper);
    await holder.inside;
    const computing = await party(memory, entrance, 'enterAsync, then compute');
    const waiting = await party(memory, entrance);
    await holder.leave(); // the task is woken, and its thread has no time for it
    await computing.kill();
    entrances[entrance](memory).recover(computing.id);
    expect(await waiting.inside).toEqual(['in']);
  });

  test('has a task of this thread before or after it, and both get in', async () => {
    const memory = sharedWords(WORDS[entrance]);
    const door = entrances[entrance](memory);
    const holder = await party(memory, keeper);
    await holder.inside;
    const task = door.enterAsync().then(() => door.leave());
    const waiting = await party(memory, entrance);
    await holder.leave();
    expect(await waiting.inside).toEqual(['in']);
    await waiting.leave();
    await task;
  });

  test('gives up by a signal, with its reason, and holds nobody up', async () => {
    const memory = sharedWords(WORDS[entrance]);
    const door = entrances[entrance](memory);
    const holder = await party(memory, keeper);
    await holder.inside;
    const stop = new AbortController();
    const reason = new Error('the caller went away');
    const given = door.enterAsync(stop.signal).catch((error: unknown) => error);
    const waiting = await party(memory, entrance);
    stop.abort(reason);
    expect(await given).toBe(reason);
    await expect(door.enterAsync(AbortSignal.abort(reason))).rejects.toBe(reason);
    await holder.leave();
    expect(await waiting.inside).toEqual(['in']);
  });
});

test.each(['mutex', 'semaphore', 'writer'] as const)('a %s task that computes holds up no thread', async (entrance) => {
  const memory = sharedWords(WORDS[entrance]);
  const holder = await party(memory, entrance);
  await holder.inside;
  await party(memory, entrance, 'enterAsync, then compute');
  const waiting = await party(memory, entrance);
  const start = performance.now();
  await holder.leave();
  await waiting.inside;
  expect(performance.now() - start, 'ms; the task computes for 3,000').toBeLessThan(2_000);
});

describe('a body that awaits', () => {
  const bodies = (seen: string[]) => (name: string) => async () => {
    seen.push(`${name} in`);
    await sleep(5);
    seen.push(`${name} out`);
  };

  test.each([
    ['Semaphore', () => Semaphore.create(1)],
    ['ReadWriteLock', () => new ReadWriteLock(sharedWords(READ_WRITE_LOCK_WORDS))],
    ['TicketLock', () => new TicketLock(sharedWords(TICKET_LOCK_WORDS))],
  ])('has the %s until its promise is settled, and gives it back where that rejects', async (_, create) => {
    const lock = create();
    const run = <T>(body: () => Promise<T>): Promise<T> =>
      lock instanceof Semaphore
        ? lock.withPermitAsync(body)
        : lock instanceof ReadWriteLock
          ? lock.withWriteAsync(body)
          : lock.withLockAsync(body);
    const seen: string[] = [];
    const body = bodies(seen);
    await Promise.all([run(body('a')), run(body('b'))]);
    expect(seen).toEqual(['a in', 'a out', 'b in', 'b out']);
    await expect(run(() => Promise.reject(new Error('the body failed')))).rejects.toThrow('the body failed');
    await run(body('c'));
    expect(seen.at(-1)).toBe('c out');
  });

  test('reads beside another that reads, and not beside one that writes', async () => {
    const lock = new ReadWriteLock(sharedWords(READ_WRITE_LOCK_WORDS));
    const seen: string[] = [];
    const body = bodies(seen);
    await Promise.all([lock.withReadAsync(body('a')), lock.withReadAsync(body('b')), lock.withWriteAsync(body('w'))]);
    expect(seen).toEqual(['a in', 'b in', 'a out', 'b out', 'w in', 'w out']);
  });
});

test('what a killed thread had is counted: permits, and whether it wrote', async () => {
  const { memory } = Semaphore.create(2);
  const [one, other] = [await party(memory, 'semaphore'), await party(memory, 'semaphore')];
  await Promise.all([one.kill(), other.kill()]);
  const semaphore = new Semaphore(memory);
  expect(semaphore.free).toBe(0);
  expect([semaphore.recover(one.id), semaphore.recover(one.id)]).toEqual([1, 0]);
  expect(semaphore.free).toBe(1);

  const words = sharedWords(READ_WRITE_LOCK_WORDS);
  const lock = new ReadWriteLock(words);
  const reader = await party(words, 'reader');
  await reader.kill();
  expect(lock.recover(reader.id)).toBe(false);
  const writer = await party(words, 'writer');
  await writer.kill();
  expect(lock.recover(writer.id)).toBe(true);
});

test('a seat whose recovery was cut short is recovered with the thread that recovered it', () => {
  const words = sharedWords(READ_WRITE_LOCK_WORDS);
  const lock = new ReadWriteLock(words);
  const [reader, recoverer] = [40, 41];
  words[4] = -(recoverer + 1); // the first seat, taken over from the reader; its bit is still set
  words[3] = 1;
  lock.recover(reader);
  expect(lock.tryLockWrite()).toBe(false);
  lock.recover(recoverer);
  expect(lock.tryLockWrite()).toBe(true);
});

test('a thread that waits behind a task of its own is refused by the ticket lock: its turn would never come', async () => {
  const memory = sharedWords(TICKET_LOCK_WORDS);
  const lock = new TicketLock(memory);
  const holder = await party(memory, 'ticket');
  await holder.inside;
  const task = lock.lockAsync();
  expect(() => lock.lock()).toThrow('Expected no task of this thread to wait for the lock');
  await holder.leave();
  await task;
  expect(lock.owner).toBe(0);
  lock.unlock();
});
