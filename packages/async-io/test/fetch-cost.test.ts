import { Agent } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareFetch } from '../src/fetch-cost/proof/compare.ts';
import { byFetch, byRequest } from '../src/fetch-cost/recipe.ts';
import { documentOf, openServer } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

let server: TestServer;
beforeAll(async () => void (server = await openServer()));
afterAll(() => server.close());

test.each([
  ['fetch', byFetch],
  ['request', byRequest],
] as const)('%s gets the bytes of a document, and rejects an error of the server', async (_, by) => {
  const agent = new Agent();
  await server.reset({});
  expect(await by(agent, server.origin, '/document/7')).toEqual(documentOf(7));
  await server.reset({ errorRate: 1 });
  await expect(by(agent, server.origin, '/document/7')).rejects.toThrow('Expected status 200, got 500');
  await agent.destroy();
});

test('fetch and request are compared on answers that are checked', async () => {
  const { signal } = new AbortController();
  const { ratios, a, b } = await compareFetch(server, { signal, budget: 0 });
  expect(ratios).toHaveLength(9);
  for (const cpu of [...a, ...b]) expect(cpu).toBeGreaterThan(0);
  expect((await server.counts()).requests).toBe(2 * 10 * 100);
});
