// What each thread runs: it counts inside a section that it enters three deep by the same lock, and after each inner one is
// left. A witness beside the lock counts the threads inside.

import { OWN_WORDS, startTogether, witnessOf } from '../../proof/start-together.ts';
import { ReentrantMutex, REENTRANT_MUTEX_WORDS } from '../recipe.ts';

/** How often a thread holds the lock at the innermost. */
export const DEPTH = 3;

export const COUNTER: number = OWN_WORDS;
const LOCK = OWN_WORDS + 1;
/** The words above. */
export const NESTED_WORDS: number = 1 + REENTRANT_MUTEX_WORDS;

export default startTogether<'nested', void>({
  nested({ times, memory }) {
    const witness = witnessOf(memory);
    const mutex = new ReentrantMutex(memory, LOCK);
    const countDown = (depth: number): void => {
      mutex.withLock(() => {
        if (depth > 1) countDown(depth - 1);
        memory[COUNTER]!++;
      });
    };
    for (let n = 0; n < times; n++) {
      mutex.lock();
      witness.enter();
      countDown(DEPTH - 1);
      memory[COUNTER]!++;
      witness.leave();
      mutex.unlock();
    }
  },
});
