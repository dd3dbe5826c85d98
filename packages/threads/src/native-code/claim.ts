import { defineClaim, intervals, sampled } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { speedupOf } from '@cookbook/lab/python';
import { parallel, serial } from '@cookbook/lab/speedup';
import { measurePool } from './proof/libuv-pool.ts';

const CORES = Math.max(2, usableCores());

export default defineClaim({
  id: 'threads/native-code',
  question: 'Do crypto and zlib use several cores without worker threads?',
  says: 'Native modules that let go of the lock run in parallel.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'Calls of crypto.pbkdf2 from one thread run in parallel, up to UV_THREADPOOL_SIZE; an fs.stat behind a full pool waits for them.',

  async measure({ signal }) {
    const one = await measurePool({ size: 1, lanes: CORES, trials: 3 }, signal);
    const full = await measurePool({ size: CORES, lanes: CORES, trials: 6 }, signal);
    const { keys, full: behind, oneFree } = full.stat;
    return [
      parallel(
        'full',
        `${CORES} keys in a pool of ${CORES}`,
        speedupOf(full),
        `With a libuv pool of ${CORES} threads, ${CORES} calls of crypto.pbkdf2 were {full-observed} as fast as one.`,
      ),
      serial(
        'one',
        `${CORES} keys in a pool of 1`,
        speedupOf(one),
        `With a pool of 1 thread, ${CORES} calls were {one-observed} as fast as one.`,
      ),
      intervals(
        `An fs.stat behind ${keys} such calls waited for {stat-full number}; with a thread kept free, for {stat-free or none}.`,
        // All but those that the other threads of the pool were still at when the stat had its turn.
        sampled('stat-full', `keys done before an fs.stat behind ${keys} of them`, behind, 'keys', {
          least: keys - CORES + 1,
        }),
        sampled('stat-free', 'keys done before it where a thread was kept free', oneFree, 'keys', { most: 0 }),
      ),
    ];
  },
});
