import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Agent, interceptors, request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { more } from '../src/proof/resources.ts';
import { fateOf, openServer } from '../src/proof/server/index.ts';
import type { Behaviour, TestServer } from '../src/proof/server/index.ts';
import { mayRetry, parseRetryAfter, waitBefore } from '../src/retry/policy.ts';
import { openRetryingClient, RequestError } from '../src/retry/recipe.ts';
import type { RetryingClient, RetryOptions } from '../src/retry/recipe.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(behaviour: Partial<Behaviour>): Promise<TestServer> {
  const server = await openServer(behaviour);
  opened.push(server);
  return server;
}

function client(options: Partial<RetryOptions> = {}): RetryingClient {
  const one = openRetryingClient({
    limits: { connect: 10_000, headers: 10_000, body: 10_000, total: 10_000 },
    attempts: 5,
    backOff: { base: 2, most: 10 },
    ...options,
  });
  opened.push(one);
  return one;
}

/** A server that has one request, and asks all others to come again in 30 s. */
async function serveFull(): Promise<{ server: TestServer; release(): Promise<void> }> {
  const server = await serve({ width: 1, queue: 0, retryAfter: 30, delay: 60_000 });
  const stop = new AbortController();
  const holding = client({ limits: limits(60_000) }).request(`${server.origin}/document/1`, { signal: stop.signal });
  const ended = holding.then(String, ({ name }: Error) => name);
  while ((await server.counts()).mostInWork < 1) await sleep(1);
  return {
    server,
    async release() {
      stop.abort();
      expect(await ended).toBe('AbortError');
    },
  };
}

const limits = (total: number): RetryOptions['limits'] => ({ connect: 10_000, headers: 10_000, body: 10_000, total });

/** A server that answers 503 at first, and asks to come again after so many seconds; then 200, with what was sent. */
async function serveLater(retryAfter: number): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((incoming, response) => {
    if (++requests === 1) return response.writeHead(503, { 'retry-after': String(retryAfter) }).end();
    const { method, headers } = incoming;
    return void text(incoming).then((body) => response.end(JSON.stringify([method, headers['x-key'], body])));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  opened.push({ close: async () => server.close().closeAllConnections() });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests: () => requests };
}

test('every attempt has the headers and the body of the first', async () => {
  const { url, requests } = await serveLater(0);
  const { body } = await client().request(url, { method: 'PUT', headers: { 'x-key': 'secret' }, body: 'whole' });
  expect(JSON.parse(new TextDecoder().decode(body))).toEqual(['PUT', 'secret', 'whole']);
  expect(requests()).toBe(2);
});

test('a Retry-After of a year is not a retry at once where nothing limits the whole', async () => {
  const { url, requests } = await serveLater(365 * 86_400);
  const signal = AbortSignal.timeout(200);
  await expect(client({ limits: limits(Infinity) }).request(url, { signal })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
  expect(requests()).toBe(1);
});

describe('what may be tried again', () => {
  test.each(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'])('%s may, POST and PATCH never', (method) => {
    for (const failure of [{ status: 503 }, { status: 429 }, { code: 'ECONNRESET' }]) {
      expect(mayRetry(method, failure)).toBe(true);
      expect(mayRetry('POST', failure)).toBe(false);
      expect(mayRetry('PATCH', failure)).toBe(false);
    }
  });

  test('is no answer of which another attempt would be the same, and no error of our own', () => {
    const statuses = Array.from({ length: 500 }, (_, index) => index + 100);
    expect(statuses.filter((status) => mayRetry('GET', { status }))).toEqual([408, 429, 500, 502, 503, 504]);
    for (const code of ['ERR_INVALID_URL', 'UND_ERR_ABORTED', 'ENOTFOUND', 'AbortError'])
      expect(mayRetry('GET', { code })).toBe(false);
    expect(mayRetry('GET', {})).toBe(false);
  });
});

test('a wait is between 0, or what Retry-After says, and a limit that doubles up to the most', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 80 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.option(fc.nat(90_000), { nil: undefined }),
      (base, most, failed, chance, retryAfter) => {
        const wait = waitBefore({ base, most }, failed, chance, retryAfter === undefined ? {} : { retryAfter });
        const limit = Math.min(most, base * 2 ** (failed - 1));
        expect(wait).toBeGreaterThanOrEqual(retryAfter ?? 0);
        expect(wait).toBeLessThanOrEqual(Math.max(limit, retryAfter ?? 0));
        expect(waitBefore({ base, most }, failed, 0.5, {})).toBe(limit / 2);
      },
    ),
  );
});

test.each([
  ['0', 0],
  ['120', 120_000],
  ['Wed, 21 Oct 2015 07:28:30 GMT', 30_000],
  ['Wed, 21 Oct 2015 07:27:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
  ['2015', 2_015_000],
  [['1', '2'], undefined],
  [undefined, undefined],
])('Retry-After: %j is %j ms', (header, ms) => {
  expect(parseRetryAfter(header, Date.UTC(2015, 9, 21, 7, 28, 0))).toBe(ms);
});

describe('a request that fails', () => {
  test.each(['errorRate', 'resetRate', 'cutRate'] as const)(
    'by %s is tried as often as allowed, and then an error',
    async (fault) => {
      const server = await serve({ [fault]: 1 });
      const waits: number[] = [];
      const asked = client({ attempts: 3, onRetry: (_, wait) => waits.push(wait) }).request(
        `${server.origin}/document/1`,
      );
      await expect(asked).rejects.toThrow(/^Expected an answer, got (500|ECONNRESET|UND_ERR_SOCKET) after 3 attempts$/);
      await expect(asked).rejects.toBeInstanceOf(RequestError);
      expect((await server.counts()).requests).toBe(3);
      expect(waits).toHaveLength(2);
      expect(waits[0]).toBeLessThan(2);
      expect(waits[1]).toBeLessThan(4);
    },
  );

  test('comes right at the first attempt that the server does not fail', async () => {
    const server = await serve({ errorRate: 0.5, seed: 7 });
    const rates = { seed: 7, delay: 0, jitter: 0, errorRate: 0.5, resetRate: 0, cutRate: 0 };
    const attemptsFor = (number: number): number => {
      for (let attempt = 0; ; attempt++) if (fateOf(rates, number, attempt).fault === undefined) return attempt + 1;
    };
    const numbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const one = client({ attempts: 50 });
    for (const number of numbers)
      expect(await one.request(`${server.origin}/document/${number}`)).toMatchObject({ status: 200 });
    const expected = numbers.reduce((sum, number) => sum + attemptsFor(number), 0);
    expect(expected).toBeGreaterThan(12);
    expect((await server.counts()).requests).toBe(expected);
  });

  test('is tried once where it is a POST: its answer is handed over, its broken connection is an error', async () => {
    const server = await serve({ errorRate: 1 });
    expect(await client().request(`${server.origin}/document/1`, { method: 'POST' })).toMatchObject({ status: 500 });
    await server.reset({ resetRate: 1 });
    await expect(client().request(`${server.origin}/document/1`, { method: 'POST' })).rejects.toThrow(
      'after 1 attempt',
    );
    expect((await server.counts()).requests).toBe(1);
  });

  test('with 404 is not tried again', async () => {
    const server = await serve({});
    expect(await client().request(`${server.origin}/nothing`)).toMatchObject({ status: 404 });
    expect((await server.counts()).requests).toBe(1);
  });

  test('waits at least as long as Retry-After says', async () => {
    const server = await serve({ width: 1, queue: 0, retryAfter: 1, delay: 400 });
    const waits: number[] = [];
    const one = client({ onRetry: (_, wait) => waits.push(wait) });
    const both = [one.request(`${server.origin}/document/1`), one.request(`${server.origin}/document/2`)];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect(waits).toEqual([1_000]);
  });

  test('is given up at once where Retry-After is beyond the limit on the whole', async () => {
    const { server, release } = await serveFull();
    const waits: number[] = [];
    const one = client({ limits: limits(20_000), onRetry: (_, wait) => waits.push(wait) });
    await expect(one.request(`${server.origin}/document/2`)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(waits).toEqual([]);
    await release();
  });

  test('is given up when the whole takes too long, however many attempts are left', async () => {
    const server = await serve({ errorRate: 1, delay: 20 });
    const asked = client({ attempts: 1_000_000, limits: limits(200) }).request(`${server.origin}/document/1`);
    await expect(asked).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await server.counts()).requests).toBeGreaterThan(1);
  });
});

describe('a cancel', () => {
  test('during the wait before a retry ends it at once, and leaves no timer', async () => {
    const { server, release } = await serveFull();
    const stop = new AbortController();
    const two = client({
      limits: limits(60_000),
      onRetry: () => setImmediate(() => stop.abort(new Error('changed my mind'))),
    });
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    await expect(two.request(`${server.origin}/document/2`, { signal: stop.signal })).rejects.toThrow(
      'changed my mind',
    );
    expect(more(timers, process.getActiveResourcesInfo()).filter((name) => name === 'Timeout')).toEqual([]);
    await release();
  });
});

describe("undici's own retry", () => {
  const retrying = (options = {}): Agent['compose'] extends (...all: never[]) => infer D ? D : never => {
    const agent = new Agent();
    opened.push({ close: () => agent.destroy() });
    return agent.compose(interceptors.retry({ minTimeout: 1, ...options }));
  };

  test('tries a GET six times in all, a POST once', async () => {
    const server = await serve({ resetRate: 1 });
    await expect(request(`${server.origin}/document/1`, { dispatcher: retrying() })).rejects.toThrow();
    expect((await server.counts()).requests).toBe(6);
    await server.reset();
    await expect(request(`${server.origin}/document/1`, { method: 'POST', dispatcher: retrying() })).rejects.toThrow();
    expect((await server.counts()).requests).toBe(1);
  });

  test('does not mend a body that is cut short where the server does not know ranges', async () => {
    const server = await serve({ cutRate: 1 });
    const { body } = await request(`${server.origin}/document/1`, { dispatcher: retrying() });
    await expect(body.text()).rejects.toThrow('range');
    expect((await server.counts()).requests).toBe(2);
  });
});
