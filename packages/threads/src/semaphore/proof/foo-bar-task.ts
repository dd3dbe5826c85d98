// What each of the two threads runs: its own half of FooBar, again and again. It prints to one shared page.

import { OWN_WORDS, startTogether } from '../../proof/start-together.ts';
import type { Job } from '../../proof/start-together.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { Semaphore } from '../recipe.ts';

export type FooBarWay = 'alone' | 'semaphores' | 'one word';

/** What a thread needs besides. Thread 0 prints Foo, thread 1 Bar: their numbers on the page. */
export interface Page {
  /** One semaphore for each thread: its turn. */
  readonly turns: readonly [SharedWords, SharedWords];
  readonly page: Uint8Array<SharedArrayBuffer>;
}

const PRINTED = OWN_WORDS; // number of characters
const TURN = OWN_WORDS + 1; // number of the thread whose turn it is
/** The words above. */
export const FOO_BAR_WORDS = 2;

function print({ index, memory, own }: Job<FooBarWay, Page>): void {
  own.page[Atomics.add(memory, PRINTED, 1)] = index;
}

export default startTogether<FooBarWay, Page>({
  /** Each in its own order; the two in no order at all. */
  alone(job) {
    for (let n = 0; n < job.times; n++) print(job);
  },

  /** Strictly in turn: waits for its own permit, gives the other's. */
  semaphores(job) {
    const { turns } = job.own;
    const mine = new Semaphore(turns[job.index]!);
    const others = new Semaphore(turns[1 - job.index]!);
    for (let n = 0; n < job.times; n++) {
      mine.acquire();
      print(job);
      others.release();
    }
  },

  /** Strictly in turn, and cheaper: for two threads a single word is enough. */
  'one word'(job) {
    const { index, memory, times } = job;
    for (let n = 0; n < times; n++) {
      while (Atomics.load(memory, TURN) !== index) Atomics.wait(memory, TURN, 1 - index);
      print(job);
      Atomics.store(memory, TURN, 1 - index);
      Atomics.notify(memory, TURN, 1);
    }
  },
});
