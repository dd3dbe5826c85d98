// Which ways of adding one lose updates, over some rounds.

import { sampled, shown } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { outcomes, tally } from '@cookbook/lab/race';
import type { ClientConfig } from 'pg';
import { WAYS } from '../recipe.ts';
import type { Way } from '../recipe.ts';
import { openRace } from './race.ts';
import type { Race } from './race.ts';

const CONNECTIONS = 8;
const TIMES = 25;
const ROUNDS = 5;

/** The way that is to lose updates; of the others none may. */
const BROKEN: Way = 'read, then write';
const LOST = 'updates lost';

export type Rounds = ReadonlyMap<Way, readonly Race[]>;

/** Has the connections race on one number, each way in turn. */
export async function raceInRounds(connection: ClientConfig, { signal, screen }: Context): Promise<Rounds> {
  const rounds = new Map(WAYS.map((way) => [way, [] as Race[]]));
  const track = await openRace(connection, CONNECTIONS);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const [way, races] of rounds) {
        signal.throwIfAborted();
        screen.draw(`… database-lost-update: ${CONNECTIONS} connections add to one number, ${way}`);
        races.push(await track.run(way, TIMES));
      }
    }
  } finally {
    await track.close();
  }
  return rounds;
}

/** The rounds of a way by outcome, and the share of the updates that it lost, such as 'for-update-lost', in percent. */
export function lossFinding(words: string, way: Way, rounds: Rounds): Finding {
  const races = rounds.get(way)!;
  const ends = races.map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : 'too many',
  );
  const isBroken = way === BROKEN;
  const seen = tally(ends, { 'none lost': 'acceptable', [LOST]: isBroken ? 'interesting' : 'forbidden' });
  const finding = outcomes(words, slug(way), way, seen, isBroken ? LOST : undefined);
  const shares = races.map(({ expected, counted }) => (100 * (expected - counted)) / expected);
  const lost = sampled(`${slug(way)}-lost`, `updates lost, ${way}`, shares, '%');
  return { ...finding, figures: [...finding.figures, lost] };
}

/** How long an update takes, such as 'for-update-time', and how often a serializable one is tried again. */
export function costFinding(rounds: Rounds): Finding {
  const serializable = rounds.get('serializable')!;
  const retries = serializable.map(({ expected, retries: own }) => own / expected);
  return shown(
    '',
    sampled('retries', 'retries of an update, serializable', retries, 'x'),
    ...[...rounds].map(([way, races]) => {
      const times = races.map(({ msEach }) => msEach);
      return sampled(`${slug(way)}-time`, `an update, ${way}`, times, 'ms');
    }),
  );
}

/** 'read-then-write' */
function slug(way: Way): string {
  return way.replaceAll(/[, ]+/g, '-');
}
