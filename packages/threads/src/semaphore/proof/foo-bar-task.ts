// What each of the two threads runs: its own half of FooBar, so many times. What it prints goes to one shared page.

import { meet, probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { Semaphore } from '../recipe.ts';

/** What a thread is told. Foo is 0 and Bar is 1, on the page as well. */
export interface FooBarJob {
  readonly way: FooBarWay;
  readonly who: 0 | 1;
  readonly times: number;
  /** The meeting point, the number of characters printed, and whose turn it is. */
  readonly words: SharedWords;
  /** One semaphore for each: its turn. */
  readonly turns: readonly [SharedWords, SharedWords];
  readonly page: Uint8Array<SharedArrayBuffer>;
}

const START = 0;
const PRINTED = 1;
const TURN = 2;

function print({ who, words, page }: FooBarJob): void {
  page[Atomics.add(words, PRINTED, 1)] = who;
}

const ways = {
  /** Each in its own order; the two in no order at all. */
  alone(job: FooBarJob) {
    for (let n = 0; n < job.times; n++) print(job);
  },

  /** Strictly in turn: waits for its own permit, gives the other's. */
  semaphores(job: FooBarJob) {
    const mine = new Semaphore(job.turns[job.who]);
    const others = new Semaphore(job.turns[1 - job.who]!);
    for (let n = 0; n < job.times; n++) {
      mine.acquire();
      print(job);
      others.release();
    }
  },

  /** Strictly in turn, and cheaper: for two threads a single word is enough. */
  'one word'(job: FooBarJob) {
    const { who, words, times } = job;
    for (let n = 0; n < times; n++) {
      while (Atomics.load(words, TURN) !== who) Atomics.wait(words, TURN, 1 - who);
      print(job);
      Atomics.store(words, TURN, 1 - who);
      Atomics.notify(words, TURN, 1);
    }
  },
};

export type FooBarWay = keyof typeof ways;

export default function fooBar(job: FooBarJob): LaneReport {
  meet(job.words, START, 2);
  return probe(() => ways[job.way](job));
}
