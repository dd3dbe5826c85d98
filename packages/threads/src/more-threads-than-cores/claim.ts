import { defineClaim, intervals } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { computeBoth, costOfMany, noGain } from './proof/computing.ts';
import { compareWaiting, WAIT_MS } from './proof/waiting.ts';

const CORES = usableCores();
/** Enough to see what more threads bring, few enough to start in a fraction of a second. */
const MANY = Math.min(4 * CORES, CORES + 24);

export default defineClaim({
  id: 'threads/more-threads-than-cores',
  question: 'Should a thread pool have more threads than the machine has cores?',
  says: 'There is a benefit in more threads than cores.',
  from: ['MM'],
  inNode: 'only if the threads wait',
  answer:
    'Threads beyond the cores do not speed up computing; each adds a heap. Waiting gains at least half the factor by which threads increase.',

  async measure(context) {
    const computing = await computeBoth(CORES, MANY, context);
    const waiting = await compareWaiting(CORES, MANY, context);
    return [
      noGain(CORES, MANY, computing),
      intervals('Each thread has a heap of {heap}.', ...costOfMany(CORES, MANY, computing)),
      {
        ...intervals(
          `For waiting, ${MANY} threads were {waiting-threads} as fast as ${CORES}; async tasks on one thread, {waiting-tasks}.`,
          ...waiting,
        ),
        notes: [`Waiting is a sleep of ${WAIT_MS} ms that blocks its thread, ${2 * MANY} times.`],
      },
    ];
  },
});
