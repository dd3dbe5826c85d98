import { allHold, counted, defineClaim, judgeBounds, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { tallyFigures } from '@cookbook/lab/outcomes';
import { judgeTally, tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { leastShare, openTurns } from './proof/turns.ts';
import type { Round } from './proof/turns.ts';
import type { TurnsWay } from './proof/turns-task.ts';

const THREADS = 2;
const TURNS = 1_000;
const ROUNDS = 10;
const MOST_ROUNDS = 40;

/** So many turns of others while one thread waits: a tenth of all. In a queue of two it is none. */
const STARVED_FROM = TURNS / 10;
const STARVED = `waited for ${STARVED_FROM} turns or more`;

interface StarvationEvidence extends Evidence {
  readonly unfair: Tally;
}

export default defineClaim<StarvationEvidence>({
  id: 'threads/starvation',
  says: 'A thread may wait for a lock while others get it again and again.',
  from: ['MM'],
  answer:
    'Under an unfair lock a waiting worker is passed over more than a hundred times in a row; under a ticket lock all are served in the order of asking.',

  async measure(context: Context) {
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
        { context, pairs: [ROUNDS, ROUNDS] },
      );
      // A race to be provoked: where the system hands the core to whoever is woken, it may take more rounds.
      while (!rounds.unfair.some(starved) && rounds.unfair.length < MOST_ROUNDS) {
        context.signal.throwIfAborted();
        await run('unfair');
      }
      const waits = rounds.unfair.map((round) => (starved(round) ? STARVED : 'shorter waits'));
      const unfair = tally(waits, { 'shorter waits': 'acceptable', [STARVED]: 'interesting' });
      const outOfOrder = rounds.ticket.reduce((sum, { tickets }) => sum + servedOutOfOrder(tickets), 0);
      return {
        unfair,
        headline: `unfair lock: a waiting thread passed over up to ${longestWait(rounds.unfair)} times in a row; ticket lock: ${outOfOrder} of ${(TURNS * rounds.ticket.length).toLocaleString('en-US')} turns out of order`,
        figures: [
          counted('ticket lock: served out of order', outOfOrder, 'turns', { most: 0 }),
          // Half of what each is due: a thread that the system keeps from asking cannot be served.
          shareFigure('ticket', rounds.ticket, { least: 25 }),
          shareFigure('unfair', rounds.unfair),
          counted('unfair lock: longest wait', longestWait(rounds.unfair), 'turns of others'),
          ...tallyFigures(unfair, 'unfair lock'),
          ratioFigure('time for all turns, ticket lock / unfair lock', cost),
        ],
        notes: [
          `${THREADS} threads, ${TURNS.toLocaleString('en-US')} turns of 20 us a round, each asks again at once.`,
        ],
      };
    } finally {
      await turns.close();
    }
  },

  judge: (evidence) => allHold([judgeBounds(evidence), judgeTally(evidence.unfair, STARVED)]),
});

function starved(round: Round): boolean {
  return round.longestWait >= STARVED_FROM;
}

function longestWait(rounds: readonly Round[]): number {
  return Math.max(...rounds.map((round) => round.longestWait));
}

function shareFigure(way: TurnsWay, rounds: readonly Round[], bound?: { least: number }) {
  return sampled(
    `${way} lock: least share of the turns`,
    rounds.map(({ page }) => 100 * leastShare(page, THREADS)),
    '%',
    bound,
  );
}

function servedOutOfOrder(tickets: readonly number[]): number {
  return tickets.filter((ticket, turn) => ticket !== turn).length;
}
