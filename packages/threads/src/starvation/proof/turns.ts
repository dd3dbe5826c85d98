// Turns under a lock, round for round.

import { counted, sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Figure } from '@cookbook/lab/claim';
import { tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { sharedWords } from '../../mutex/shared-words.ts';
import { openTogether, wallOf } from '../../proof/run-together.ts';
import { TURNS_WORDS } from './turns-task.ts';
import type { Signed, TurnsWay } from './turns-task.ts';

const THREADS = 2;
const TURNS = 1_000;
const ROUNDS = 10;
const MOST_ROUNDS = 40;

/** So many turns in a row of one thread while the other waits: a tenth of all. In a queue of two it is none. */
const STARVED_FROM = TURNS / 10;
/** The outcome of a round in which a thread waited for that long. */
export const STARVED = `waited for ${STARVED_FROM} turns or more`;

export interface Round {
  /** The number of the thread that had each turn, in order. */
  readonly page: readonly number[];
  /** The tickets in the order in which they were served; -1 where the lock has none. */
  readonly tickets: readonly number[];
  /** The most turns that one thread had in a row while another waited. */
  readonly longestWait: number;
  /** From the first thread's start to the last one's end, ms. */
  readonly wall: number;
}

/** Starts threads that can take turns many times over. */
export function openTurns(threads: number) {
  const together = openTogether<TurnsWay, Signed>(new URL('./turns-task.ts', import.meta.url), threads, TURNS_WORDS);
  return {
    async run(way: TurnsWay, turns: number): Promise<Round> {
      const signed = { page: sharedWords(turns), tickets: sharedWords(turns), awaited: sharedWords(turns) };
      const run = await together.run(way, turns, signed);
      const page = [...signed.page];
      const longestWait = longestWaitOf(page, [...signed.awaited]);
      return { page, tickets: [...signed.tickets], longestWait, wall: wallOf(run) };
    },
    close: () => together.close(),
  };
}

/** The most further turns that a thread had in a row after one at whose end another waited. */
export function longestWaitOf(page: readonly number[], awaited: readonly number[]): number {
  let longest = 0;
  let since: number | undefined; // the turn at whose end the other was seen to wait
  for (const [turn, thread] of page.entries()) {
    if (thread !== page[turn - 1]) since = undefined;
    if (since !== undefined) longest = Math.max(longest, turn - since);
    else if (awaited[turn] === 1) since = turn;
  }
  return longest;
}

/** The share of the turns that the thread with the fewest had: 1 / threads where all had the same. */
export function leastShare(page: readonly number[], threads: number): number {
  const counts = Array.from({ length: threads }, (_, thread) => page.filter((turn) => turn === thread).length);
  return Math.min(...counts) / page.length;
}

/** Rounds under both locks in turn, and more under the unfair one until a thread starved there. */
export async function takeTurns({ signal, budget }: Context) {
  const rounds: Record<TurnsWay, Round[]> = { unfair: [], ticket: [] };
  const turns = openTurns(THREADS);
  const run = async (way: TurnsWay): Promise<number> => {
    const round = await turns.run(way, TURNS);
    rounds[way].push(round);
    return round.wall;
  };
  try {
    const cost = await comparePairs(
      () => run('ticket'),
      () => run('unfair'),
      { context: { signal, budget }, pairs: [ROUNDS, ROUNDS] },
    );
    // A race to be provoked: where the system gives the core to the thread that is woken, it may take more rounds.
    while (!rounds.unfair.some(starved) && rounds.unfair.length < MOST_ROUNDS) {
      signal.throwIfAborted();
      await run('unfair');
    }
    return { ...rounds, cost: ratioFigure('cost', 'time for all turns, ticket lock / unfair lock', cost) };
  } finally {
    await turns.close();
  }
}

/** What was held constant. */
export const TURNS_NOTE = `${THREADS} threads, ${TURNS.toLocaleString('en-US')} turns of 20 us a round, each asks again at once.`;

/** In how many rounds a thread starved. */
export function tallyOf(rounds: readonly Round[]): Tally {
  const waits = rounds.map((round) => (starved(round) ? STARVED : 'shorter waits'));
  return tally(waits, { 'shorter waits': 'acceptable', [STARVED]: 'interesting' });
}

function starved(round: Round): boolean {
  return round.longestWait >= STARVED_FROM;
}

/** Of each round: the share of the turns that the thread with the fewest had. */
export function shareFigure(way: TurnsWay, rounds: readonly Round[], bound?: Bound): Figure {
  const shares = rounds.map(({ page }) => 100 * leastShare(page, THREADS));
  return sampled(`${way}-share`, `${way} lock: least share of the turns`, shares, '%', bound);
}

/** Of all rounds: the most turns that one thread had in a row while another waited. */
export function waitFigure(way: TurnsWay, rounds: readonly Round[], bound?: Bound): Figure {
  const longest = Math.max(...rounds.map(({ longestWait }) => longestWait));
  return counted(`${way}-wait`, `${way} lock: most turns in a row while another waited`, longest, 'turns', bound);
}

/** Of all rounds: the turns that were served, and those out of the order of the tickets. */
export function orderFigures(rounds: readonly Round[]): Figure[] {
  const tickets = rounds.flatMap((round) => round.tickets.map((ticket, turn) => ticket === turn));
  const outOfOrder = tickets.filter((inOrder) => !inOrder).length;
  return [
    counted('turns', 'ticket lock: turns', tickets.length, 'turns'),
    counted('out-of-order', 'ticket lock: served out of order', outOfOrder, 'turns', { most: 0 }),
  ];
}
