import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { leftSince, more } from '../src/proof/resources.ts';
import { openServer } from '../src/proof/server/index.ts';
import type { Behaviour, TestServer } from '../src/proof/server/index.ts';
import { cancelAll, RESTING } from '../src/timeouts-and-cancel/proof/cancelling.ts';
import { FAR, runIntoBound, runIntoLimits } from '../src/timeouts-and-cancel/proof/endless-requests.ts';
import { withLimit } from '../src/timeouts-and-cancel/limit.ts';
import { openClient } from '../src/timeouts-and-cancel/recipe.ts';
import type { Client, ClientOptions } from '../src/timeouts-and-cancel/recipe.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(behaviour: Partial<Behaviour>): Promise<TestServer> {
  const server = await openServer(behaviour);
  opened.push(server);
  return server;
}

function client(limits: Partial<ClientOptions> = {}): Client {
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

/** A server that answers with the request: its method, two headers, and its body. */
async function serveEcho(): Promise<string> {
  const server = createServer((request, response) => {
    const { method, headers } = request;
    void text(request).then((body) =>
      response.end(JSON.stringify([method, headers['content-type'], headers['x-key'], body])),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  opened.push({ close: async () => server.close().closeAllConnections() });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe('what is sent', () => {
  test.each([
    ['POST', '{"a":1}'],
    ['PUT', new TextEncoder().encode('bytes')],
    ['DELETE', undefined],
  ] as const)('by %s has its method, headers and body', async (method, body) => {
    const headers = { 'content-type': 'application/json', 'x-key': 'secret' };
    const asked = client().request(await serveEcho(), { method, headers, ...(body !== undefined && { body }) });
    const sent = typeof body === 'string' ? body : new TextDecoder().decode(body);
    expect(JSON.parse(new TextDecoder().decode((await asked).body))).toEqual([
      method,
      'application/json',
      'secret',
      sent,
    ]);
  });
});

describe('a body', () => {
  test('without end is ended by its bound', async () => {
    expect(await runIntoBound(new AbortController().signal)).toBe('UND_ERR_RES_EXCEEDED_MAX_SIZE');
  });

  test('that is larger than the bound is broken off, whether its length is said or not', async () => {
    const server = await serve({ bodyBytes: 100_000, slowBody: { chunkBytes: 10_000, pause: 1 } });
    const bounded = client({ mostBytes: 50_000 });
    const asked = bounded.request(`${server.origin}/document/1`);
    await expect(asked).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
    const endless = createServer((_, response) => {
      const send = (left: number): void =>
        void response.write(Buffer.alloc(10_000), () => (left > 0 ? setTimeout(send, 1, left - 1) : response.end()));
      send(500);
    });
    await once(endless.listen(0, '127.0.0.1'), 'listening');
    opened.push({ close: async () => endless.close().closeAllConnections() });
    const url = `http://127.0.0.1:${(endless.address() as AddressInfo).port}/`;
    await expect(bounded.request(url)).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
  });

  test('of as many bytes as the bound is whole, and the next request goes on', async () => {
    const server = await serve({ bodyBytes: 50_000 });
    const bounded = client({ mostBytes: 50_000 });
    for (const number of [1, 2]) {
      expect((await bounded.request(`${server.origin}/document/${number}`)).body).toHaveLength(50_000);
    }
  });

  test('of more than 16 MiB is refused where no bound is set', async () => {
    const server = await serve({ bodyBytes: 2 ** 24 + 1 });
    const asked = client().request(`${server.origin}/document/1`);
    await expect(asked).rejects.toMatchObject({ code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' });
    expect((await client({ mostBytes: Infinity }).request(`${server.origin}/document/1`)).body).toHaveLength(
      2 ** 24 + 1,
    );
  });
});

describe('a limit that is Infinity', () => {
  test.each(['connect', 'headers', 'body', 'total'] as const)('%s: is no limit', async (limit) => {
    const server = await serve({ delay: 50 });
    expect(await client({ [limit]: Infinity }).request(`${server.origin}/document/1`)).toMatchObject({ status: 200 });
  });

  test('or longer than a timer can be lets the work end, and leaves no timer', async () => {
    const before = process.getActiveResourcesInfo();
    const work = async (): Promise<number> => sleep(20, 7);
    for (const limit of [Infinity, 2 ** 31, 1e12]) expect(await withLimit(limit, undefined, work)).toBe(7);
    expect(more(before, process.getActiveResourcesInfo())).toEqual([]);
    await expect(withLimit(Infinity, AbortSignal.abort('enough'), work)).rejects.toBe('enough');
  });
});

test.each(['connect', 'headers', 'body', 'total', 'mostBytes'] as const)(
  '%s: NaN, 0 and below are refused',
  (limit) => {
    for (const value of [NaN, 0, -1]) {
      expect(() => openClient({ ...FAR, [limit]: value })).toThrow(`Expected \`${limit}\` to be above 0, got ${value}`);
    }
  },
);

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
