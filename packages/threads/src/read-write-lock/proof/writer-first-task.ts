// What each of three threads runs: the first reads, the second asks to write meanwhile, and the third asks to read once it
// has: a lock that puts writers first keeps it out.

import { meet } from '@cookbook/lab/task';
import { OWN_WORDS, startTogether } from '../../proof/start-together.ts';
import { ReadWriteLock, READ_WRITE_LOCK_WORDS } from '../recipe.ts';

const IS_READ = OWN_WORDS; // a meeting point
const HAS_TRIED = OWN_WORDS + 1; // a meeting point
export const KEPT_OUT = OWN_WORDS + 2; // 1 where the reader that came last was
const NOTHING = OWN_WORDS + 3; // never notified
const LOCK = OWN_WORDS + 4;
/** The words above. */
export const WRITER_FIRST_WORDS: number = LOCK + READ_WRITE_LOCK_WORDS - OWN_WORDS;

/** Long enough for the writer to ask on any machine, ms. */
const TRY_MS = 1_000;

export default startTogether<'writer first', void>({
  'writer first'({ index, memory }) {
    const lock = new ReadWriteLock(memory, LOCK);
    const isRead = (): boolean => meet(memory, IS_READ, 3);
    if (index === 0) {
      lock.lockRead();
      isRead();
      meet(memory, HAS_TRIED, 2);
      lock.unlockRead();
    } else if (index === 1) {
      isRead();
      lock.withWrite(() => {});
    } else {
      isRead();
      for (const end = performance.now() + TRY_MS; memory[KEPT_OUT] === 0 && performance.now() < end;) {
        if (lock.tryLockRead()) lock.unlockRead();
        else memory[KEPT_OUT] = 1;
        Atomics.wait(memory, NOTHING, 0, 1);
      }
      meet(memory, HAS_TRIED, 2);
    }
  },
});
