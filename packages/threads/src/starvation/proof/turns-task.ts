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
  /** How many turns had been taken when it began to wait. */
  readonly asked: SharedWords;
}

const TAKEN = OWN_WORDS; // turns
const LOCK = OWN_WORDS + 1;
/** The words above. */
export const TURNS_WORDS: number = 1 + TICKET_LOCK_WORDS;

/** Long against the time between two turns, so that a thread has the lock for most of the time that it is awake. */
const TURN_MS = 0.02;

/** A lock: whether it can be had at once, and else the wait for it, which returns the ticket, if there is one. */
interface Lock {
  take(): boolean;
  wait(): number;
  unlock(): void;
}

function takeTurns({ times, index, memory, own }: Job<TurnsWay, Signed>, lock: Lock): void {
  for (let more = true; more;) {
    const waits = !lock.take();
    const takenBefore = Atomics.load(memory, TAKEN);
    const ticket = waits ? lock.wait() : -1;
    const turn = memory[TAKEN]!;
    more = turn < times;
    if (more) {
      own.page[turn] = index;
      own.tickets[turn] = ticket;
      own.asked[turn] = takenBefore;
      memory[TAKEN] = turn + 1;
      for (const end = performance.now() + TURN_MS; performance.now() < end;);
    }
    lock.unlock();
  }
}

export default startTogether<TurnsWay, Signed>({
  unfair(job) {
    const mutex = new Mutex(job.memory, LOCK);
    takeTurns(job, { take: () => mutex.tryLock(), wait: () => (mutex.lock(), -1), unlock: () => mutex.unlock() });
  },
  ticket(job) {
    const queue = new TicketLock(job.memory, LOCK);
    takeTurns(job, { take: () => false, wait: () => queue.lock(), unlock: () => queue.unlock() });
  },
});
