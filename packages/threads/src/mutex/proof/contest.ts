// Threads that count against one another, run for run, and what it costs them.

import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { Context, Figure } from '@cookbook/lab/claim';
import { cpuOf, openTogether } from '../../proof/run-together.ts';
import { COUNTER, COUNT_WORDS } from './count-task.ts';
import type { CountWay } from './count-task.ts';

const ROUNDS = 5;
const PAIRS = [7, 7] as const;
/** Long enough for the CPU clock of a thread, which steps by 4 ms on Linux. */
const TIMES_ALONE = 1_500_000;
const TIMES_AGAINST = 400_000;

/** One run. */
export interface Contest {
  readonly counted: number;
  readonly expected: number;
  /** How many entered while another thread was inside, and the most that were inside. */
  readonly overlaps: number;
  readonly most: number;
  /** Nanoseconds of CPU time, of all threads together, for each count. */
  readonly nsPerCount: number;
}

/** Starts `threads` threads that can count together many times over. */
export function openContest(threads: number) {
  const together = openTogether<CountWay>(new URL('./count-task.ts', import.meta.url), threads, COUNT_WORDS);
  return {
    async run(way: CountWay, times: number): Promise<Contest> {
      const run = await together.run(way, times);
      const expected = threads * times;
      const { overlaps, most } = run;
      return { counted: run.memory[COUNTER]!, expected, overlaps, most, nsPerCount: (cpuOf(run) * 1e6) / expected };
    },
    close: () => together.close(),
  };
}

/** Of all runs of one way. */
interface Totals {
  readonly entered: number;
  readonly overlaps: number;
  readonly lost: number;
}

/** Rounds of two and four threads under the mutex, and of two threads with a flag: the flag fails `rounds` times at least. */
export async function countRounds({ signal }: Context): Promise<{ mutex: Totals; flag: Totals; rounds: number }> {
  const seen = { mutex: [] as Contest[], flag: [] as Contest[] };
  for (const threads of [2, 4]) {
    const contest = openContest(threads);
    try {
      for (let round = 0; round < ROUNDS; round++) {
        signal.throwIfAborted();
        if (threads === 2) seen.flag.push(await contest.run('flag', 2_000));
        seen.mutex.push(await contest.run('mutex', 20_000));
      }
    } finally {
      await contest.close();
    }
  }
  return { mutex: totals(seen.mutex), flag: totals(seen.flag), rounds: ROUNDS };
}

/** CPU time of a count under the mutex / by Atomics.add. */
export async function costFigure(key: string, threads: number, context: Context): Promise<Figure> {
  const contest = openContest(threads);
  const times = threads === 1 ? TIMES_ALONE : TIMES_AGAINST;
  try {
    const cost = await comparePairs(
      async () => (await contest.run('mutex, unwatched', times)).nsPerCount,
      async () => (await contest.run('Atomics.add', times)).nsPerCount,
      { context, pairs: PAIRS },
    );
    const lanes = threads === 1 ? 'alone' : `${threads} threads`;
    return ratioFigure(key, `CPU time of a count under the mutex / by Atomics.add, ${lanes}`, cost);
  } finally {
    await contest.close();
  }
}

function totals(contests: readonly Contest[]): Totals {
  const sum = (of: (contest: Contest) => number): number => contests.reduce((total, each) => total + of(each), 0);
  return {
    entered: sum(({ expected }) => expected),
    overlaps: sum(({ overlaps }) => overlaps),
    lost: sum(({ counted, expected }) => expected - counted),
  };
}
