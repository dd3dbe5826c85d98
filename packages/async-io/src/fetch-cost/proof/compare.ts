// What `fetch` costs against `request`: the same answers, each over one connection that is kept, by the CPU time of this process.

import type { Context } from '@cookbook/lab/claim';
import { comparePairs } from '@cookbook/lab/speedup';
import type { Comparison } from '@cookbook/lab/speedup';
import { Agent, Client, fetch } from 'undici';
import { checkDocument } from '../proof/server/index.ts';
import type { TestServer } from '../proof/server/index.ts';
import { download, inSequence } from './recipe.ts';

/** In a row: enough for the CPU clock. */
const REQUESTS = 100;

/** CPU time of `fetch` / of `request`, both of undici, both one request after another without a delay. */
export async function compareFetch(
  server: TestServer,
  context: Pick<Context, 'budget' | 'signal'>,
): Promise<Comparison> {
  await server.reset({});
  const agent = new Agent({ connections: 1 });
  const client = new Client(server.origin);
  const byFetch = async (number: number): Promise<Buffer> => {
    const response = await fetch(`${server.origin}/document/${number}`, { dispatcher: agent });
    const body = Buffer.from(await response.arrayBuffer());
    checkDocument(number, body);
    return body;
  };
  const byRequest = (number: number): Promise<Buffer> => download(client, number);
  const numbers = Array.from({ length: REQUESTS }, (_, number) => number);
  const cpuOf = (ask: typeof byFetch) => async (): Promise<number> => {
    const before = process.cpuUsage();
    await inSequence(numbers, ask);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    return await comparePairs(cpuOf(byFetch), cpuOf(byRequest), { context, pairs: [9, 15], precision: 0.15 });
  } finally {
    await Promise.all([agent.destroy(), client.destroy()]);
  }
}
