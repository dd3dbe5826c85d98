import { once } from 'node:events';
import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { RequestListener } from 'node:http';
import { connect, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { Pool } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { shed } from '../src/load-shedding/recipe.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A server that answers when the test says so, and a client of it. */
async function openServer(options: Parameters<typeof shed>[1]) {
  const under: ServerResponse[] = [];
  const server = createServer(shed((_, response) => void under.push(response), options)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new Pool(`http://127.0.0.1:${port}`);
  open.push(async () => {
    await client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const ask = async (path = '/', signal?: AbortSignal) => {
    const { statusCode, headers, body } = await client.request({ method: 'GET', path, ...(signal && { signal }) });
    await body.dump();
    return { status: statusCode, retryAfter: headers['retry-after'] };
  };
  const begun = async (count: number): Promise<void> => {
    while (under.length < count) await sleep(1);
  };
  return { port, under, ask, begun };
}

describe('of requests under way', () => {
  test('one more than the most is refused at once, with Retry-After, and the next is taken when there is room', async () => {
    const { under, ask, begun } = await openServer({ mostPending: 2, retryAfter: 7 });
    const both = [ask(), ask()];
    await begun(2);
    expect(await ask()).toEqual({ status: 503, retryAfter: '7' });
    expect(await ask()).toEqual({ status: 503, retryAfter: '7' });
    under[0]!.end();
    expect((await Promise.race(both)).status).toBe(200);
    const next = ask();
    await begun(3);
    for (const response of under) response.end();
    expect((await next).status).toBe(200);
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
  });

  test('one whose client goes away gives its place back, and so do those that wait behind it on its connection', async () => {
    const { port, under, begun, ask } = await openServer({ mostPending: 3 });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
    await begun(3);
    expect((await ask()).status).toBe(503);
    const closed = Promise.all(under.map((response) => once(response, 'close')));
    socket.destroy();
    await closed;
    const next = [ask(), ask(), ask()];
    await begun(6);
    for (const response of under) response.end();
    expect((await Promise.all(next)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  test('an aborted request of fetch gives its place back', async () => {
    const { under, ask, begun } = await openServer({ mostPending: 1 });
    const stop = new AbortController();
    const aborted = ask('/', stop.signal).catch((error: unknown) => error);
    await begun(1);
    const closed = once(under[0]!, 'close');
    stop.abort('gone');
    expect(await aborted).toBe('gone');
    await closed;
    const next = ask();
    await begun(2);
    under[1]!.end();
    expect((await next).status).toBe(200);
  });

  test('some are refused at a share of the most, and health checks never', async () => {
    const shareOf = ({ url }: IncomingMessage): number => ({ '/health': Infinity, '/batch': 0.5 })[url!] ?? 1;
    const { under, ask, begun } = await openServer({ mostPending: 4, shareOf });
    const taken = [ask(), ask()];
    await begun(2);
    expect((await ask('/batch')).status).toBe(503);
    taken.push(ask(), ask());
    await begun(4);
    expect((await ask()).status).toBe(503);
    taken.push(ask('/health'));
    await begun(5);
    for (const response of under) response.end();
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  test('in any order of requests and ends there are never more than the most, nor is one refused without need', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (steps, mostPending) => {
        const under: ServerResponse[] = [];
        const listener = shed((_, response) => void under.push(response), { mostPending });
        for (const isRequest of steps) {
          const before = under.length;
          if (isRequest) {
            const status = hand(listener);
            expect(status).toBe(before < mostPending ? 200 : 503);
            expect(under.length).toBe(Math.min(before + 1, mostPending));
          } else under.shift()?.emit('close');
        }
      }),
    );
  });
});

describe('an event loop that does not rest', () => {
  test('refuses after so many ms, over turns too, until it has rested', async () => {
    const listener = shed(() => {}, { mostBusy: 50 });
    await sleep(20);
    expect(hand(listener), 'after a rest').toBe(200);
    for (let turn = 0; turn < 6; turn++) {
      compute(10);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(hand(listener), 'after 60 ms of work').toBe(503);
    expect(hand(listener), 'a refusal is no rest').toBe(503);
    await sleep(20);
    expect(hand(listener), 'after a rest').toBe(200);
  });

  test('takes on what is worth so many ms of a burst', async () => {
    const listener = shed(() => compute(10), { mostBusy: 45 });
    await sleep(20);
    const statuses = Array.from({ length: 20 }, () => hand(listener));
    const taken = statuses.filter((status) => status === 200).length;
    expect(statuses.slice(0, taken)).toEqual(Array.from({ length: taken }, () => 200)); // the first ones
    expect(taken).toBeGreaterThanOrEqual(1);
    expect(taken).toBeLessThanOrEqual(5);
  });

  test('refuses sooner what has a smaller share, and never health checks', async () => {
    const shareOf = ({ url }: IncomingMessage): number => ({ '/health': Infinity, '/batch': 0.1 })[url!] ?? 100;
    const listener = shed(() => {}, { mostBusy: 100, shareOf });
    await sleep(20);
    expect(hand(listener, '/batch')).toBe(200);
    compute(30);
    expect(hand(listener, '/batch')).toBe(503);
    expect(hand(listener, '/')).toBe(200);
    compute(100);
    expect(hand(listener, '/health')).toBe(200);
  });
});

test('what a handler throws reaches the server as it was', () => {
  const listener = shed(
    () => {
      // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
      throw 'a string';
    },
    { mostPending: 1 },
  );
  expect(() => hand(listener)).toThrow('a string');
});

test.each([
  [{ mostPending: 0 }, 'Expected `mostPending` to be from 1 up, got 0'],
  [{ mostPending: NaN }, 'Expected `mostPending` to be from 1 up, got NaN'],
  [{ mostBusy: 0 }, 'Expected `mostBusy` to be above 0, got 0'],
  [{ retryAfter: 1.5 }, 'Expected `retryAfter` to be an integer from 0 up, got 1.5'],
  [{ retryAfter: -1 }, 'Expected `retryAfter` to be an integer from 0 up, got -1'],
])('%j is refused', (options, message) => {
  expect(() => shed(() => {}, options)).toThrow(new RangeError(message));
});

/** Hands a request to a listener, without a socket, and says which status it has after that. */
function hand(listener: RequestListener, url = '/'): number {
  const request = new IncomingMessage(new Socket());
  request.url = url;
  const response = new ServerResponse(request);
  listener(request, response);
  return response.statusCode;
}

function compute(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}
