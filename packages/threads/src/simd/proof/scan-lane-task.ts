// The work of a lane: it looks for the largest of the shared doubles, `repeats` times, and notes each piece.

import { computing, probe } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import { largestOfPart } from '../recipe.ts';
import type { Memory } from '../web-assembly.ts';

export interface LaneData {
  readonly memory: Memory;
  readonly length: number;
  readonly largest: number;
}

/** 1 MiB: under a tenth of a millisecond. */
const SIZE = 2 ** 17;

export default function task({ repeats }: Unit, { memory, length, largest }: LaneData): LaneReport {
  return probe(() => {
    const computed = computing();
    for (let repeat = 0; repeat < repeats; repeat++) {
      let best = -Infinity;
      for (let start = 0; start < length; start += SIZE) {
        best = Math.max(best, largestOfPart({ memory, start, end: Math.min(start + SIZE, length) }));
        computed();
      }
      if (best !== largest) throw new Error(`Expected the largest value to be ${largest}, got ${best}`);
    }
  });
}
