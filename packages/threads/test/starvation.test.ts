import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../src/starvation/recipe.ts';
import { leastShare, openTurns } from '../src/starvation/proof/turns.ts';
import type { LockCommand } from './fixtures/locks-task.ts';

const HELD = 'Expected the lock not to be held by this thread already';
const NOT_HELD = 'Expected the lock to be held by this thread';

const open = () => openThreads<LockCommand, unknown>(new URL('./fixtures/locks-task.ts', import.meta.url), 1);
const create = () => new TicketLock(sharedWords(TICKET_LOCK_WORDS));

afterEach(() => vi.restoreAllMocks());

describe('a ticket lock', () => {
  test('serves any number of threads in the order of their tickets, one at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 5 }), async (threads) => {
        const turns = openTurns(threads);
        try {
          const { tickets, page } = await turns.run('ticket', 2_000); // no thread is without a core for all that time
          expect(tickets).toEqual(tickets.map((_, turn) => turn));
          expect(new Set(page).size, 'threads that had a turn').toBe(threads);
        } finally {
          await turns.close();
        }
      }),
      { numRuns: 4 },
    );
  });

  test('serves more threads than it has seats', async () => {
    const turns = openTurns(20);
    const { tickets } = await turns.run('ticket', 400);
    await turns.close();
    expect(tickets).toEqual(tickets.map((_, turn) => turn));
  });

  test('wakes the thread whose turn it is, though one with a later ticket fell asleep on the same seat before', async () => {
    const [late, next] = [open(), open()];
    const memory = sharedWords(TICKET_LOCK_WORDS);
    const lock = new TicketLock(memory);
    const asleepWith = async (ticket: number) => {
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      while (Atomics.load(memory, 0) !== ticket + 1) await wait(1);
      await wait(40); // drawn, and by now asleep
    };
    const command = { type: 'TicketLock', memory, call: 'lock' } as const;
    lock.lock(); // ticket 0
    memory[0] = 17; // the next ticket: its seat is that of ticket 1
    const never = late.run([command]).catch(() => 'ended'); // it is never served here
    await asleepWith(17);
    memory[0] = 1;
    const served = next.run([command]);
    await asleepWith(1);
    lock.unlock();
    expect(await served).toMatchObject([{ result: 1 }]);
    await Promise.all([late.close(), next.close()]);
    expect(await never).toBe('ended');
  });

  test("has written all that it writes when it calls the next: the lock is another thread's from then on", () => {
    const lock = create();
    lock.lock();
    const store = vi.spyOn(Atomics, 'store');
    lock.unlock();
    const [, word, value] = store.mock.calls.at(-1)!;
    expect({ word, value }).toEqual({ word: 3 + 1, value: 1 }); // the seat of ticket 1
    expect(store).toHaveBeenCalledTimes(3);
  });

  test('works on where the ticket number wraps around', () => {
    const memory = sharedWords(TICKET_LOCK_WORDS);
    const last = 2 ** 31 - 1;
    memory.fill(last, 0, 2); // next ticket, ticket served
    memory[3 + (last & 15)] = last; // its seat has been called
    const lock = new TicketLock(memory);
    expect([1, 2, 3].map(() => lock.withLock(() => 'inside'))).toEqual(['inside', 'inside', 'inside']);
    expect(memory[0]).toBe(-(2 ** 31) + 2);
    expect(lock.tryLock()).toBe(true);
  });

  test('is to be had at once only where it is free', async () => {
    const threads = open();
    const memory = sharedWords(TICKET_LOCK_WORDS);
    const lock = new TicketLock(memory);
    await threads.run([{ type: 'TicketLock', memory, call: 'lock' }]);
    expect(lock.tryLock()).toBe(false);
    expect(() => lock.unlock()).toThrow(NOT_HELD);
    await threads.run([{ type: 'TicketLock', memory, call: 'unlock' }]);
    expect(lock.tryLock()).toBe(true);
    await threads.close();
  });

  test('refuses to be taken twice, or to be released by a thread that does not hold it', () => {
    const lock = create();
    expect(() => lock.unlock()).toThrow(NOT_HELD);
    lock.lock();
    expect(() => lock.lock()).toThrow(HELD);
    lock.unlock();
    const fail = () => {
      throw new Error('the body failed');
    };
    expect(() => lock.withLock(fail)).toThrow('the body failed');
    expect(lock.tryLock()).toBe(true);
  });

  test('sends no wake where no thread waits', () => {
    const notify = vi.spyOn(Atomics, 'notify');
    const lock = create();
    for (let n = 0; n < 40; n++) lock.withLock(() => {});
    expect(notify).not.toHaveBeenCalled();
  });
});

test('under the unfair lock too every turn is had by one thread', async () => {
  const turns = openTurns(2);
  const { page, longestWait } = await turns.run('unfair', 300);
  await turns.close();
  expect(page).toHaveLength(300);
  expect(longestWait).toBeLessThan(300);
});

test('the least share is that of the thread with the fewest turns, 0 where one had none', () => {
  expect(leastShare([0, 0, 0, 1], 2)).toBe(0.25);
  expect(leastShare([0, 0], 2)).toBe(0);
});
