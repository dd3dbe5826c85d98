import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { BEHAVIOUR, fetchUnderFaults, restartAfter } from '../src/faults/proof/episodes.ts';
import { fetchAll } from '../src/faults/recipe.ts';
import { checkDocument, fateOf, openServer } from '../src/proof/server/index.ts';
import type { Behaviour, TestServer } from '../src/proof/server/index.ts';
import { openRetryingClient } from '../src/retry/recipe.ts';
import type { RetryingClient } from '../src/retry/recipe.ts';
import { leftSince } from '../src/proof/resources.ts';

const { signal } = new AbortController();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(behaviour: Partial<Behaviour>): Promise<TestServer> {
  const server = await openServer(behaviour);
  opened.push(server);
  return server;
}

function openTrying(attempts: number): RetryingClient {
  const limits = { connect: 5_000, headers: 5_000, body: 5_000, total: 10_000 };
  const client = openRetryingClient({ limits, attempts, backOff: { base: 1, most: 5 } });
  opened.push(client);
  return client;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

test('through resets, cut bodies and a restart every document comes exactly once and right', async () => {
  const before = process.getActiveResourcesInfo();
  const { taken, missing, interruptions, counts } = await fetchUnderFaults(
    { documents: 200, attempts: 15, interrupt: restartAfter(100) },
    signal,
  );
  expect(interruptions).toBe(1);
  expect(counts.faults.reset + counts.faults.cut).toBeGreaterThan(5);
  expect(missing).toEqual([]);
  expect(taken.toSorted((a, b) => a - b)).toEqual(upTo(200));
  expect(await leftSince(before)).toEqual([]);
});

test('with one attempt exactly those documents are reported missing whose first request the server failed', async () => {
  const { taken, missing } = await fetchUnderFaults({ documents: 200, attempts: 1 }, signal);
  const failed = upTo(200).filter((number) => fateOf(BEHAVIOUR, number, 0).fault !== undefined);
  expect(failed.length).toBeGreaterThan(5);
  expect(missing.map(({ number }) => number)).toEqual(failed);
  for (const { number, reason, attempts } of missing) {
    expect(attempts).toBe(1);
    expect(reason).toBe(fateOf(BEHAVIOUR, number, 0).fault === 'cut' ? 'UND_ERR_SOCKET' : 'ECONNRESET');
  }
  expect(taken.length + missing.length).toBe(200);
});

test('from a server that is gone for good every document is here or reported missing, with the attempts made', async () => {
  const { taken, missing } = await fetchUnderFaults(
    { documents: 100, attempts: 2, interrupt: (server) => server.stop() },
    signal,
  );
  expect([...taken, ...missing.map(({ number }) => number)].toSorted((a, b) => a - b)).toEqual(upTo(100));
  expect(missing.length).toBeGreaterThan(20);
  expect(missing.at(-1)).toEqual({ number: 99, reason: 'ECONNREFUSED', attempts: 2 });
});

test('whatever the server does wrong, each document comes once or is reported missing once, never both', async () => {
  const server = await serve({});
  const share = fc.integer({ min: 0, max: 30 }).map((percent) => percent / 100);
  await fc.assert(
    fc.asyncProperty(
      fc.record({ errorRate: share, resetRate: share, cutRate: share, seed: fc.nat(1e6) }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 12 }),
      async (rates, attempts, limit) => {
        await server.reset(rates);
        const client = openTrying(attempts);
        const taken: number[] = [];
        const missing = await fetchAll(client, {
          origin: server.origin,
          numbers: upTo(25),
          limit,
          take(number, body) {
            checkDocument(number, body);
            taken.push(number);
          },
        });
        await client.close();
        expect([...taken, ...missing.map(({ number }) => number)].toSorted((a, b) => a - b)).toEqual(upTo(25));
        const fails = (number: number, attempt: number): boolean =>
          fateOf({ ...rates, delay: 0, jitter: 0 }, number, attempt).fault !== undefined;
        const expected = upTo(25).filter((number) =>
          Array.from({ length: attempts }, (_, attempt) => attempt).every((attempt) => fails(number, attempt)),
        );
        expect(missing.map(({ number }) => number)).toEqual(expected);
        expect((await server.counts()).mostInFlight).toBeLessThanOrEqual(limit);
      },
    ),
    { numRuns: 15 },
  );
});

describe('what is not a failure of the network', () => {
  test('an error of `take` is thrown, and no other document is asked for', async () => {
    const server = await serve({});
    const taken: number[] = [];
    const fetched = fetchAll(openTrying(3), {
      origin: server.origin,
      numbers: upTo(10),
      limit: 2,
      take(number) {
        if (number === 3) throw new Error('the disk is full');
        taken.push(number);
      },
    });
    await expect(fetched).rejects.toThrow('the disk is full');
    expect(taken.length).toBeLessThanOrEqual(4);
    expect((await server.counts()).requests).toBeLessThanOrEqual(5); // two at a time: of 10 at most one beyond the fourth
  });

  test('a cancel is thrown, once nothing is under way any more', async () => {
    const server = await serve({ delay: 20 });
    const stop = new AbortController();
    const fetched = fetchAll(openTrying(3), {
      origin: server.origin,
      numbers: upTo(50),
      limit: 4,
      signal: stop.signal,
      take: () => stop.abort(),
    });
    await expect(fetched).rejects.toMatchObject({ name: 'AbortError' });
    const { requests } = await server.counts();
    expect(requests).toBeLessThanOrEqual(8);
  });

  test('a document that is not there is reported missing with 404', async () => {
    const server = await serve({});
    const missing = await fetchAll(openTrying(3), {
      origin: `${server.origin}/nothing`,
      numbers: [7],
      limit: 1,
      take() {},
    });
    expect(missing).toEqual([{ number: 7, reason: '404', attempts: 1 }]);
  });
});
