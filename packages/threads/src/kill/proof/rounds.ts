// Rounds of ending threads in endless loops: killed, killed with a recovery of the lock, and asked.

import { counted, sampled } from '@cookbook/lab/claim';
import type { Bound, Figure } from '@cookbook/lab/claim';
import { Mutex } from '../../mutex/recipe.ts';
import { askThenKill, CLEANED_UP, kill, killAndRecover, LOCK, PROGRESS, startLoop } from '../recipe.ts';

const ROUNDS = 7;
/** How long the main thread tries for the lock of a dead thread. It would wait for ever. */
export const TRY_MS = 10;
const TIME_LIMIT_MS = 2_000;

interface Round {
  /** From `terminate()` until the thread is gone, ms. */
  readonly ms: number;
  /** The killed thread is gone, has run its `finally`, holds its lock still. */
  readonly ended: boolean;
  readonly cleanedUp: boolean;
  readonly lockStaysHeld: boolean;
  /** The lock of the other killed thread was given back in its name, and could be taken then. */
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
      count('lock-recovered', 'locks recovered in the name of a dead thread, then taken', 'recovered', all),
    ],
    asked: count('asked', 'loops that ended with their finally when asked', 'cleanedUpWhenAsked', all),
  };
}

async function runRound(): Promise<Round> {
  const [killed, recoverable, asked] = [
    await startLoop({ ignoresStop: true }),
    await startLoop({ ignoresStop: true }),
    await startLoop({ ignoresStop: false }),
  ];
  const start = performance.now();
  await kill(killed);
  const ms = performance.now() - start;

  const mutex = new Mutex(recoverable.memory, LOCK);
  const held = await killAndRecover(recoverable, mutex);
  return {
    ms,
    ended: killed.thread.threadId === -1, // a Worker's number once it is gone
    cleanedUp: Atomics.load(killed.memory, PROGRESS) === CLEANED_UP,
    lockStaysHeld: !new Mutex(killed.memory, LOCK).tryLock(TRY_MS),
    recovered: held && mutex.tryLock(),
    cleanedUpWhenAsked: await askThenKill(asked, TIME_LIMIT_MS),
  };
}
