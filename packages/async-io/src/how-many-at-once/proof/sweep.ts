// How many at once? A load for every limit from 1 to 1,024.

import type { Context } from '@cookbook/lab/claim';
import { Pool } from 'undici';
import type { TestServer } from '../../proof/server/index.ts';
import { goodput, loadAt } from '../recipe.ts';
import type { LoadResult } from '../recipe.ts';
import { documents, observed } from './observed.ts';
import type { Observed } from './observed.ts';

const LIMITS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024];

/** Up to here a load takes a fraction of a second, and is repeated: a disturbed one then differs from its neighbours. */
const REPEATED_TO = 64;
const ROUNDS = 2;

export interface Point extends LoadResult, Observed {
  readonly limit: number;
}

/** The best load of every limit: what disturbs the machine only ever takes from the goodput. */
export async function measureSweep(
  server: TestServer,
  { signal, screen }: Pick<Context, 'signal' | 'screen'>,
): Promise<Point[]> {
  const best = new Map<number, Point>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const limit of LIMITS.filter((one) => round === 0 || one <= REPEATED_TO)) {
      signal.throwIfAborted();
      screen.draw(`… how-many-at-once: ${limit} in flight`);
      const point = await measurePoint(server, limit);
      const before = best.get(limit);
      if (!before || goodput(point) > goodput(before)) best.set(limit, point);
    }
  }
  return LIMITS.map((limit) => best.get(limit)!);
}

/** A pool of its own for every limit, so that a point does not find the connections of the one before. */
async function measurePoint(server: TestServer, limit: number): Promise<Point> {
  const client = new Pool(server.origin, { connections: limit });
  try {
    return await observed(server, () => loadAt(limit, documents(client, requestsFor(limit))));
  } finally {
    await client.destroy();
  }
}

/** Each place is used several times over, so that the start and the end do not count for much. */
function requestsFor(limit: number): number {
  const turns = limit <= REPEATED_TO ? 8 : limit <= 128 ? 4 : 2; // most of the largest loads is refused at once
  return Math.max(16, turns * limit);
}
