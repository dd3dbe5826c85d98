// The adaptive limit against the same server: what it settles at.

import type { Context } from '@cookbook/lab/claim';
import { Pool } from 'undici';
import type { TestServer } from '../proof/server/index.ts';
import { load } from './load.ts';
import type { LoadResult } from './load.ts';
import { AdaptiveLimit } from './recipe.ts';

export interface Adapted extends LoadResult {
  /** The limit after every answer, in order. */
  readonly limits: readonly LimitAt[];
}

export interface LimitAt {
  /** ms since the start */
  readonly at: number;
  readonly limit: number;
}

/** Asks for so many documents, through a limit that nobody told the server's width. */
export async function measureAdaptive(
  server: TestServer,
  requests: number,
  { signal }: Pick<Context, 'signal'>,
): Promise<Adapted> {
  const adaptive = new AdaptiveLimit();
  const client = new Pool(server.origin);
  const limits: LimitAt[] = [];
  const start = performance.now();
  try {
    const result = await load(server, client, requests, async (task) => {
      const answer = await adaptive.run(() => {
        signal.throwIfAborted();
        return task();
      });
      limits.push({ at: performance.now() - start, limit: adaptive.limit });
      return answer;
    });
    return { ...result, limits };
  } finally {
    await client.destroy();
  }
}

/** The limits once it has first shrunk: until then it only climbs. */
export function settled(limits: readonly LimitAt[]): LimitAt[] {
  const first = limits.findIndex(({ limit }, index) => index > 0 && limit < limits[index - 1]!.limit);
  return first === -1 ? [] : limits.slice(first);
}
