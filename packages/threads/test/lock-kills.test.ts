// A thread is killed before each of its operations on a lock in turn: recover lets in whoever waits, and whoever comes.
// Each step is agreed on by Atomics, so that no thread is killed earlier or later than it should be.

import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { sharedWords } from '../src/mutex/shared-words.ts';
import type { SharedWords } from '../src/mutex/shared-words.ts';
import { entrances, WORDS } from './fixtures/lock-entrances.ts';
import type { Entrance } from './fixtures/lock-entrances.ts';
import { ASLEEP, changed, DONE, STOPPED } from './fixtures/lock-steps.ts';
import type { Victim } from './fixtures/lock-victim.ts';

/** Longer than any step takes on a busy machine; what is never woken fails. */
const LIMIT_MS = 20_000;

/** Waits until the thread does one of these, and returns which. The tasks of this thread have no turn meanwhile. */
function until(state: SharedWords, ...doing: readonly number[]): number {
  for (const end = performance.now() + LIMIT_MS; performance.now() < end;) {
    const seen = Atomics.load(state, 0);
    if (doing.includes(seen)) return seen;
    Atomics.wait(state, 0, seen, LIMIT_MS);
  }
  throw new Error(`Expected the thread to be at one of ${doing.join(', ')}, got ${Atomics.load(state, 0)}`);
}

/** Everybody who comes after the recovery: a reader is to find no writer left behind, and a writer no reader. */
const COMERS: Partial<Record<Entrance, readonly Entrance[]>> = {
  reader: ['reader', 'writer'],
  writer: ['reader', 'writer'],
};

/** Kills a thread before its operation number `steps`. Returns whether it had as many, or was through before. */
async function killBefore(
  steps: number,
  entrance: Entrance,
  way: Victim['way'],
  keeper: Entrance | undefined,
): Promise<boolean> {
  const memory = sharedWords(WORDS[entrance]);
  const state = sharedWords(2);
  const holder = keeper && entrances[keeper](memory);
  holder?.enter();
  const worker = new Worker(new URL('./fixtures/lock-victim.ts', import.meta.url), {
    workerData: { memory, state, entrance, way, steps } satisfies Victim,
    execArgv: [],
  });
  const id = worker.threadId; // -1 once it is gone
  try {
    await changed(state); // until then it needs the event loop of this thread
    let at = until(state, ASLEEP, STOPPED, DONE);
    const waiting = holder && entrances[entrance](memory);
    const inside = waiting?.enterAsync(AbortSignal.timeout(LIMIT_MS));
    if (at === ASLEEP) {
      holder?.leave(); // it is woken, and this thread's task, which is too, has no turn before it stops
      at = until(state, STOPPED, DONE);
      await worker.terminate();
      entrances[entrance](memory).recover(id);
    } else {
      await worker.terminate();
      entrances[entrance](memory).recover(id);
      holder?.leave();
    }
    await inside;
    waiting?.leave();
    for (const comer of COMERS[entrance] ?? [entrance]) {
      const door = entrances[comer](memory);
      await door.enterAsync(AbortSignal.timeout(LIMIT_MS));
      door.leave();
    }
    return at === STOPPED;
  } finally {
    await worker.terminate();
  }
}

// A task waits for a permit, to read and to write by the same code of waiters.ts: not each of them is killed as a task.
test.each<readonly [Entrance, Victim['way'], by: Entrance | undefined]>([
  ['mutex', 'enter', undefined],
  ['semaphore', 'enter', undefined],
  ['reader', 'enter', undefined],
  ['writer', 'enter', undefined],
  ['ticket', 'enter', undefined],
  ['mutex', 'enter', 'mutex'],
  ['mutex', 'enterAsync', 'mutex'],
  ['semaphore', 'enter', 'semaphore'],
  ['semaphore', 'enterAsync', 'semaphore'],
  ['reader', 'enter', 'writer'],
  ['writer', 'enter', 'reader'],
  ['writer', 'enterAsync', 'reader'],
  ['writer', 'enter', 'writer'],
  ['ticket', 'enter', 'ticket'],
  ['ticket', 'enterAsync', 'ticket'],
])(
  'a %s killed at any step of %s, kept out by %s: recover lets the next in',
  { timeout: 120_000 },
  async (entrance, way, keeper) => {
    let steps = 0;
    while (await killBefore(steps, entrance, way, keeper)) steps++;
    expect(steps, 'operations, and places to be killed at').toBeGreaterThan(keeper === undefined ? 1 : 4);
  },
);
