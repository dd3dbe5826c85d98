import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { sharedWords } from '../src/mutex/shared-words.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../src/starvation/recipe.ts';
import { leastShare, longestWaitOf, openTurns } from '../src/starvation/proof/turns.ts';
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

  test.each([2 ** 31 - 1, -1])('works on where the ticket number wraps around, after %i', (last) => {
    const memory = sharedWords(TICKET_LOCK_WORDS);
    const places = 16;
    const round = (ticket: number): number => ((ticket >>> 4) & 0x7ff) << 20;
    for (let ticket = last; ticket < last + places; ticket++) memory[2 + (ticket & 15)] = round(ticket); // nobody's
    memory.fill(last, 0, 2); // next ticket, ticket served
    const lock = new TicketLock(memory);
    const inside = Array.from({ length: 40 }, () => lock.withLock(() => 'inside'));
    expect(new Set(inside)).toEqual(new Set(['inside']));
    expect(memory.slice(0, 2)).toEqual(Int32Array.of(last + 40, last + 40));
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

test('a wait is counted from a turn at whose end another thread waited, until that had its turn', () => {
  const waits: [page: number[], awaited: number[], longest: number][] = [
    [[0, 0, 0, 0, 1], [0, 1, 1, 1, 0], 2],
    [[0, 0, 0, 0, 1], [0, 0, 0, 0, 0], 0],
    [[0, 1, 0, 1], [1, 1, 1, 1], 0],
    [[0, 0, 1, 1, 1], [1, 0, 1, 0, 0], 2],
    [[], [], 0],
  ];
  for (const [page, awaited, longest] of waits) expect(longestWaitOf(page, awaited)).toBe(longest);
});

test('the least share is that of the thread with the fewest turns, 0 where one had none', () => {
  expect(leastShare([0, 0, 0, 1], 2)).toBe(0.25);
  expect(leastShare([0, 0], 2)).toBe(0);
});
