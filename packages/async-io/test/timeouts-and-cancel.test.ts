import { afterEach, describe, expect, test } from 'vitest';
import { leftSince, more } from '../src/proof/resources.ts';
import { openServer } from '../src/proof/server/index.ts';
import type { Behaviour, TestServer } from '../src/proof/server/index.ts';
import { cancelAll, RESTING } from '../src/timeouts-and-cancel/proof/cancelling.ts';
import { FAR, runIntoLimits } from '../src/timeouts-and-cancel/proof/endless-requests.ts';
import { openClient, withLimit } from '../src/timeouts-and-cancel/recipe.ts';
import type { Client, Limits } from '../src/timeouts-and-cancel/recipe.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(behaviour: Partial<Behaviour>): Promise<TestServer> {
  const server = await openServer(behaviour);
  opened.push(server);
  return server;
}

function client(limits: Partial<Limits> = {}): Client {
  const one = openClient({ ...FAR, ...limits });
  opened.push(one);
  return one;
}

test('each of the four limits ends a request that would never end, by an error of its own', async () => {
  const before = process.getActiveResourcesInfo();
  const ended = await runIntoLimits(new AbortController().signal);
  expect(Object.fromEntries(ended.map(({ limit, by }) => [limit, by]))).toEqual({
    connect: 'UND_ERR_CONNECT_TIMEOUT',
    headers: 'UND_ERR_HEADERS_TIMEOUT',
    body: 'UND_ERR_BODY_TIMEOUT',
    total: 'TimeoutError',
  });
  expect(await leftSince(before)).toEqual([]);
});

describe('a request', () => {
  test('is sent once, and answered with whatever status the server gives', async () => {
    const server = await serve({ errorRate: 1 });
    expect(await client().request(`${server.origin}/document/1`)).toMatchObject({ status: 500 });
    expect(await client().request(`${server.origin}/nothing`)).toMatchObject({ status: 404 });
    expect((await server.counts()).requests).toBe(2);
  });

  test.each(['resetRate', 'cutRate'] as const)('that is broken off by %s rejects with its code', async (fault) => {
    const server = await serve({ [fault]: 1 });
    const asked = client().request(`${server.origin}/document/1`);
    await expect(asked).rejects.toMatchObject({ code: fault === 'resetRate' ? 'ECONNRESET' : 'UND_ERR_SOCKET' });
    expect((await server.counts()).requests).toBe(1);
  });
});

describe('a cancel', () => {
  test('of 40 requests, 10 at once, leaves no handle and no connection, and the server sees 10 come and 10 closed', async () => {
    const { left, ...counts } = await cancelAll(40, 10, new AbortController().signal);
    expect(counts).toEqual({ begun: 10, aborted: 10, sent: 10, closedByClient: 10, resting: RESTING, open: 0 });
    expect(left).toEqual([]);
  });

  test('before the request sends nothing', async () => {
    const server = await serve({});
    await expect(
      client().request(`${server.origin}/document/1`, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect((await server.counts()).requests).toBe(0);
  });
});

describe('a limit on some work', () => {
  test('passes on what the work returns or throws, and leaves no timer', async () => {
    const before = process.getActiveResourcesInfo();
    expect(await withLimit(60_000, undefined, async () => 7)).toBe(7);
    await expect(withLimit(60_000, undefined, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(more(before, process.getActiveResourcesInfo())).toEqual([]);
  });

  test('is the reason of the rejection, whatever the work makes of its signal', async () => {
    const work = (both: AbortSignal): Promise<never> =>
      new Promise((_, reject) => both.addEventListener('abort', () => reject(new Error('interrupted'))));
    await expect(withLimit(5, undefined, work)).rejects.toMatchObject({
      name: 'TimeoutError',
      message: 'Expected an answer within 5 ms, got none',
    });
    await expect(withLimit(60_000, AbortSignal.timeout(5), work)).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(withLimit(60_000, AbortSignal.abort(new Error('enough')), work)).rejects.toThrow('enough');
  });
});

test('a handle that is left is reported by its name', async () => {
  const before = process.getActiveResourcesInfo();
  const timer = setTimeout(() => {}, 60_000);
  expect(more(before, process.getActiveResourcesInfo())).toEqual(['Timeout']);
  clearTimeout(timer);
  expect(await leftSince(before)).toEqual([]);
});
