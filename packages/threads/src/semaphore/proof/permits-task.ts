// What each thread runs: it takes a permit again and again, and a witness counts how many permits are out at once.

import { meet } from '@cookbook/lab/task';
import { OWN_WORDS, startTogether, witnessOf } from '../../proof/start-together.ts';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { Semaphore } from '../recipe.ts';

/** What a thread needs besides. */
export interface Permits {
  readonly permits: number;
  readonly semaphore: SharedWords;
}

const INSIDE = OWN_WORDS; // a meeting point
/** The words above. */
export const PERMITS_WORDS = 1;

export default startTogether<'permits', Permits>({
  permits({ times, memory, own }) {
    const out = witnessOf(memory);
    const semaphore = new Semaphore(own.semaphore);
    for (let n = 0; n < times; n++) {
      semaphore.withPermit(() => {
        out.enter();
        // The first ones inside wait for one another: as many as there are permits do get in, on one core too.
        if (Atomics.load(memory, INSIDE) < own.permits) meet(memory, INSIDE, own.permits, 1_000);
        out.leave();
      });
    }
  },
});
