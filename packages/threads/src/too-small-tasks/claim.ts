import { Piscina } from 'piscina';
import { allHold, defineClaim, judgeIntervals, medianInterval, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { breakEven, costInline, costOnPool, tasksFor } from './proof/break-even.ts';
import type { SizeCost } from './proof/break-even.ts';
import { eachAsATask, inBatches } from './recipe.ts';

const THREADS = Math.max(2, usableCores());
const ROUNDS = 4;
const BATCH = 250;

/** Tasks of some microseconds up to a fraction of a millisecond, with their answers: pi(n), OEIS A000720. */
const SIZES: readonly { readonly limit: number; readonly primes: number }[] = [
  { limit: 700, primes: 125 },
  { limit: 2_000, primes: 303 },
  { limit: 5_000, primes: 669 },
  { limit: 20_000, primes: 2_262 },
];

interface SmallEvidence extends Evidence {
  readonly loses: readonly Figure[];
  readonly wins: readonly Figure[];
  /** CPU time of a large task on the pool / inline: how much dearer the host makes work beside other work. */
  readonly dearer: number;
}

export default defineClaim<SmallEvidence>({
  id: 'threads/too-small-tasks',
  says: 'More threads, more speed.',
  from: ['ours'],
  answer:
    'Not for small tasks: at some microseconds each a pool takes at least 1.5x the time of inline code, until they travel in batches.',

  async measure({ signal }: Context) {
    const filename = new URL('./proof/primes-task.ts', import.meta.url).href;
    const pool = new Piscina<number[], number[]>({ filename, minThreads: THREADS, maxThreads: THREADS, execArgv: [] });
    // Idle threads of Piscina let the process end, and a question to them does not hold it: it would end with code 13.
    const alive = setInterval(() => {}, 2 ** 30);
    const rounds: SizeCost[][] = [];
    const batched: number[] = [];
    try {
      await eachAsATask(
        Array.from({ length: 2_000 }, () => 700),
        pool,
      ); // compiled, on both sides
      const smallest = SIZES[0]!;
      for (let round = 0; round < ROUNDS; round++) {
        const costs: SizeCost[] = [];
        for (const { limit, primes } of SIZES) {
          signal.throwIfAborted();
          const inline = costInline(limit);
          const ask = (limits: number[]): Promise<number[]> => eachAsATask(limits, pool);
          const { busiest, work } = await costOnPool(pool, limit, tasksFor(inline, THREADS), primes, ask);
          costs.push({ inline, pool: busiest, work });
        }
        rounds.push(costs);
        const count = 40 * BATCH * THREADS;
        const ask = (limits: number[]): Promise<number[]> => inBatches(limits, pool, BATCH);
        const { busiest } = await costOnPool(pool, smallest.limit, count, smallest.primes, ask);
        batched.push(busiest / costs[0]!.inline);
      }
    } finally {
      await pool.destroy();
      clearInterval(alive);
    }
    return evidenceOf(rounds, batched);
  },

  judge: ({ loses, wins, dearer }) => allHold([judgeIntervals(loses), judgeWins(wins, dearer)]),
});

function evidenceOf(rounds: readonly SizeCost[][], batched: readonly number[]): SmallEvidence {
  const sizes = SIZES.map((_, size) => {
    const costs = rounds.map((round) => round[size]!);
    const us = medianInterval(costs.map(({ inline }) => inline)).median.toFixed(costs[0]!.inline < 10 ? 1 : 0);
    return { us, ratios: costs.map(({ inline, pool }) => pool / inline), costs };
  });
  const [first, last] = [sizes[0]!, sizes.at(-1)!];
  const loses = [sampled(`pool / inline, tasks of ${first.us} us`, first.ratios, 'x', { least: 1.5 })];
  const wins = [
    sampled(`pool / inline, tasks of ${last.us} us`, last.ratios, 'x', { most: 1 }),
    sampled(`pool / inline, tasks of ${first.us} us, ${BATCH} in a message`, batched, 'x', { most: 1 }),
  ];
  const evens = rounds.flatMap((round) => breakEven(round) ?? []);
  const even = evens.length > 0 ? [sampled('break-even: size of a task', evens, 'us')] : [];
  return {
    loses,
    wins,
    dearer: medianInterval(last.costs.map(({ work, inline }) => work / inline)).median,
    headline: `a pool of ${THREADS} pays from tasks of ${even[0]?.median.toFixed(0) ?? '?'} us on; at ${first.us} us it takes ${loses[0]!.median.toFixed(1)}x the time of inline code, in batches ${wins[1]!.median.toFixed(2)}x`,
    figures: [
      ...loses,
      ...sizes.slice(1, -1).map(({ us, ratios }) => sampled(`pool / inline, tasks of ${us} us`, ratios, 'x')),
      ...wins,
      ...even,
      sampled(
        'CPU time of the busiest thread for each of the smallest tasks',
        rounds.map((round) => round[0]!.pool),
        'us',
      ),
    ],
    notes: ['Times are CPU time of the busiest thread: what the way takes where every thread has a core.'],
  };
}

/** Where work beside work costs half as much again, two threads hardly gain: then the large tasks show nothing. */
function judgeWins(wins: readonly Figure[], dearer: number): Judgement {
  const judgement = judgeIntervals(wins);
  if (judgement.verdict === 'holds' || dearer < 1.5) return judgement;
  return {
    verdict: 'cannot-show',
    reason: `work side by side takes ${dearer.toFixed(2)}x its CPU time on this host, so a pool of ${THREADS} hardly gains at any size`,
  };
}
