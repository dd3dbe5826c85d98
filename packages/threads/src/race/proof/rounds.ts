// Rounds of the race, by the way of counting, and what was lost.

import { sampled } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { outcomes, tally } from '@cookbook/lab/race';
import type { Grade } from '@cookbook/lab/race';
import { race } from '../recipe.ts';
import type { Way } from '../recipe.ts';

const THREADS = 2;
const ROUNDS = 8;
/** Long enough for the threads to overlap for most of it. */
const TIMES = { '++': 3_000_000, 'load and store': 3_000_000, 'Atomics.add': 3_000_000, lock: 1_000_000 };
const KEYS = { '++': 'plain', 'load and store': 'load-and-store', 'Atomics.add': 'add', lock: 'lock' };
const LOST = 'counts lost';

interface Round {
  readonly counted: number;
  readonly expected: number;
}

export type Rounds = Readonly<Record<Way, readonly Round[]>>;

/** Every way of counting in turn, eight times: what disturbs the machine disturbs all of them. */
export async function countRounds({ signal }: Context): Promise<Rounds> {
  const rounds: Record<Way, Round[]> = { '++': [], 'load and store': [], 'Atomics.add': [], lock: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of Object.keys(rounds) as Way[]) {
      signal.throwIfAborted();
      const times = TIMES[way];
      rounds[way].push({ counted: await race(way, THREADS, times), expected: THREADS * times });
    }
  }
  return rounds;
}

/** A way that loses counts. That it did has to be seen: where it did not, the threads never met. */
export function lost(words: string, way: Way, rounds: Rounds): Finding {
  const finding = outcomes(words, KEYS[way], way, tallyOf(way, rounds, 'interesting'), LOST);
  return {
    ...finding,
    figures: [
      ...finding.figures,
      sampled(`${KEYS[way]}-share`, `counts lost with ${way}`, rounds[way].map(shareLost), '%'),
    ],
  };
}

/** A way that must never lose a count. */
export function none(words: string, way: Way, rounds: Rounds): Finding {
  return outcomes(words, KEYS[way], way, tallyOf(way, rounds, 'forbidden'));
}

function tallyOf(way: Way, rounds: Rounds, grade: Grade) {
  const seen = rounds[way].map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : 'counted too much',
  );
  return tally(seen, { 'none lost': 'acceptable', [LOST]: grade, 'counted too much': 'forbidden' });
}

function shareLost({ counted, expected }: Round): number {
  return (100 * (expected - counted)) / expected;
}
