// The work of a lane of the claim: it looks for the largest value of the shared doubles, `repeats` times.

import { computing, probe } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { max } from '../extremes/iterables.ts';

/** The doubles that a thread looks at, shared by all lanes, and the largest of them. */
export interface LaneData {
  readonly values: Float64Array;
  readonly largest: number;
}

/** Doubles of a piece of computing: some tenths of a millisecond. */
const PIECE = 2 ** 19;

/** Searches the doubles `repeats` times. */
export default function task({ repeats }: Unit, { values, largest }: LaneData): LaneReport {
  return probe(() => {
    const computed = computing();
    for (let repeat = 0; repeat < repeats; repeat++) {
      let found = -Infinity;
      for (let start = 0; start < values.length; start += PIECE) {
        found = Math.max(found, max(values.subarray(start, start + PIECE)));
        computed();
      }
      if (found !== largest) throw new Error(`Expected the largest value to be ${largest}, got ${found}`);
    }
  });
}
