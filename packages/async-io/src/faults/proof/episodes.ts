// Fetching from a server that fails on purpose: now and then, half-way, or for good.

import { setTimeout as sleep } from 'node:timers/promises';
import { checkDocument, openServer } from '../../proof/server/index.ts';
import type { ServerCounts, TestServer } from '../../proof/server/index.ts';
import { openRetryingClient } from '../../retry/recipe.ts';
import { fetchAll } from '../recipe.ts';
import type { Missing } from '../recipe.ts';

const LIMITS = { connect: 5_000, headers: 5_000, body: 5_000, total: 10_000 };
/** What is injected: 5 % of connections reset, 2 % of bodies cut short. */
export const BEHAVIOUR = {
  errorRate: 0,
  resetRate: 0.05,
  cutRate: 0.02,
  delay: 5,
  jitter: 0.5,
  bodyBytes: 4_096,
  seed: 20,
};
const AT_ONCE = 8;

export interface Fetched {
  /** Every document that came, as often as it came, in that order; all were checked against what they must be. */
  readonly taken: readonly number[];
  readonly missing: readonly Missing[];
  /** How often a request was tried again, and after which failure. */
  readonly retries: ReadonlyMap<string, number>;
  readonly counts: ServerCounts;
  /** How often the server was interrupted while documents were under way. */
  readonly interruptions: number;
}

export interface Episode {
  readonly documents: number;
  readonly attempts: number;
  /** What happens to the server when half of the documents have come. */
  readonly interrupt?: (server: TestServer) => Promise<void>;
}

/** The server stops with every connection that it has, and is back after so many ms. */
export function restartAfter(ms: number) {
  return async (server: TestServer): Promise<void> => {
    await server.stop();
    await sleep(ms);
    await server.start();
  };
}

export async function fetchUnderFaults(
  { documents, attempts, interrupt }: Episode,
  signal: AbortSignal,
): Promise<Fetched> {
  const server = await openServer(BEHAVIOUR, signal);
  const retries = new Map<string, number>();
  const client = openRetryingClient({
    limits: LIMITS,
    attempts,
    backOff: { base: 10, most: 100 },
    onRetry: ({ status, code }) => {
      const why = String(status ?? code);
      retries.set(why, (retries.get(why) ?? 0) + 1);
    },
  });
  const taken: number[] = [];
  let interruptions = 0;
  let interrupting: Promise<void> | undefined;
  try {
    const missing = await fetchAll(client, {
      origin: server.origin,
      numbers: Array.from({ length: documents }, (_, number) => number),
      limit: AT_ONCE,
      signal,
      take(number, body) {
        checkDocument(number, body, BEHAVIOUR.bodyBytes);
        taken.push(number);
        if (taken.length !== documents / 2 || !interrupt) return;
        interruptions++;
        interrupting = interrupt(server);
      },
    });
    await interrupting;
    return { taken, missing, retries, counts: await server.counts(), interruptions };
  } finally {
    await client.close();
    await server.close();
  }
}
