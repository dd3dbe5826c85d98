import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { combine } from '@cookbook/lab/claim';
import type { Verdict } from '@cookbook/lab/claim';
import { goneAfter, isAlive } from '@cookbook/lab/host';
import { countPrimes as knownCount } from '@cookbook/lab/task';
import fc from 'fast-check';
import { request } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { start } from '../../lab/test/run-program.ts';
import countPrimes from '../src/web-server/compute-task.ts';
import { limitFor } from '../src/web-server/proof/calibration.ts';
import { openExperiment } from '../src/web-server/proof/experiment.ts';
import { HANDLERS } from '../src/web-server/proof/handlers.ts';
import { allAnswered, delay, ownWork, percentile } from '../src/web-server/proof/latency-figures.ts';
import type { Rounds, Served } from '../src/web-server/proof/latency-figures.ts';
import { sendLoad } from '../src/web-server/proof/open-loop-load.ts';
import { computingInline, computingInPool, createWebServer, waiting } from '../src/web-server/recipe.ts';
import type { Heavy } from '../src/web-server/recipe.ts';

/** Some 20 ms of computing. */
const size = 250_000;
const never = new AbortController().signal;

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function ask(url: string): Promise<[status: number, body: string]> {
  const { statusCode, body } = await request(url);
  return [statusCode, await body.text()];
}

describe('a light request that comes while a heavy handler', () => {
  /** Asks for the light page from within the heavy handler, and returns the order of the answers. */
  async function orderOf(heavy: Heavy): Promise<string[]> {
    const answered: string[] = [];
    let light: Promise<unknown> | undefined;
    const origin = await listen(
      createWebServer((signal) => {
        light = ask(`${origin}/light`).then(() => answered.push('light'));
        return heavy(signal);
      }),
    );
    expect(await ask(`${origin}/heavy`)).toEqual([200, expect.stringMatching(/^\d+(\.\d+)?$/)]);
    answered.push('heavy');
    await light;
    return answered;
  }

  test('waits is answered before it', async () => {
    expect(await orderOf(waiting(200))).toEqual(['light', 'heavy']);
  });

  test('computes in a pool is answered before it', async () => {
    expect(await orderOf(computingInPool(1_000_000, 1))).toEqual(['light', 'heavy']);
  });

  test('computes inline is answered after it', async () => {
    expect(await orderOf(computingInline(size))).toEqual(['heavy', 'light']);
  });
});

test('the server answers 404 to what it does not know, and 500 where the heavy handler fails', async () => {
  const origin = await listen(createWebServer(() => Promise.reject(new Error('on purpose'))));
  expect(await ask(`${origin}/light`)).toEqual([200, 'light']);
  expect(await ask(`${origin}/nothing`)).toEqual([404, '']);
  expect(await ask(`${origin}/heavy`)).toEqual([500, '']);
});

describe('the load', () => {
  test('is open: it sends the next request though none was answered, unlike the client beside it', async () => {
    const held: ServerResponse[] = [];
    const server = createServer((_, response) => {
      held.push(response);
      // Ten on the schedule and one of the client that waits: none is answered before all of them are here.
      if (held.length === 11) for (const one of held) one.end('light');
      if (held.length > 11) response.end('light');
    });
    const lightAt = Array.from({ length: 10 }, (_, number) => 2 * number);
    const { light, failed } = await sendLoad({ origin: await listen(server), lightAt, heavyAt: [] });
    expect(failed).toBe(0);
    expect(light.map(({ at }) => at)).toEqual(lightAt);
  });

  test('counts a latency from the time at which its request was to be sent', async () => {
    const released = Promise.withResolvers<void>();
    const server = createServer((_, response) => void released.promise.then(() => response.end('light')));
    setTimeout(() => released.resolve(), 150);
    const { light } = await sendLoad({ origin: await listen(server), lightAt: [0, 30, 60], heavyAt: [] });
    const answeredAt = light.map(({ at, latency }) => at + latency);
    expect(Math.min(...answeredAt)).toBeGreaterThan(100);
    expect(light[0]!.latency).toBeGreaterThan(light[2]!.latency);
    // A timer counts whole milliseconds, and may fire up to one of them early.
    for (const { late } of light) expect(late).toBeGreaterThan(-1);
  });

  test('counts against a request that it was sent late', async () => {
    const server = createServer((_, response) => response.end('light'));
    const lightAt = Array.from({ length: 20 }, (_, number) => 5 * number);
    const origin = await listen(server);
    setTimeout(() => {
      for (const end = performance.now() + 60; performance.now() < end;);
    }, 10);
    const { light } = await sendLoad({ origin, lightAt, heavyAt: [] });
    expect(Math.max(...light.map(({ late }) => late))).toBeGreaterThan(30);
    for (const { latency, late } of light) expect(latency).toBeGreaterThan(late);
  });

  test('counts a request without its answer, and asks the heavy ones for their time', async () => {
    const server = createServer((message, response) => {
      if (message.url === '/heavy') response.end('12.5');
      else response.writeHead(503).end('light');
    });
    const load = await sendLoad({ origin: await listen(server), lightAt: [0, 1, 2], heavyAt: [0] });
    expect(load).toMatchObject({ light: [], failed: 3, handlers: [12.5] });
  });

  test('to a server that is not there fails, and ends', async () => {
    const load = await sendLoad({ origin: 'http://127.0.0.1:1', lightAt: [0, 1], heavyAt: [0] });
    expect(load).toMatchObject({ light: [], failed: 3, handlers: [] });
  });
});

test('a percentile is the smallest value that so many do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const value = percentile(values, share);
        const within = (limit: number): number => values.filter((other) => other <= limit).length;
        expect(values).toContain(value);
        expect(within(value)).toBeGreaterThanOrEqual(share * values.length);
        expect(values.filter((other) => other < value).length).toBeLessThan(share * values.length + 1e-9);
      },
    ),
  );
  expect(() => percentile([], 0.5)).toThrow('Expected at least one value, got none');
});

describe('the computing', () => {
  test('counts the primes as the lab does', () => {
    for (const below of [0, 2, 3, 10, 100, 20_000]) expect(countPrimes(below)).toBe(below > 2 ? knownCount(below) : 0);
  });

  test('is sized to take about as long as asked', () => {
    const below = limitFor(40);
    const begun = performance.now();
    countPrimes(below);
    expect(performance.now() - begun).toBeGreaterThan(20); // a busy machine can only make it longer
  });
});

describe('the verdict', () => {
  const load = (latency: number, late = 0): Served => ({
    light: Array.from({ length: 100 }, (_, at) => ({ at, latency, late })),
    handlers: [100, 100, 100],
    closedLoop: [1],
    own: 1,
    failed: 0,
  });
  const judge = (latency: { waiting: number; pool: number; inline: number }, busy = 0.3, late = 0): Verdict => {
    const rounds: Rounds = {
      waiting: [load(latency.waiting, late), load(latency.waiting)],
      'computing in a pool': [load(latency.pool), load(latency.pool)],
      'computing inline': [load(latency.inline), load(latency.inline)],
    };
    const findings = HANDLERS.map((handler) => delay('', handler, rounds, busy));
    return combine([...findings, allAnswered(rounds)]).judgement.verdict;
  };

  test.each([
    ['holds', 'inline alone delays', { waiting: 2, pool: 3, inline: 95 }, 0.3, 0],
    ['refuted', 'inline does not delay', { waiting: 2, pool: 3, inline: 5 }, 0.3, 0],
    ['refuted', 'inline does not delay, on a machine without a free core', { waiting: 2, pool: 3, inline: 5 }, 0.95, 0],
    ['refuted', 'a pool delays', { waiting: 2, pool: 90, inline: 95 }, 0.3, 0],
    ['refuted', 'waiting delays', { waiting: 90, pool: 3, inline: 95 }, 0.3, 0],
    ['inconclusive', 'a pool delays on a machine without a free core', { waiting: 2, pool: 90, inline: 95 }, 0.95, 0],
    ['inconclusive', 'the load itself is late', { waiting: 90, pool: 3, inline: 95 }, 0.3, 40],
  ])('is %s where %s', (verdict, _, latency, busy, late) => {
    expect(judge(latency, busy, late)).toBe(verdict);
  });

  test.each([
    ['holds', 10],
    ['refuted', 95],
  ] as const)('%s where a pool leaves the thread that answers %i ms of 100', (verdict, own) => {
    const rounds: Rounds = {
      waiting: [{ ...load(2), own: 8 }],
      'computing in a pool': [{ ...load(3), own }],
      'computing inline': [{ ...load(95), own: 100 }],
    };
    expect(ownWork(rounds).judgement!.verdict).toBe(verdict);
  });
});

describe('the processes', () => {
  const options = { limit: size, ms: 20, threads: 1 };
  const traffic = { lightAt: [0, 5, 10], heavyAt: [0] };

  test('answer with each handler, and are gone when they are closed', async () => {
    const experiment = await openExperiment(options, never);
    for (const handler of HANDLERS) {
      const { light, handlers, failed } = await experiment.run(handler, traffic);
      expect([light.length, handlers.length, failed], handler).toEqual([3, 1, 0]);
      expect(await experiment.ownCpu(handler), handler).toBeGreaterThan(0);
    }
    expect(experiment.pids.every(isAlive)).toBe(true);
    await experiment.close();
    expect(experiment.pids.some(isAlive)).toBe(false);
  });

  test('end when they are aborted, and what is under way rejects', async () => {
    const stop = new AbortController();
    const experiment = await openExperiment(options, stop.signal);
    const running = experiment.run('waiting', { lightAt: [0, 5_000], heavyAt: [] });
    stop.abort();
    await expect(running).rejects.toThrow('SIGKILL');
    for (const pid of experiment.pids) expect(await goneAfter(pid, 20_000)).toBeDefined();
    await experiment.close();
  });

  test.runIf(process.platform !== 'win32')('are not left behind by a program that is killed', async () => {
    const program = start(new URL('fixtures/web-server-program.ts', import.meta.url), []);
    const pids = JSON.parse((await program.output(/\]/)).trim()) as number[];
    expect(pids).toHaveLength(4);
    program.child.kill('SIGKILL');
    await program.ended;
    for (const pid of pids) expect(await goneAfter(pid, 20_000), `process ${pid} ends`).toBeDefined();
  });
});

test('a client that goes aborts what its handler does; one that has its answer does not', async () => {
  const signals: AbortSignal[] = [];
  const server = createWebServer(async (signal) => {
    signals.push(signal);
    if (signals.length === 1) await once(signal, 'abort');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/heavy`;
  try {
    const going = new AbortController();
    const asked = fetch(url, { signal: going.signal });
    while (signals.length === 0) await sleep(1);
    going.abort();
    await expect(asked).rejects.toThrow('aborted');
    while (!signals[0]!.aborted) await sleep(1);
    await (await fetch(url)).text();
    await sleep(20);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  } finally {
    server.close().closeAllConnections();
  }
});

test('a computation whose client has gone leaves its thread to the next', { timeout: 10_000 }, async () => {
  const heavy = computingInPool(1e9, 1); // an hour
  const stop = new AbortController();
  const [running, queued] = [heavy(stop.signal), heavy(stop.signal)];
  setTimeout(() => stop.abort(), 100);
  await Promise.all([expect(running).rejects.toThrow('aborted'), expect(queued).rejects.toThrow('aborted')]);
});
