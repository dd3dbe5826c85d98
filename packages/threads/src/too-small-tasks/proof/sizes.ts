// Tasks of several sizes, inline and on a pool, and the smallest ones in batches too.

import { Piscina } from 'piscina';
import { judgeIntervals, median, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Judgement } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { eachAsATask, inBatches } from '../recipe.ts';
import { breakEven, costInline, costOnPool, tasksFor } from './break-even.ts';
import type { SizeCost } from './break-even.ts';

/** As many as cores, two on a single core. */
export const THREADS: number = Math.max(2, usableCores());
const ROUNDS = 4;
const BATCH = 250;

/** Tasks of some microseconds up to a fraction of a millisecond, with their answers: pi(n), OEIS A000720. */
const SIZES = {
  small: { limit: 700, primes: 125 },
  medium: { limit: 2_000, primes: 303 },
  larger: { limit: 5_000, primes: 669 },
  large: { limit: 20_000, primes: 2_262 },
} as const;

type SizeName = keyof typeof SIZES;
const NAMES = Object.keys(SIZES) as SizeName[];

/** One round: every size, and of the smallest one what a pool takes in batches / inline. */
interface Round {
  readonly costs: Readonly<Record<SizeName, SizeCost>>;
  readonly batched: number;
}

/** Rounds of all sizes. */
export async function measureSizes({ signal }: Context): Promise<readonly Round[]> {
  const filename = new URL('./primes-task.ts', import.meta.url).href;
  const pool = new Piscina<number[], number[]>({ filename, minThreads: THREADS, maxThreads: THREADS, execArgv: [] });
  // Idle threads of Piscina 5.3 let the process end, and a question to them does not hold it: it would end with code 13.
  const alive = setInterval(() => {}, 2 ** 30);
  const rounds: Round[] = [];
  try {
    const limits = Array.from({ length: 2_000 }, () => SIZES.small.limit);
    await eachAsATask(limits, pool); // compiled, on both sides
    while (rounds.length < ROUNDS) rounds.push(await measureRound(pool, signal));
    return rounds;
  } finally {
    await pool.destroy();
    clearInterval(alive);
  }
}

async function measureRound(pool: Piscina<number[], number[]>, signal: AbortSignal): Promise<Round> {
  const costs: Partial<Record<SizeName, SizeCost>> = {};
  for (const name of NAMES) {
    signal.throwIfAborted();
    const { limit, primes } = SIZES[name];
    const inline = costInline(limit);
    const ask = (limits: number[]): Promise<number[]> => eachAsATask(limits, pool);
    const { busiest, work } = await costOnPool(pool, limit, tasksFor(inline, THREADS), primes, ask);
    costs[name] = { inline, pool: busiest, work };
  }
  const { limit, primes } = SIZES.small;
  const ask = (limits: number[]): Promise<number[]> => inBatches(limits, pool, BATCH);
  const { busiest } = await costOnPool(pool, limit, 40 * BATCH * THREADS, primes, ask);
  return { costs: costs as Round['costs'], batched: busiest / costs.small!.inline };
}

/** What a task of each size takes inline, and on a pool / inline; in batches; and the size at which both are the same. */
export function sizeFigures(rounds: readonly Round[]) {
  const of = (name: SizeName) => rounds.map(({ costs }) => costs[name]);
  const time = (name: SizeName): Figure =>
    sampled(
      `${name}-time`,
      `CPU time of a task inline, ${label(name)}`,
      of(name).map(({ inline }) => inline),
      'us',
    );
  const ratio = (name: SizeName, bound?: Figure['bound']): Figure =>
    sampled(
      name,
      `pool / inline, ${label(name)}`,
      of(name).map(({ pool, inline }) => pool / inline),
      'x',
      bound,
    );
  const batched = rounds.map((round) => round.batched);
  const evens = rounds.flatMap(({ costs }) => breakEven(NAMES.map((name) => costs[name])) ?? []);
  return {
    loses: [ratio('small', { least: 1.5 }), time('small')],
    wins: [
      sampled('batched', `pool / inline, ${label('small')}, ${BATCH} in a message`, batched, 'x', { most: 1 }),
      ratio('large', { most: 1 }),
      time('large'),
    ],
    between: [
      ratio('medium'),
      ratio('larger'),
      sampled(
        'small-busiest',
        `CPU time of the busiest thread for each task, ${label('small')}`,
        of('small').map(({ pool }) => pool),
        'us',
      ),
    ],
    /** Empty where one way was faster at every size. */
    even: evens.length > 0 ? [sampled('break-even', 'break-even: size of a task', evens, 'us')] : [],
  };
}

function label(name: SizeName): string {
  return `primes below ${SIZES[name].limit.toLocaleString('en-US')}`;
}

/** Where work beside work costs half as much again, two threads hardly gain: then the large tasks show nothing. */
export function judgeWins(wins: readonly Figure[], rounds: readonly Round[]): Judgement {
  const judgement = judgeIntervals(wins);
  const inflation = median(rounds.map(({ costs: { large } }) => large.work / large.inline));
  if (judgement.verdict === 'holds' || inflation < 1.5) return judgement;
  return {
    verdict: 'cannot-show',
    reason: `work side by side takes ${inflation.toFixed(2)}x its CPU time on this host, so a pool of ${THREADS} hardly gains at any size`,
  };
}
