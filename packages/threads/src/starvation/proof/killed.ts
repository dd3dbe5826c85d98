// Threads that are killed in the queue of a ticket lock, each with another thread behind it.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counted } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { within } from '@cookbook/lab/race';
import { sharedWords } from '../../mutex/shared-words.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { TicketLock, TICKET_LOCK_WORDS } from '../recipe.ts';

const ROUNDS = 5;
/** A thread that is not woken would sleep for ever. */
const WAKE_LIMIT_MS = 5_000;
/** The first word of the lock: the ticket that is drawn next. */
const NEXT_TICKET = 0;

/** How many threads were killed in the queue, stopped all behind them, and were passed over after `recover`. */
export async function killInQueue(signal: AbortSignal): Promise<Figure[]> {
  let [stopped, served] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    signal.throwIfAborted();
    const seen = await killOne();
    stopped += Number(seen.stopped);
    served += Number(seen.served);
  }
  const all = { least: ROUNDS };
  return [
    counted('killed', 'ticket lock: killed in the queue, and the turn theirs all the same', stopped, 'threads', all),
    counted('served', 'ticket lock: served behind a killed thread after recover', served, `of ${ROUNDS}`, all),
  ];
}

/** Kills a thread that waits: whether its turn came all the same, and the one behind it was served after `recover`. */
async function killOne(): Promise<{ stopped: boolean; served: boolean }> {
  const memory = sharedWords(TICKET_LOCK_WORDS);
  const lock = new TicketLock(memory);
  lock.lock();
  const killed = await queued(memory);
  const behind = await queued(memory);
  try {
    const { threadId } = killed; // -1 once it is gone
    const turn = once(behind, 'exit').then(() => true);
    await killed.terminate();
    lock.unlock();
    const stopped = lock.owner === threadId;
    lock.recover(threadId);
    const served = await within(turn, WAKE_LIMIT_MS, 'the turn of a thread behind a killed one').catch(() => false);
    return { stopped, served };
  } finally {
    await Promise.all([killed.terminate(), behind.terminate()]);
  }
}

/** A thread that has drawn its ticket. */
async function queued(memory: SharedWords): Promise<Worker> {
  const drawn = Atomics.load(memory, NEXT_TICKET);
  const thread = new Worker(new URL('./queue-task.ts', import.meta.url), { workerData: memory, execArgv: [] });
  const failed = once(thread, 'exit').then(() => {
    throw new Error('Expected the thread to wait for its turn');
  });
  failed.catch(() => {}); // the race sees it; later, it has had its turn
  while (Atomics.load(memory, NEXT_TICKET) === drawn) await Promise.race([sleep(1), failed]);
  return thread;
}
