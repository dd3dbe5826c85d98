import { defineClaim } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { measureParallel, parallel } from '@cookbook/lab/speedup';
import { poolLanes } from './proof/pool-lanes.ts';

const THREADS = Math.max(2, usableCores());

export default defineClaim({
  id: 'threads/pool',
  question: 'How do I run CPU-bound tasks in a thread pool in Node.js?',
  says: 'A thread pool executor is the easy way to use threads.',
  from: ['MM'],
  inNode: 'yes',
  answer: 'A Piscina pool speeds up CPU-bound tasks nearly once per core, up to the number of cores.',

  async measure(context) {
    const pool = await measureParallel({ open: (threads) => poolLanes(threads), lanes: THREADS, context });
    const words = `A Piscina pool of ${THREADS} threads is {pool-observed} as fast as a pool of one.`;
    return [parallel('pool', `a Piscina pool of ${THREADS} threads`, pool, words)];
  },
});
