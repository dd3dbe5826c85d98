import { allHold, defineClaim, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { tallyFigures } from '@cookbook/lab/outcomes';
import { pythonHalf } from '@cookbook/lab/python';
import { judgeTally, tally } from '@cookbook/lab/race';
import type { Grade, Tally } from '@cookbook/lab/race';
import { openRace } from './proof/race.ts';
import type { Race } from './proof/race.ts';
import { WAYS } from './recipe.ts';
import type { Way } from './recipe.ts';

const PROCESSES = 4;
const ROUNDS = 4;
/** Long enough for the processes to overlap for most of it. */
const TIMES: Readonly<Record<Way, number>> = {
  'own memory': 1_000,
  file: 200,
  'lock file': 20,
  transaction: 50,
  append: 100,
};

const LOST = 'updates lost';

/** A race of one way, with or without a process that is killed inside. */
interface Case {
  readonly name: string;
  readonly way: Way;
  readonly victim: boolean;
}

const CASES: readonly Case[] = [
  ...WAYS.map((way): Case => ({ name: way, way, victim: false })),
  { name: 'lock file, a holder killed', way: 'lock file', victim: true },
  { name: 'transaction, a holder killed', way: 'transaction', victim: true },
];

interface LockEvidence extends Evidence {
  readonly tallies: ReadonlyMap<Case, Tally>;
}

export default defineClaim<LockEvidence>({
  id: 'processes/no-locks',
  says: 'Processes do away with most synchronisation.',
  from: ['QA'],
  answer:
    'In memory they do: there is nothing to race on. A file that several of them count in loses most updates; under a lock file or in a transaction it loses none, though a holder be killed.',

  async measure({ signal }: Context) {
    const results = new Map(CASES.map((one) => [one, [] as Race[]]));
    const race = openRace(PROCESSES);
    try {
      for (let round = 0; round < ROUNDS; round++) {
        for (const [{ way, victim }, races] of results) {
          signal.throwIfAborted();
          races.push(await race.run(way, TIMES[way], { victim }));
        }
      }
    } finally {
      await race.close();
    }
    const tallies = new Map([...results].map(([one, races]) => [one, tallyOf(races, one.way)]));
    const of = (name: string): Race[] => [...results].find(([one]) => one.name === name)![1];
    const lost = sampled('updates lost in an unguarded file', of('file').map(shareLost), '%');
    return {
      tallies,
      headline: `${PROCESSES} processes lose ${lost.median.toFixed(0)}% of the updates of a file; in memory, by append, under a lock file and in a transaction: none`,
      figures: [
        ...[...tallies].flatMap(([{ name }, outcomes]) => tallyFigures(outcomes, name)),
        lost,
        ...(['file', 'lock file', 'transaction', 'append'] as const).map((way) =>
          sampled(
            `a count by ${way}`,
            of(way).map(({ usPerCount }) => usPerCount),
            'us',
          ),
        ),
      ],
      notes: [
        `${PROCESSES} processes at the same time, ${ROUNDS} rounds. Two writes at once may also leave a number that nobody wrote.`,
      ],
    };
  },

  judge: ({ tallies }) =>
    allHold([...tallies].map(([{ way }, outcomes]) => judgeTally(outcomes, way === 'file' ? LOST : undefined))),

  // The post's sentence is judged where it holds: in memory of their own.
  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { expected, own, shared, locked } = answer as Record<'expected' | 'own' | 'shared' | 'locked', number>;
    const outcomes = tally(
      [
        own === expected ? 'own memory: none lost' : 'own memory: lost',
        locked === expected ? 'lock: none lost' : 'lock: lost',
      ],
      { 'own memory: none lost': 'acceptable', 'lock: none lost': 'acceptable' },
    );
    const lost = sampled(
      'updates of a shared value lost without a lock',
      [(100 * (expected - shared)) / expected],
      '%',
    );
    return {
      figures: [...tallyFigures(outcomes, 'two processes'), lost],
      headline: `in memory of their own none lost, of a shared value ${lost.median.toFixed(0)}%`,
      judgement: judgeTally(outcomes),
    };
  }),
});

function tallyOf(races: readonly Race[], way: Way): Tally {
  const lost: Grade = way === 'file' ? 'interesting' : 'forbidden';
  const outcomes = races.map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : 'a number that nobody wrote',
  );
  return tally(outcomes, { 'none lost': 'acceptable', [LOST]: lost, 'a number that nobody wrote': lost });
}

/** In percent; a number that nobody wrote has lost them all. */
function shareLost({ counted, expected }: Race): number {
  return counted > expected || Number.isNaN(counted) ? 100 : (100 * (expected - counted)) / expected;
}
