import { allHold, defineClaim } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/compare';
import { sampled } from '@cookbook/lab/interval';
import { judgeTally, tally, tallyFigures } from '@cookbook/lab/outcomes';
import type { Grade, Tally } from '@cookbook/lab/outcomes';
import { describeFigure } from '@cookbook/lab/wording';
import { openRace } from './recipe.ts';
import type { RaceResult } from './recipe.ts';
import type { Way } from './ways.ts';

const THREADS = 2;
/** Long enough for the threads to overlap for most of it. */
const TIMES = 3_000_000;
const TIMES_UNDER_LOCK = 100_000;
const ROUNDS = 8;

const LOST = 'updates lost';

interface RaceEvidence extends Evidence {
  readonly tallies: Readonly<Record<Way, Tally>>;
}

export default defineClaim<RaceEvidence>({
  id: 'threads/race',
  says: 'Shared memory without synchronisation is a source of races.',
  from: ['QA'],
  answer:
    'Two workers that count on one shared number lose updates by load and store, mostly by ++, and none by Atomics.add or under a lock.',

  async measure(context: Context) {
    const results: Record<Way, RaceResult[]> = { '++': [], 'load and store': [], 'Atomics.add': [], lock: [] };
    const race = openRace(THREADS);
    const round = async (way: Way): Promise<number> => {
      const result = await race.run(way, way === 'lock' ? TIMES_UNDER_LOCK : TIMES);
      results[way].push(result);
      return result.nsPerCount;
    };
    try {
      for (let done = 0; done < ROUNDS; done++) {
        context.signal.throwIfAborted();
        await round('load and store');
      }
      const pairs = { context, pairs: [ROUNDS, ROUNDS] as const };
      const costOfAdd = await comparePairs(
        () => round('Atomics.add'),
        () => round('++'),
        pairs,
      );
      const costOfLock = await comparePairs(
        () => round('lock'),
        () => round('++'),
        pairs,
      );
      const tallies = {
        '++': tallyOf(results['++'], 'interesting'),
        'load and store': tallyOf(results['load and store'], 'interesting'),
        'Atomics.add': tallyOf(results['Atomics.add'], 'forbidden'),
        lock: tallyOf(results.lock, 'forbidden'),
      };
      const lostByPlain = sampled('lost by ++', results['++'].map(shareLost), '%');
      const lostByLoadStore = sampled('lost by load and store', results['load and store'].map(shareLost), '%');
      return {
        tallies,
        headline: `${describeFigure(lostByPlain)}; ${describeFigure(lostByLoadStore)}; by Atomics.add and under a lock: none`,
        figures: [
          ...Object.entries(tallies).flatMap(([way, outcomes]) => tallyFigures(outcomes, way)),
          lostByPlain,
          lostByLoadStore,
          ratioFigure('time of Atomics.add / time of ++', costOfAdd),
          ratioFigure('time of a lock / time of ++', costOfLock),
        ],
      };
    } finally {
      await race.close();
    }
  },

  judge: ({ tallies }) =>
    allHold([
      judgeTally(tallies['Atomics.add']),
      judgeTally(tallies.lock),
      judgeTally(tallies['++']),
      judgeTally(tallies['load and store'], LOST),
    ]),
});

function tallyOf(results: readonly RaceResult[], lost: Grade): Tally {
  const outcomes = results.map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : 'more counted than done',
  );
  return tally(outcomes, { 'none lost': 'acceptable', [LOST]: lost, 'more counted than done': 'forbidden' });
}

function shareLost({ counted, expected }: RaceResult): number {
  return (100 * (expected - counted)) / expected;
}
