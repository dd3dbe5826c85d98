// What each thread runs: it takes turns under a lock until so many have been taken, and signs each. It asks again at once.

import { Mutex } from '../../mutex/recipe.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { OWN_WORDS, startTogether } from '../../proof/start-together.ts';
import type { Job } from '../../proof/start-together.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../recipe.ts';

export type TurnsWay = 'unfair' | 'ticket';

/** What the threads write of each turn. */
export interface Signed {
  /** The number of the thread that had it. */
  readonly page: SharedWords;
  /** The ticket by which it had it. */
  readonly tickets: SharedWords;
  /** 1 where the other thread was asleep for the lock, or had drawn its ticket, when it ended. */
  readonly awaited: SharedWords;
}

const TAKEN = OWN_WORDS; // turns
const LOCK = OWN_WORDS + 1;
/** The words above. */
export const TURNS_WORDS: number = 1 + TICKET_LOCK_WORDS;

/** Long against the time between two turns, so that a thread has the lock for most of the time that it is awake. */
const TURN_MS = 0.02;

/**
 * A lock, which returns the ticket by which it was had, if there is one. Whether another thread waits for it is asked of the
 * lock: a thread that lost its core just before it asked does not wait yet, whatever it says of itself.
 */
interface Lock {
  lock(): number;
  isAwaited(): boolean;
  unlock(): void;
}

function takeTurns({ times, index, memory, own }: Job<TurnsWay, Signed>, lock: Lock): void {
  for (let more = true; more;) {
    const ticket = lock.lock();
    const turn = memory[TAKEN]!;
    more = turn < times;
    if (more) {
      own.page[turn] = index;
      own.tickets[turn] = ticket;
      memory[TAKEN] = turn + 1;
      for (const end = performance.now() + TURN_MS; performance.now() < end;);
      own.awaited[turn] = Number(lock.isAwaited());
    }
    lock.unlock();
  }
}

export default startTogether<TurnsWay, Signed>({
  unfair(job) {
    const mutex = new Mutex(job.memory, LOCK);
    takeTurns(job, { lock: () => (mutex.lock(), -1), isAwaited: () => mutex.contended, unlock: () => mutex.unlock() });
  },
  ticket(job) {
    const queue = new TicketLock(job.memory, LOCK);
    // Its first two words: the next ticket to be drawn, and the one that is served.
    const isAwaited = (): boolean => Atomics.load(job.memory, LOCK) - Atomics.load(job.memory, LOCK + 1) > 1;
    takeTurns(job, { lock: () => queue.lock(), isAwaited, unlock: () => queue.unlock() });
  },
});
