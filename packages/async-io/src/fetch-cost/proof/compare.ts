// The same documents by `fetch` and by `request`, each over one connection that is kept, by the CPU time of this process.

import type { Context } from '@cookbook/lab/claim';
import { comparePairs } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { Agent, Client } from 'undici';
import { inSequence } from '../../network/recipe.ts';
import { checkDocument } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { byFetch, byRequest } from '../recipe.ts';

/** In a row: enough for the CPU clock. */
const REQUESTS = 100;

/** CPU time of `fetch` / of `request`, both one request after another without a delay. */
export async function compareFetch(
  server: TestServer,
  context: Pick<Context, 'budget' | 'signal'>,
): Promise<Comparison> {
  await server.reset({});
  const agent = new Agent({ connections: 1 });
  const client = new Client(server.origin);
  const numbers = Array.from({ length: REQUESTS }, (_, number) => number);
  const cpuOf = (get: (path: string) => Promise<Buffer>) => async (): Promise<number> => {
    const before = process.cpuUsage();
    await inSequence(numbers, async (number) => checkDocument(number, await get(`/document/${number}`)));
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  const fetching = cpuOf((path) => byFetch(agent, server.origin, path));
  const requesting = cpuOf((path) => byRequest(client, server.origin, path));
  try {
    return await comparePairs(fetching, requesting, { context, pairs: [9, 15], precision: 0.15 });
  } finally {
    await Promise.all([agent.destroy(), client.destroy()]);
  }
}
