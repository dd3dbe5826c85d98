import { allHold, defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import {
  isSerialSettled,
  isSettled,
  judgeParallel,
  judgeSerial,
  measureSpeedup,
  speedupFigures,
} from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { poolLanes } from '../pool/lanes.ts';
import { inAWindow, oneAtATime } from './recipe.ts';

const LANES = Math.max(2, usableCores());

interface AwaitEvidence extends Evidence {
  readonly awaited: Speedup;
  readonly inFlight: Speedup;
}

export default defineClaim<AwaitEvidence>({
  id: 'threads/await-in-the-loop',
  says: 'A pool makes work parallel.',
  from: ['ours'],
  answer:
    'Not by itself: awaited in a loop, a pool of any size stays at 1x; with a task in flight for each thread it is parallel.',

  async measure(context: Context) {
    const options = { lanes: LANES, unit: calibrate(), context };
    const awaited = await measureSpeedup({
      ...options,
      open: (count) => poolLanes(count, oneAtATime),
      trials: [4, 12],
      enough: isSerialSettled,
    });
    const inFlight = await measureSpeedup({
      ...options,
      open: (count) => poolLanes(count, (units, run) => inAWindow(units, run, count)),
      enough: isSettled,
      trials: [4, 12],
    });
    return {
      awaited,
      inFlight,
      figures: [
        ...speedupFigures(awaited, `${LANES} threads awaited in the loop`, 'serial'),
        ...speedupFigures(inFlight, `${LANES} threads with ${LANES} tasks in flight`, 'parallel'),
      ],
    };
  },

  judge: ({ awaited, inFlight }) => allHold([judgeSerial(awaited), judgeParallel(inFlight)]),
});
