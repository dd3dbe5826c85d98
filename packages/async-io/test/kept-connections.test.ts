import { getEventListeners, once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { Agent } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import {
  askAfterRests,
  noneFails,
  noneFailsInTime,
  REQUESTS,
  someFail,
  withServers,
} from '../src/kept-connections/proof/rests.ts';
import type { Seen } from '../src/kept-connections/proof/rests.ts';
import { keepLonger, openPlain, openRepeating, openShort, repeatUnanswered } from '../src/kept-connections/recipe.ts';

const atEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of atEnd.splice(0).toReversed()) await end();
});

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi';
const HALF = 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\nhi';
const ERROR = 'HTTP/1.1 500 Failed\r\ncontent-length: 0\r\n\r\n';

/** What a server does with its nth request, from 0, over all connections. */
type Act = (nth: number, socket: Socket) => unknown;
const answer: Act = (_, socket) => socket.write(ANSWER);
const reset: Act = (_, socket) => socket.resetAndDestroy();

/** A server that sees requests of one packet each: their texts, and how many connections there were. */
async function serve(act: Act) {
  const seen = { requests: [] as string[], connections: 0, open: new Set<Socket>() };
  const server = createServer((socket) => {
    seen.connections++;
    seen.open.add(socket);
    socket.on('error', () => {}).on('close', () => seen.open.delete(socket));
    socket.on('data', (bytes) => act(seen.requests.push(bytes.toString()) - 1, socket));
  });
  return { seen, origin: await listen(server, () => seen.open.forEach((socket) => socket.destroy())) };
}

async function listen(server: Server, breakOff: () => void = () => {}): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  atEnd.push(() => {
    breakOff();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function opened(client: Dispatcher): Dispatcher {
  atEnd.push(() => client.destroy());
  return client;
}

type Options = Partial<Dispatcher.RequestOptions>;
const ask = async (client: Dispatcher, origin: string, options: Options = {}): Promise<string> => {
  const { statusCode, body } = await client.request({ origin, path: '/', method: 'GET', ...options });
  return `${statusCode} ${await body.text()}`;
};
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
const BROKEN = expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET|EPIPE)$/);

describe('a connection that breaks at its second request', () => {
  const secondBreaks = () => {
    const rested = new WeakSet<Socket>();
    return serve((nth, socket) => {
      (rested.has(socket) ? reset : answer)(nth, socket);
      rested.add(socket);
    });
  };

  test('fails without a repeat; with one it is answered on another connection', async () => {
    const plain = await secondBreaks();
    const client = opened(openPlain(1));
    expect(await ask(client, plain.origin)).toBe('200 hi');
    expect(await codeOf(ask(client, plain.origin))).toEqual(BROKEN);
    const { seen, origin } = await secondBreaks();
    const repeating = opened(openRepeating(1));
    for (let request = 0; request < 4; request++) expect(await ask(repeating, origin)).toBe('200 hi');
    expect([seen.connections, seen.requests.length]).toEqual([4, 7]);
  });

  test('a POST is sent once, and fails', async () => {
    const { seen, origin } = await secondBreaks();
    const client = opened(openRepeating(1));
    await ask(client, origin);
    expect(await codeOf(ask(client, origin, { method: 'POST', body: 'once' }))).toEqual(BROKEN);
    expect(seen.requests.filter((text) => text.startsWith('POST'))).toHaveLength(1);
  });
});

describe('repeated', () => {
  const firstBreaks: Act = (nth, socket) => (nth === 0 ? reset : answer)(nth, socket);

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'] as const)(
    '%s, once its connection broke',
    async (method) => {
      const { seen, origin } = await serve(firstBreaks);
      const outcome = await opened(openRepeating(1)).request({ origin, path: '/', method });
      expect(outcome.statusCode).toBe(200);
      await outcome.body.dump();
      expect(seen.requests).toHaveLength(2);
    },
  );

  test.each(['POST', 'PATCH'] as const)('not: %s', async (method) => {
    const { seen, origin } = await serve(firstBreaks);
    expect(await codeOf(ask(opened(openRepeating(1)), origin, { method, body: 'once' }))).toEqual(BROKEN);
    expect(seen.requests).toHaveLength(1);
  });

  test('with its body, where that is whole; a stream is gone', async () => {
    const { seen, origin } = await serve(firstBreaks);
    const client = opened(openRepeating(1));
    expect(await ask(client, origin, { method: 'PUT', body: Buffer.from('all of it') })).toBe('200 hi');
    expect(seen.requests.map((text) => text.endsWith('\r\n\r\nall of it'))).toEqual([true, true]);
    const other = await serve((_, socket) => reset(0, socket));
    const body = Readable.from(['all', 'of it']);
    expect(await codeOf(ask(client, other.origin, { method: 'PUT', body }))).toEqual(BROKEN);
    expect(other.seen.connections).toBe(1);
  });

  test('two times at most unless it says otherwise', async () => {
    const { seen, origin } = await serve(reset);
    expect(await codeOf(ask(opened(openRepeating(4)), origin))).toEqual(BROKEN);
    expect(seen.requests).toHaveLength(3);
    const client = opened(new Agent().compose(repeatUnanswered(5)));
    expect(await codeOf(ask(client, origin))).toEqual(BROKEN);
    expect(seen.requests).toHaveLength(3 + 6);
  });

  test('not where an answer has begun, or is an error', async () => {
    const half = await serve((_, socket) => socket.write(HALF, () => socket.destroy()));
    const client = opened(openRepeating(1));
    expect(await codeOf(ask(client, half.origin))).toEqual(BROKEN);
    expect(half.seen.requests).toHaveLength(1);
    const failing = await serve((_, socket) => socket.write(ERROR));
    expect(await ask(client, failing.origin)).toBe('500 ');
    expect(failing.seen.requests).toHaveLength(1);
  });

  test('not where nobody listens', async () => {
    const server = createServer();
    const origin = await listen(server);
    server.close();
    expect(await codeOf(ask(opened(openRepeating(1)), origin))).toBe('ECONNREFUSED');
  });

  test('not once its signal has aborted: the reason arrives', async () => {
    const reason = new Error('the client went away');
    for (const stop of [AbortSignal.abort(reason), undefined]) {
      const controller = new AbortController();
      const { seen, origin } = await serve((_, socket) => {
        controller.abort(reason);
        socket.resetAndDestroy();
      });
      const signal = stop ?? controller.signal;
      await expect(ask(opened(openRepeating(1)), origin, { signal })).rejects.toBe(reason);
      await sleep(10);
      expect(seen.requests).toHaveLength(stop ? 0 : 1);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
  });

  test('200 at once over 4 connections that break again and again get their own answers; 1,000 leave no listener', async () => {
    const { seen, origin } = await serve((nth, socket) => {
      if (nth % 5 === 4) return socket.resetAndDestroy();
      const path = /^GET (\S+)/.exec(seen.requests[nth]!)![1]!;
      return socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${path.length}\r\n\r\n${path}`);
    });
    const client = opened(new Agent({ connections: 4 }).compose(repeatUnanswered(20)));
    const { signal } = new AbortController();
    for (let round = 0; round < 5; round++) {
      const paths = Array.from({ length: 200 }, (_, number) => `/${round}/${number}`);
      const answers = await Promise.all(paths.map((path) => ask(client, origin, { path, signal })));
      expect(answers).toEqual(paths.map((path) => `200 ${path}`));
    }
    expect(seen.requests.length).toBeGreaterThan(1_200);
    await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]); // undici lets go once a body has closed
  });
});

describe('for how long a connection rests', () => {
  test('the client closes it after half of the time, whatever longer time the server names', async () => {
    const server = createHttpServer((_, response) => response.end('hi'));
    server.keepAliveTimeout = 60_000; // and says so
    const events: string[] = [];
    server.on('connection', (socket: Socket) => socket.once('close', () => events.push('closed by its client')));
    const origin = await listen(server, () => server.closeAllConnections());
    const [plain, short] = [opened(openPlain(1)), opened(openShort(1, 400))];
    await Promise.all([ask(plain, origin), ask(short, origin)]);
    await sleep(400);
    events.push('a server of 400 ms would have closed both');
    await sleep(100);
    expect(events).toEqual(['closed by its client', 'a server of 400 ms would have closed both']);
  });

  test('it is used again before that', async () => {
    const { seen, origin } = await serve(answer);
    const client = opened(openShort(1, 60_000));
    for (let request = 0; request < 3; request++) await ask(client, origin);
    expect(seen.connections).toBe(1);
  });

  test('the server keeps it for longer than its client', () => {
    const server = createHttpServer();
    keepLonger(server, 60_000);
    expect(server.keepAliveTimeout).toBe(120_000);
  });

  test.each([0, 1, -5, NaN])('%d ms are refused', (serverKeeps) => {
    expect(() => openShort(1, serverKeeps)).toThrow(`Expected \`serverKeeps\` to be 2 ms or more, got ${serverKeeps}`);
  });
});

describe('the measurement', () => {
  test('1,000 requests after a rest are answered with a repeat, and with a server that keeps connections longer', async () => {
    const { signal } = new AbortController();
    await withServers(signal, async ({ brief, long }) => {
      expect((await askAfterRests(() => openRepeating(1), brief, signal)).answered).toBe(REQUESTS);
      expect((await askAfterRests(() => openPlain(1), long, signal)).answered).toBe(REQUESTS);
    });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  const seenWith = (...codes: [string, number][]) => {
    const failed = codes.reduce((sum, [, count]) => sum + count, 0);
    return { answered: REQUESTS - failed, codes: new Map(codes), byRest: new Map<number, number>(), stall: 5 };
  };
  test.each([
    [seenWith(), 'inconclusive', [true, true]],
    [seenWith(['ECONNRESET', 3], ['UND_ERR_SOCKET', 1]), 'holds', [false, false]],
    [seenWith(['ECONNRESET', 3], ['ECONNREFUSED', 1]), 'refuted', [false, false]],
  ])('%j: that some are to fail is %s', (seen, verdict, keeps) => {
    expect(someFail('', 'plain', 'plain client', seen).judgement!.verdict).toBe(verdict);
    const figures = noneFails('short', 'shorter rest', seen);
    expect(figures.map(({ median, bound }) => median === bound!.most)).toEqual(keeps);
  });

  test('a failure of a shorter rest refutes it, unless the loop of the clients stood still', () => {
    const judge = (seen: Seen) => noneFailsInTime('', 'short', 'shorter rest', seen).judgement!.verdict;
    const failing = seenWith(['ECONNRESET', 3]);
    expect([seenWith(), failing, { ...failing, stall: 40 }].map(judge)).toEqual(['holds', 'refuted', 'inconclusive']);
  });
});
