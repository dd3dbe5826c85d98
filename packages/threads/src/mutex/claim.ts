import { counted, defineClaim, describeValue, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { openContest } from './proof/contest.ts';
import type { Contest } from './proof/contest.ts';

const ROUNDS = 5;
const PAIRS = [7, 7] as const;
/** Long enough for the CPU clock of a thread, which steps by 4 ms on Linux. */
const TIMES_ALONE = 1_500_000;
const TIMES_AGAINST = 400_000;

export default defineClaim({
  id: 'threads/mutex',
  says: 'A lock admits one thread at a time.',
  from: ['MM'],
  answer:
    'So does a mutex of one shared word on Atomics.wait and notify: no two workers inside at once, no update lost; a flag that is tested, then set, lets both in.',

  async measure(context: Context) {
    const by = { flag: [] as Contest[], mutex: [] as Contest[] };
    const costs: Figure[] = [];
    for (const threads of [1, 2, 4]) {
      const contest = openContest(threads);
      try {
        for (let round = 0; round < ROUNDS; round++) {
          context.signal.throwIfAborted();
          if (threads === 1) break; // nobody to exclude
          if (threads === 2) by.flag.push(await contest.run('flag', 2_000));
          by.mutex.push(await contest.run('mutex', 20_000));
        }
        if (threads > 2) continue;
        const times = threads === 1 ? TIMES_ALONE : TIMES_AGAINST;
        const cost = await comparePairs(
          async () => (await contest.run('mutex, unwatched', times)).nsPerCount,
          async () => (await contest.run('Atomics.add', times)).nsPerCount,
          { context, pairs: PAIRS },
        );
        costs.push(
          ratioFigure(
            `CPU time under the mutex / by Atomics.add, ${threads === 1 ? 'alone' : `${threads} threads`}`,
            cost,
          ),
        );
      } finally {
        await contest.close();
      }
    }
    const entered = sum(by.mutex, ({ expected }) => expected);
    return {
      headline: `${entered.toLocaleString('en-US')} times inside, ${sum(by.mutex, overlapsOf)} overlaps, ${sum(by.mutex, lostBy)} lost; alone it costs ${describeValue(costs[0]!)} an Atomics.add`,
      figures: [
        counted('mutex: entered while another was inside', sum(by.mutex, overlapsOf), 'times', { most: 0 }),
        counted('mutex: updates lost', sum(by.mutex, lostBy), 'updates', { most: 0 }),
        // At least once a round: the threads meet between test and set.
        counted('flag: entered while another was inside', sum(by.flag, overlapsOf), 'times', { least: ROUNDS }),
        counted('flag: updates lost', sum(by.flag, lostBy), 'updates'),
        ...costs,
      ],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { entered, lost, overlaps } = answer as Record<'entered' | 'lost' | 'overlaps', number>;
    const figures = [
      counted('entered while another was inside', overlaps, 'times', { most: 0 }),
      counted('updates lost', lost, 'updates', { most: 0 }),
    ];
    const headline = `${entered.toLocaleString('en-US')} times inside a threading.Lock, ${overlaps} overlaps, ${lost} lost`;
    return { figures, headline, judgement: judgeBounds({ figures }) };
  }),
});

function sum(contests: readonly Contest[], of: (contest: Contest) => number): number {
  return contests.reduce((total, contest) => total + of(contest), 0);
}

function overlapsOf({ overlaps }: Contest): number {
  return overlaps;
}

function lostBy({ counted: count, expected }: Contest): number {
  return expected - count;
}
