// What each thread runs: it counts, each time inside a section that one thread at a time is to enter. A witness beside the
// lock counts the threads inside. Neighbours differ by the lines that let a thread in.

import { meet } from '@cookbook/lab/task';
import { OWN_WORDS, startTogether, witnessOf } from '../../proof/start-together.ts';
import { Mutex } from '../recipe.ts';

export type CountWay = 'flag' | 'mutex' | 'mutex, unwatched' | 'Atomics.add';

export const COUNTER: number = OWN_WORDS;
const LOCK = OWN_WORDS + 1;
const ALL_SAW_IT_FREE = OWN_WORDS + 2;
/** The words above. */
export const COUNT_WORDS = 3;

export default startTogether<CountWay, void>({
  /** Lets two in: both see the flag down before either raises it. They meet in between, so that it happens here. */
  flag({ times, threads, memory }) {
    const witness = witnessOf(memory);
    for (let n = 0; n < times; n++) {
      while (Atomics.load(memory, LOCK) === 1) Atomics.wait(memory, LOCK, 1);
      if (n === 0) meet(memory, ALL_SAW_IT_FREE, threads);
      Atomics.store(memory, LOCK, 1);
      witness.enter();
      if (n === 0) meet(memory, ALL_SAW_IT_FREE, threads);
      memory[COUNTER]!++;
      witness.leave();
      Atomics.store(memory, LOCK, 0);
      Atomics.notify(memory, LOCK);
    }
  },

  /** Lets one in. */
  mutex({ times, memory }) {
    const witness = witnessOf(memory);
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      witness.enter();
      memory[COUNTER]!++;
      witness.leave();
      mutex.unlock();
    }
  },

  /** The same without the witness, for its cost. */
  'mutex, unwatched'({ times, memory }) {
    const mutex = new Mutex(memory, LOCK);
    for (let n = 0; n < times; n++) {
      mutex.lock();
      memory[COUNTER]!++;
      mutex.unlock();
    }
  },

  /** Needs no section. */
  'Atomics.add'({ times, memory }) {
    for (let n = 0; n < times; n++) Atomics.add(memory, COUNTER, 1);
  },
});
