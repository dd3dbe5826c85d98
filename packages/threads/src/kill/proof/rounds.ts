// Rounds of ending threads in endless loops: killed, killed with a recovery of the lock, and asked.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counted, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure } from '@cookbook/lab/claim';
import { within } from '@cookbook/lab/race';
import { Mutex } from '../../mutex/recipe.ts';
import { askThenKill, CLEANED_UP, kill, killAndRecover, LOCK, PROGRESS, startLoop } from '../recipe.ts';
import type { Loop } from '../recipe.ts';

const ROUNDS = 7;
/** How long the main thread tries for the lock of a dead thread. It would wait for ever. */
export const TRY_MS = 10;
const TIME_LIMIT_MS = 2_000;
/** A sleeper that is not woken would sleep for ever. */
const WAKE_LIMIT_MS = 5_000;

interface Round {
  /** From `terminate()` until the thread is gone, ms. */
  readonly ms: number;
  /** The killed thread is gone, has run its `finally`, holds its lock still. */
  readonly ended: boolean;
  readonly cleanedUp: boolean;
  readonly lockStaysHeld: boolean;
  /** The lock of the other killed thread was given back in its name, once that was gone, and woke the thread that slept for it. */
  readonly recovered: boolean;
  /** The thread that was asked ran its `finally`. */
  readonly cleanedUpWhenAsked: boolean;
}

/** What all rounds came to, as figures with their bounds. */
export interface Kills {
  readonly ended: readonly Figure[];
  readonly leftBehind: readonly Figure[];
  readonly asked: Figure;
}

export async function killThreads(signal: AbortSignal): Promise<Kills> {
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    signal.throwIfAborted();
    rounds.push(await runRound());
  }
  const count = (key: string, name: string, is: keyof Round, bound: Bound): Figure =>
    counted(key, name, rounds.filter((round) => round[is]).length, `of ${ROUNDS}`, bound);
  const all = { least: ROUNDS };
  const times = rounds.map(({ ms }) => ms);
  return {
    ended: [
      count('ended', 'endless loops ended', 'ended', all),
      sampled('time', 'time from terminate() until the thread is gone', times, 'ms', { most: 100 }),
    ],
    leftBehind: [
      count('finally-run', 'killed threads that ran their finally', 'cleanedUp', { most: 0 }),
      count('lock-held', 'locks still held by a dead thread', 'lockStaysHeld', all),
      count(
        'lock-recovered',
        'locks recovered once their thread was gone, and had by the next that slept for them',
        'recovered',
        all,
      ),
    ],
    asked: count('asked', 'loops that ended with their finally when asked', 'cleanedUpWhenAsked', all),
  };
}

async function runRound(): Promise<Round> {
  const loops = [
    await startLoop({ ignoresStop: true }),
    await startLoop({ ignoresStop: true }),
    await startLoop({ ignoresStop: false }),
  ] as const;
  const [killed, recoverable, asked] = loops;
  try {
    const start = performance.now();
    await kill(killed);
    const ms = performance.now() - start;
    return {
      ms,
      ended: isGone(killed),
      cleanedUp: Atomics.load(killed.memory, PROGRESS) === CLEANED_UP,
      lockStaysHeld: !new Mutex(killed.memory, LOCK).tryLock(TRY_MS),
      recovered: await recover(recoverable),
      cleanedUpWhenAsked: await askThenKill(asked, TIME_LIMIT_MS),
    };
  } finally {
    await Promise.all(loops.map(({ thread }) => thread.terminate()));
  }
}

/** A mutex that notes, when it is recovered, whether the thread that held it was gone by then. */
class WatchedMutex extends Mutex {
  readonly #loop: Loop;
  wasGone = false;

  constructor(loop: Loop) {
    super(loop.memory, LOCK);
    this.#loop = loop;
  }

  override recover(deadThread: number): boolean {
    this.wasGone = isGone(this.#loop);
    return super.recover(deadThread);
  }
}

/** Kills and recovers while another thread sleeps for the lock; that thread has to get it. */
async function recover(loop: Loop): Promise<boolean> {
  const mutex = new WatchedMutex(loop);
  const waiter = new Worker(new URL('./waiter-task.ts', import.meta.url), { workerData: loop.memory, execArgv: [] });
  const woken = once(waiter, 'exit').then(() => true);
  try {
    for (const end = performance.now() + WAKE_LIMIT_MS; !mutex.contended; await sleep(1)) {
      if (performance.now() > end) return false;
    }
    const held = await killAndRecover(loop, mutex);
    await within(woken, WAKE_LIMIT_MS, 'the thread that slept for a recovered lock');
    return held && mutex.wasGone && mutex.owner === undefined;
  } finally {
    await waiter.terminate();
  }
}

/** A Worker has the number -1 once it is gone. */
function isGone({ thread }: Loop): boolean {
  return thread.threadId === -1;
}
