// Threads that change rows of one table, as the lanes whose speedup the lab measures.

import type { Lanes } from '@cookbook/lab/speedup';
import { Occupancy, OCCUPANCY_WORDS } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import { LockedTable } from '../recipe.ts';
import type { Grain } from '../recipe.ts';
import type { UpdateJob } from './update-task.ts';

const ROWS = 256;

export interface TableOptions {
  /** The row that every unit changes; each changes another one where it is left out. */
  readonly only?: number;
  /**
   * For how long a thread waits under its lock for all others, ms, once each of them has changed a row: on one core too they
   * are at work at once then, if they can be.
   */
  readonly meetingMs?: number;
}

/**
 * Lanes over one table. Closing them checks the table.
 *
 * @throws Error on closing, where an update was lost
 */
export function tableLanes(
  count: number,
  grain: Grain,
  { only, meetingMs }: TableOptions = {},
): Lanes & { mostAtOnce(): number } {
  const threads = openThreads<UpdateJob, LaneReport>(new URL('./update-task.ts', import.meta.url), count);
  const memory = LockedTable.memory(ROWS, grain);
  const inside = sharedWords(OCCUPANCY_WORDS + 1);
  const meeting = meetingMs === undefined ? undefined : { threads: count, ms: meetingMs };
  let updates = 0;
  return {
    async run(units) {
      const row = (n: number): number => only ?? (updates + n) % ROWS;
      // Not at first: a thread that is still being started would be waited for in vain.
      const shared = { inside, ...(meeting && updates > 0 && { meeting }) };
      const jobs = units.map((unit, n) => ({ unit, memory, rows: ROWS, grain, row: row(n), ...shared }));
      const reports = await threads.run(jobs);
      updates += units.length;
      return reports;
    },
    /** The most threads that were at work under a lock at the same time. */
    mostAtOnce: () => new Occupancy(inside, 0).most,
    async close() {
      await threads.close();
      const { sum } = new LockedTable(memory, ROWS, grain);
      if (sum < updates) throw new Error(`Expected ${updates} updates in the table, got ${sum}`);
    },
  };
}
