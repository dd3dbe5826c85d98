import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { goneAfter } from '@cookbook/lab/host';
import fc from 'fast-check';
import { H2CClient, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forkForTest } from '../../lab/test/ends-with-test.ts';
import { Gate } from '../src/proof/server/gate.ts';
import { checkDocument, documentOf, fateOf, openServer, slowdownAt } from '../src/proof/server/index.ts';
import type { TestServer } from '../src/proof/server/index.ts';

/** The status, and 'right' or what was wrong with the body; the code of the error where there is no answer. */
async function get(client: Dispatcher, number: number, signal?: AbortSignal): Promise<number | string> {
  try {
    const { statusCode, body } = await client.request({
      origin: '',
      method: 'GET',
      path: `/document/${number}`,
      ...(signal && { signal }),
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    if (statusCode === 200) checkDocument(number, bytes);
    return statusCode;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

const getAll = (client: Dispatcher, count: number): Promise<(number | string)[]> =>
  Promise.all(Array.from({ length: count }, (_, number) => get(client, number)));

describe('the server', () => {
  let server: TestServer;
  let pool: Pool;
  let http2: H2CClient;
  beforeAll(async () => {
    server = await openServer({}, undefined, { http2: true });
    pool = new Pool(server.origin);
    http2 = new H2CClient(server.http2Origin!, { maxConcurrentStreams: 100, pipelining: 100 });
  });
  beforeEach(() => server.reset({}));
  afterAll(async () => {
    await Promise.all([pool.destroy(), http2.destroy()]);
    await server.close();
  });

  test.each([
    ['HTTP/1.1', () => pool],
    ['HTTP/2', () => http2],
  ])('answers over %s with the documents that were asked for, and counts them', async (_, client) => {
    expect(await getAll(client(), 12)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(await server.counts()).toMatchObject({
      requests: 12,
      documents: 12,
      answered: 12,
      byStatus: { 200: 12 },
      faults: { error: 0, reset: 0, cut: 0 },
      closedByClient: 0,
    });
  });

  test('takes at least its delay, and works on all at once where nothing limits it', async () => {
    await server.reset({ delay: 100 });
    const start = performance.now();
    await getAll(pool, 10);
    expect(performance.now() - start).toBeGreaterThanOrEqual(99);
    expect(await server.counts()).toMatchObject({ mostInFlight: 10, mostInWork: 10, mostWaiting: 0 });
  });

  test('works on no more than its width at once; the others wait', async () => {
    await server.reset({ delay: 80, width: 3 });
    expect(await getAll(pool, 10)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await server.counts()).toMatchObject({ mostInFlight: 10, mostInWork: 3, mostWaiting: 7 });
  });

  test.each([
    [503, undefined],
    [429, 2],
  ])('refuses with %i what finds no room to wait', async (status, retryAfter) => {
    await server.reset({ delay: 200, width: 2, queue: 3, retryAfter });
    const answers = await getAll(pool, 9);
    expect(answers.filter((answer) => answer === 200)).toHaveLength(5);
    expect((await server.counts()).byStatus).toEqual({ 200: 5, [status]: 4 });
  });

  test('says in whole seconds when to come again', async () => {
    await server.reset({ delay: 200, width: 1, queue: 0, retryAfter: 2 });
    const first = get(pool, 0);
    await sleep(50);
    const { headers, body } = await pool.request({ method: 'GET', path: '/document/1' });
    await body.dump();
    expect(headers['retry-after']).toBe('2');
    expect(await first).toBe(200);
  });

  test('does wrong what its seed says, document by document and attempt by attempt, and counts it', async () => {
    const rates = { delay: 1, jitter: 0, errorRate: 0.3, resetRate: 0.2, cutRate: 0.2, seed: 7 };
    await server.reset(rates);
    const expected = (attempt: number): (string | number)[] =>
      Array.from({ length: 30 }, (_, number) => {
        const { fault } = fateOf(rates, number, attempt);
        return fault === undefined ? 200 : { error: 500, reset: 'ECONNRESET', cut: 'UND_ERR_SOCKET' }[fault];
      });
    const first = await getAll(pool, 30);
    const second = await getAll(pool, 30);
    expect(first).toEqual(expected(0));
    expect(second).toEqual(expected(1));
    expect(first).not.toEqual(second);

    const all = [...first, ...second];
    const count = (answer: string | number): number => all.filter((one) => one === answer).length;
    const { faults, answered, requests } = await server.counts();
    expect(faults).toEqual({ error: count(500), reset: count('ECONNRESET'), cut: count('UND_ERR_SOCKET') });
    expect({ answered, requests }).toEqual({ answered: count(200) + count(500), requests: 60 });
    for (const happened of Object.values(faults)) expect(happened).toBeGreaterThan(0);
  });

  test('breaks off a stream of HTTP/2 and no other of its connection', async () => {
    await server.reset({ resetRate: 0.3, cutRate: 0.3, delay: 5 });
    const answers = await getAll(http2, 40);
    const { faults, sockets } = await server.counts();
    expect(answers.filter((answer) => answer === 200)).toHaveLength(40 - faults.reset - faults.cut);
    expect(faults.reset).toBeGreaterThan(0);
    expect(faults.cut).toBeGreaterThan(0);
    expect(sockets).toBeLessThanOrEqual(1);
  });

  test('counts a client that goes before its answer, and gives its place to the next', async () => {
    await server.reset({ delay: 30_000, width: 1 });
    const [inWork, waiting] = [new AbortController(), new AbortController()];
    const gone = [get(pool, 0, inWork.signal), get(pool, 1, waiting.signal)];
    while ((await server.counts()).mostInFlight < 2) await sleep(5);
    waiting.abort();
    inWork.abort();
    await Promise.all(gone);
    while ((await server.counts()).closedByClient < 2) await sleep(5);
    expect(await server.counts()).toMatchObject({ requests: 2, answered: 0, mostInWork: 1, mostWaiting: 1 });
  });

  test('sends a slow body in chunks, with a pause between two', async () => {
    await server.reset({ bodyBytes: 1_000, slowBody: { chunkBytes: 300, pause: 20 } });
    const { body } = await pool.request({ method: 'GET', path: '/document/5' });
    const chunks: Buffer[] = [];
    const start = performance.now();
    for await (const chunk of body) chunks.push(chunk as Buffer);
    checkDocument(5, Buffer.concat(chunks), 1_000);
    expect(chunks.length).toBeGreaterThan(1);
    expect(performance.now() - start).toBeGreaterThanOrEqual(50);
  });

  test('takes longer where more requests are there than its overload begins at', async () => {
    const time = async (): Promise<number> => {
      const start = performance.now();
      await getAll(pool, 10);
      return performance.now() - start;
    };
    await server.reset({ delay: 20 });
    const alone = await time();
    // The last of ten finds ten: 20 ms * (1 + 4 * (10 - 2) / 2).
    await server.reset({ delay: 20, overload: { width: 2, slowdown: 4 } });
    expect(await time()).toBeGreaterThanOrEqual(340);
    expect(alone).toBeLessThan(340);
  });

  test('that is stopped refuses connections and drops the open ones; started again it answers on the same port', async () => {
    await server.reset({ delay: 30_000 });
    const underWay = [get(pool, 1), get(http2, 2)];
    while ((await server.counts()).mostInFlight < 2) await sleep(5);
    await server.stop();
    expect(await Promise.all(underWay)).toEqual(['ECONNRESET', 'ECONNRESET']);
    const [error] = (await once(connect(Number(new URL(server.origin).port), '127.0.0.1'), 'error')) as [Error];
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    await server.start();
    await server.reset({});
    expect([await get(pool, 1), await get(http2, 1)]).toEqual([200, 200]);
    expect(await server.counts()).toMatchObject({ requests: 2, closedByClient: 0 });
  });

  test('does not know another path', async () => {
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/else' });
    await body.dump();
    expect(statusCode).toBe(404);
  });
});

test.each([
  [{ width: 0 }, 'Expected `width` to be an integer from 1 up, got 0'],
  [{ errorRate: 1.5 }, 'Expected `errorRate` to be a number from 0 to 1, got 1.5'],
  [{ errorRate: 0.6, cutRate: 0.6 }, 'Expected the shares of faults to add up to at most 1, got 1.2'],
  [{ delay: -1 }, 'Expected `delay` to be a number from 0 to 60000, got -1'],
])('a behaviour that makes no sense is refused: %j', async (behaviour, message) => {
  await expect(openServer(behaviour)).rejects.toThrow(message);
});

describe('a document', () => {
  test('follows from its number and its size, and no other number has it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 40, max: 600 }), (a, b, bytes) => {
        expect(documentOf(a, bytes)).toEqual(documentOf(a, bytes));
        if (a !== b) expect(documentOf(a, bytes)).not.toEqual(documentOf(b, bytes));
        expect(documentOf(a, bytes)).toHaveLength(bytes);
      }),
    );
  });

  test('that is cut or changed anywhere is found out', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(255), fc.integer({ min: 1, max: 255 }), (number, at, by) => {
        const body = documentOf(number);
        expect(() => checkDocument(number, body.subarray(0, at))).toThrow('to have 256 bytes');
        body[at] = (body[at]! + by) % 256;
        expect(() => checkDocument(number, body)).toThrow(`Expected the text of document ${number}`);
      }),
    );
  });
});

test('the fates of many documents have the shares that were asked for, and every seed others', () => {
  const rates = { delay: 100, jitter: 0.5, errorRate: 0.1, resetRate: 0.05, cutRate: 0.2, seed: 1 };
  const fates = Array.from({ length: 20_000 }, (_, number) => fateOf(rates, number, 0));
  const share = (fault: string): number => fates.filter((fate) => fate.fault === fault).length / fates.length;
  expect(share('error')).toBeCloseTo(0.1, 1.5);
  expect(share('reset')).toBeCloseTo(0.05, 1.5);
  expect(share('cut')).toBeCloseTo(0.2, 1.5);
  const delays = fates.map(({ delay }) => delay);
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(50);
  expect(Math.max(...delays)).toBeLessThanOrEqual(150);
  expect(Math.max(...delays) - Math.min(...delays)).toBeGreaterThan(95);
  const others = Array.from({ length: 100 }, (_, number) => fateOf({ ...rates, seed: 2 }, number, 0));
  expect(others).not.toEqual(fates.slice(0, 100));
});

test('a gate admits in the order of coming, never more than its width, and forgets none', () => {
  const visit = fc.record({ leaves: fc.boolean(), index: fc.nat() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.nat(5), fc.array(visit), (width, queue, visits) => {
      const gate = new Gate({ width, queue });
      const admitted: number[] = [];
      const present: { id: number; leave: () => void }[] = [];
      const left = new Set<number>();
      for (const [id, { leaves, index }] of visits.entries()) {
        const leave = gate.enter(() => admitted.push(id));
        expect(leave === undefined).toBe(present.length >= width + queue);
        if (leave) present.push({ id, leave });
        if (leaves && present.length > 0) {
          const [one] = present.splice(index % present.length, 1);
          one!.leave();
          one!.leave(); // a second time changes nothing
          left.add(one!.id);
        }
        expect(gate.inside).toBe(Math.min(width, present.length));
        expect(gate.inside + gate.waiting).toBe(present.length);
        expect(present.slice(0, width).every((visitor) => admitted.includes(visitor.id))).toBe(true);
      }
      expect(admitted).toEqual(admitted.toSorted((a, b) => a - b));
    }),
  );
});

test('the slowdown begins beyond the width, and at a slowdown of 1 the throughput stays', () => {
  const overload = { width: 8, slowdown: 1 };
  expect([1, 8, 16, 32].map((present) => slowdownAt(overload, present))).toEqual([1, 1, 2, 4]);
  expect(slowdownAt(undefined, 1_000)).toBe(1);
});

describe('nothing is left', () => {
  test('when it is closed', async () => {
    const server = await openServer();
    await server.close();
    expect(await goneAfter(server.pid, 20_000)).toBeDefined();
    await expect(server.counts()).rejects.toThrow('Expected the server to be running, but it has ended');
  });

  test('when its signal aborts, before or after it is there', async () => {
    const stop = new AbortController();
    const server = await openServer({}, stop.signal);
    const opening = openServer({}, stop.signal);
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow('enough');
    expect(await goneAfter(server.pid, 20_000)).toBeDefined();
  });

  test('when the program that opened it is killed', async () => {
    const program = forkForTest(new URL('./fixtures/open-server.ts', import.meta.url));
    const [pid] = (await once(program, 'message')) as [number];
    program.kill('SIGKILL');
    const gone = await goneAfter(pid, 20_000);
    if (gone === undefined) process.kill(pid, 'SIGKILL');
    expect(gone).toBeDefined();
  });
});
