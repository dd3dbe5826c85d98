import { counts, defineClaim } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { measureParallel, measureSerial, parallel, serial } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { inFlight as countInFlight, poolLanes } from './proof/pool-lanes.ts';
import { inAWindow, oneAtATime } from './recipe.ts';

const LANES = Math.max(2, usableCores());

export default defineClaim({
  id: 'threads/await-in-the-loop',
  question: 'Why is my worker pool no faster than one thread?',
  says: 'A pool makes work parallel.',
  from: ['ours'],
  inNode: 'only if several tasks are in flight at once',
  answer:
    'A pool awaited in a loop stays within 1.15x of one thread; with one task in flight per thread its threads run in parallel.',

  async measure(context) {
    const options = { lanes: LANES, unit: calibrate(), context, trials: [4, 12] } as const;
    const awaited = await measureSerial({ ...options, unitsAlone: 2, open: (count) => poolLanes(count, oneAtATime) });
    const inFlight = await measureParallel({
      ...options,
      open: (count) => poolLanes(count, (units, run) => inAWindow(units, run, count)),
    });
    return [
      serial('awaited', `${LANES} threads awaited in a loop`, awaited),
      parallel('in-flight', `${LANES} threads with ${LANES} tasks in flight`, inFlight),
      counts(
        '',
        await countInFlight('awaited-at-once', 'awaited in a loop', 1, oneAtATime),
        await countInFlight('window-at-once', `a window of ${LANES}`, LANES, (all, run) => inAWindow(all, run, LANES)),
      ),
    ];
  },
});
