import { getEventListeners } from 'node:events';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type * as threads from 'node:worker_threads';
import type { Worker } from 'node:worker_threads';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { stopFindings } from '../src/database-sync-driver/proof/event-loop.ts';
import { sumInline, sumInPostgres, sumInWorker } from '../src/database-sync-driver/proof/sum.ts';
import { query, queryInWorker } from '../src/database-sync-driver/recipe.ts';
import { openPool, openPostgres, postgresLack } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';

const started = vi.hoisted(() => [] as Worker[]);
vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof threads>();
  class StartedWorker extends actual.Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters);
      started.push(this);
    }
  }
  return { ...actual, Worker: StartedWorker };
});

const shown = postgresLack('') === undefined;

describe.runIf(shown)('on a PostgreSQL', () => {
  let postgres: Postgres;
  let pool: Pool;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    pool = await openPool(postgres.connection, 5);
  });
  afterAll(async () => {
    await pool?.end();
    await postgres?.close();
  });

  test('the three drivers agree on a sum', async () => {
    const last = 100_000;
    const sums = [sumInline(last), await sumInWorker(last), await sumInPostgres(pool, last)];
    expect(sums).toEqual([5_000_050_000, 5_000_050_000, 5_000_050_000]);
  });

  test('this thread computes the sum itself inline, and hardly anything where a worker or PostgreSQL does', async () => {
    /** CPU time of this thread, ms: what neighbours do does not count. */
    const cpuOf = async (work: () => unknown): Promise<number> => {
      const before = process.threadCpuUsage();
      await work();
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1_000;
    };
    const inline = await cpuOf(() => sumInline(600_000));
    expect(await cpuOf(() => sumInWorker(600_000))).toBeLessThan(inline / 2);
    expect(await cpuOf(() => sumInPostgres(pool, 600_000))).toBeLessThan(inline / 2);
  });
});

test('inline the event loop does not turn', async () => {
  let turns = 0;
  const turning = turnOfTheLoop().then(() => turns++);
  sumInline(50_000);
  expect(turns).toBe(0);
  await turning;
});

test('a query in a worker that fails rejects', async () => {
  await expect(queryInWorker({ file: ':memory:', sql: 'select ?', parameters: [1n << 70n] })).rejects.toThrow();
});

describe('a query in a worker', () => {
  /** Counts to 20 million: a second or more. */
  const long = {
    file: ':memory:',
    sql: 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000000) select sum(i) from n',
  };

  test('rejects with the reason of its signal, and does not wait for the query', { timeout: 10_000 }, async () => {
    await expect(queryInWorker(long, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    const stop = new AbortController();
    const querying = queryInWorker(long, { signal: stop.signal });
    setTimeout(() => stop.abort('under way'), 100);
    await expect(querying).rejects.toBe('under way');
    expect(started.at(-1)!.threadId, 'the query is still under way').toBeGreaterThan(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  test('rejects where its thread ends without an answer', { timeout: 10_000 }, async () => {
    const querying = queryInWorker(long);
    await Promise.all([
      expect(querying).rejects.toThrow(/^Expected the rows of a query, but its thread ended with exit code \d$/),
      started.at(-1)!.terminate(),
    ]);
  });

  test('keeps the code of an error', async () => {
    const asked = queryInWorker({ file: ':memory:', sql: 'select missing' });
    await expect(asked).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR', message: 'no such column: missing' });
  });
});

test('a query that fails throws', () => {
  expect(() => query({ file: ':memory:', sql: 'select missing' })).toThrow('no such column: missing');
});

test('a driver that stops the event loop, and a wrong sum, refute', () => {
  const stop = { max: 5, wall: 100, own: 2, isRight: true };
  const stops = { sqlite: [{ ...stop, max: 99, own: 90 }], worker: [stop], pg: [stop] };
  const verdicts = (changed: typeof stops, load = 0.1): string[] =>
    stopFindings('', { stops: changed, load }).map(({ judgement }) => judgement!.verdict);
  expect(verdicts(stops)).toEqual(['holds', 'holds', 'holds']);
  expect(verdicts({ ...stops, worker: [{ ...stop, max: 90 }] })).toEqual(['refuted', 'holds', 'holds']);
  expect(verdicts({ ...stops, worker: [{ ...stop, own: 89 }] }, 1)).toEqual(['holds', 'refuted', 'holds']);
  expect(verdicts({ ...stops, worker: [{ ...stop, max: 90 }] }, 1)[0]).toBe('inconclusive');
  expect(verdicts({ ...stops, sqlite: [stop] }, 1)[0]).toBe('refuted');
  expect(verdicts({ ...stops, pg: [{ ...stop, isRight: false }] })).toEqual(['holds', 'holds', 'refuted']);
});
