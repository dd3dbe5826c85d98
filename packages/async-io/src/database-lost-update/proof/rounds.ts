// Which ways of adding one lose updates, over some rounds.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { tallyFigures } from '@cookbook/lab/outcomes';
import { tally } from '@cookbook/lab/race';
import type { Tally } from '@cookbook/lab/race';
import type { ClientConfig } from 'pg';
import { WAYS } from './lost-update.ts';
import type { Way } from './lost-update.ts';
import { openRace } from './race.ts';
import type { Race } from './race.ts';

const CONNECTIONS = 8;
const TIMES = 25;
const ROUNDS = 5;

/** The way that is to lose updates; of the others none may. */
export const BROKEN: Way = 'read, then write';
export const LOST = 'updates lost';

export interface Races {
  readonly tallies: ReadonlyMap<Way, Tally>;
  readonly figures: readonly Figure[];
  /** Percent of the updates. */
  readonly lost: ReadonlyMap<Way, Figure>;
}

export async function measureRaces(connection: ClientConfig, { signal, screen }: Context): Promise<Races> {
  const races = new Map(WAYS.map((way) => [way, [] as Race[]]));
  const track = await openRace(connection, CONNECTIONS);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [way, runs] of races) {
        signal.throwIfAborted();
        screen.draw(`… database: ${CONNECTIONS} connections add to one number, ${way}`);
        runs.push(await track.run(way, TIMES));
      }
    }
  } finally {
    await track.close();
  }
  const tallies = new Map([...races].map(([way, runs]) => [way, tallyOf(way, runs)]));
  const figuresOf = (name: string, unit: string, of: (race: Race) => number): Figure[] =>
    [...races].map(([way, runs]) => sampled(`${name}, ${way}`, runs.map(of), unit));
  const lost = figuresOf('updates lost', '%', ({ expected, counted }) => (100 * (expected - counted)) / expected);
  const retries = figuresOf('tries again for an update', 'x', ({ expected, retries: own }) => own / expected);
  return {
    tallies,
    lost: new Map(WAYS.map((way, index) => [way, lost[index]!])),
    figures: [
      ...[...tallies].flatMap(([way, outcomes]) => tallyFigures(outcomes, way)),
      ...lost,
      retries[WAYS.indexOf('serializable')]!,
      ...figuresOf('an update', 'ms', ({ msEach }) => msEach),
    ],
  };
}

function tallyOf(way: Way, races: readonly Race[]): Tally {
  const outcomes = races.map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : 'too many',
  );
  return tally(outcomes, { 'none lost': 'acceptable', [LOST]: way === BROKEN ? 'interesting' : 'forbidden' });
}
