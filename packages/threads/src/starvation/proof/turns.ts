// Turns under a lock, round for round: what the claim and its tests look at.

import { within } from '@cookbook/lab/race';
import type { LaneReport } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { sharedWords } from '../../mutex/shared-words.ts';
import { turnsMemory } from './turns-task.ts';
import type { TurnsJob, TurnsWay } from './turns-task.ts';

const TIME_LIMIT_MS = 20_000;

export interface Round {
  /** Who had each turn, in order, by number from 0. */
  readonly page: readonly number[];
  /** The tickets in the order in which they were served; -1 where the lock has none. */
  readonly tickets: readonly number[];
  /** The most turns that others had while one thread waited. */
  readonly longestWait: number;
  /** From the first thread's start to the last one's end, ms. */
  readonly wall: number;
}

/** Starts threads that can take turns many times over. */
export function openTurns(threads: number) {
  const lanes = openThreads<TurnsJob, LaneReport>(new URL('./turns-task.ts', import.meta.url), threads);
  return {
    async run(way: TurnsWay, turns: number): Promise<Round> {
      const shared = {
        memory: turnsMemory(),
        page: sharedWords(turns),
        tickets: sharedWords(turns),
        asked: sharedWords(turns),
      };
      const jobs = Array.from({ length: threads }, (_, who) => ({ way, who, threads, ...shared }));
      const reports = await within(lanes.run(jobs), TIME_LIMIT_MS, `the turns under the ${way} lock`);
      const first = Math.min(...reports.map(({ started }) => started));
      const last = Math.max(...reports.map(({ ended }) => ended));
      const longestWait = shared.asked.reduce((longest, asked, turn) => Math.max(longest, turn - asked), 0);
      return { page: [...shared.page], tickets: [...shared.tickets], longestWait, wall: last - first };
    },
    close: () => lanes.close(),
  };
}

/** The share of the turns that the thread with the fewest got: 1 / threads where all got the same. */
export function leastShare(page: readonly number[], threads: number): number {
  const counts = Array.from({ length: threads }, (_, who) => page.filter((turn) => turn === who).length);
  return Math.min(...counts) / page.length;
}
