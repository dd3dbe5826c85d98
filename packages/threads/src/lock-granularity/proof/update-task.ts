// What each thread runs: a unit of work under the lock of a row. It locks once a unit, on purpose: a thread that is woken
// again and again, only to find the lock taken, stands in the queue for a core meanwhile, and that would be taken off.

import { meet, Occupancy, OCCUPANCY_WORDS, probe, runUnit } from '@cookbook/lab/task';
import type { LaneReport, Unit } from '@cookbook/lab/task';
import type { SharedWords } from '../../mutex/shared-words.ts';
import { LockedTable } from '../recipe.ts';
import type { Grain } from '../recipe.ts';

/** What a thread is sent. */
export interface UpdateJob {
  readonly unit: Unit;
  readonly memory: SharedWords;
  readonly rows: number;
  readonly grain: Grain;
  readonly row: number;
  /** A witness of how many work at the same time, and a meeting point. */
  readonly inside: SharedWords;
  /** How many threads meet under their locks, where that is to be tried, and for how long one waits for the others, ms. */
  readonly meeting?: { readonly threads: number; readonly ms: number };
}

export default function updateRow({ unit, memory, rows, grain, row, inside, meeting }: UpdateJob): LaneReport {
  const table = new LockedTable(memory, rows, grain);
  const witness = new Occupancy(inside, 0);
  return probe(() =>
    table.update(row, (value) => {
      witness.enter();
      if (meeting) meet(inside, OCCUPANCY_WORDS, meeting.threads, meeting.ms);
      runUnit(unit);
      witness.leave();
      return value + 1;
    }),
  );
}
