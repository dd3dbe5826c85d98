// What each thread runs: takes turns under a lock until so many have been taken, and signs each. It asks again at once.

import { meet, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { Mutex } from '../../mutex/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../recipe.ts';

/** What a thread is told. */
export interface TurnsJob {
  readonly way: TurnsWay;
  readonly who: number;
  readonly threads: number;
  readonly memory: SharedWords;
  /** Who had each turn, by which ticket, and how many turns had been taken when it began to wait. */
  readonly page: SharedWords;
  readonly tickets: SharedWords;
  readonly asked: SharedWords;
}

// The words: turns taken, a meeting point, the lock.
const TAKEN = 0;
const START = 1;
const LOCK = 2;

/** Fresh memory for a job. */
export function turnsMemory(): SharedWords {
  return sharedWords(LOCK + TICKET_LOCK_WORDS);
}

/** Each lock: whether it can be had at once, and else the wait for it, which returns the ticket, if there is one. */
const ways = {
  unfair(memory: SharedWords) {
    const mutex = new Mutex(memory, LOCK);
    return { take: () => mutex.tryLock(), wait: () => (mutex.lock(), -1), unlock: () => mutex.unlock() };
  },
  ticket(memory: SharedWords) {
    const queue = new TicketLock(memory, LOCK);
    return { take: () => false, wait: () => queue.lock(), unlock: () => queue.unlock() };
  },
};

export type TurnsWay = keyof typeof ways;

/** Long against the time between two turns, so that a thread has the lock for most of the time that it is awake. */
const TURN_MS = 0.02;

export default function takeTurns({ way, who, threads, memory, page, tickets, asked }: TurnsJob): LaneReport {
  const { take, wait, unlock } = ways[way](memory);
  meet(memory, START, threads);
  return probe(() => {
    for (let more = true; more;) {
      const waits = !take();
      const takenBefore = Atomics.load(memory, TAKEN);
      const ticket = waits ? wait() : -1;
      const turn = memory[TAKEN]!;
      more = turn < page.length;
      if (more) {
        page[turn] = who;
        tickets[turn] = ticket;
        asked[turn] = takenBefore;
        memory[TAKEN] = turn + 1;
        for (const end = performance.now() + TURN_MS; performance.now() < end;);
      }
      unlock();
    }
  });
}
