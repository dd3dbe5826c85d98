// The work of a lane of the claim: it looks for the largest value of the shared doubles, `repeats` times.

import { probe } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { max } from '../extremes/iterables.ts';

/** The doubles that a thread looks at, shared by all lanes, and the largest of them. */
export interface LaneData {
  readonly values: Float64Array;
  readonly largest: number;
}

export default function task({ repeats }: Unit, { values, largest }: LaneData): LaneReport {
  return probe(() => {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const found = max(values);
      if (found !== largest) throw new Error(`Expected the largest value to be ${largest}, got ${found}`);
    }
  });
}
