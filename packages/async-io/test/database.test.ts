import { readdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { darkScreen, verify } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import database from '../src/database/claim.ts';
import { openPool, watchPool } from '../src/database/connect.ts';
import { addOne } from '../src/database/lost-update.ts';
import type { Way } from '../src/database/lost-update.ts';
import { openRace } from '../src/database/race.ts';
import { inPool, inSequence, throughLimit } from '../src/database/recipe.ts';
import { sumInline, sumInPostgres, sumInWorker } from '../src/database/sum.ts';
import { openPostgres, postgresLack, PostgresUnavailable } from '../src/proof/postgres/index.ts';
import type { Postgres } from '../src/proof/postgres/index.ts';

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

  const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);

  test('in sequence one query is under way at a time', async () => {
    const watch = watchPool(pool);
    expect(await inSequence(pool, 7)).toEqual(numbers(7));
    expect(watch.stop().inFlight).toBe(1);
  });

  test('in a pool as many are under way as it has connections, and the others wait inside it', async () => {
    const watch = watchPool(pool);
    expect(await inPool(pool, 40)).toEqual(numbers(40));
    const { inFlight, waiting } = watch.stop();
    expect(inFlight).toBe(5);
    expect(waiting).toBeGreaterThanOrEqual(35);
  });

  test('through a limit no more are under way or waiting than it admits, and answers keep their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 15 }), async (limit, count) => {
        const watch = watchPool(pool);
        expect(await throughLimit(pool, count, limit)).toEqual(numbers(count));
        const { inFlight, waiting } = watch.stop();
        expect(inFlight).toBe(Math.min(limit, count));
        expect(waiting).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 15 },
    );
  });

  test('a pool that the server has no room for is refused, and leaves no connection', async () => {
    await expect(openPool(postgres.connection, 60)).rejects.toThrow(
      new PostgresUnavailable('the database does not allow 60 connections at once'),
    );
    await (await openPool(postgres.connection, 40)).end();
  });

  describe('two that add one at the same time', () => {
    /** Has both come to their write, or their read where that waits, before either may go on. */
    async function addTwice(way: Way): Promise<{ counted: number; tries: number }> {
      const track = await openRace(postgres.connection, 1);
      await track.run(way, 0);
      await track.close();
      const [holder, one, other] = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
      await holder.query('begin');
      await holder.query('select value from counter for update');
      const adding = [addOne(one, way), addOne(other, way)];
      while ((await blocked()) < 2) await sleep(5);
      await holder.query('commit');
      const tries = await Promise.all(adding);
      const { rows } = await pool.query<{ value: number }>('select value from counter');
      for (const client of [holder, one, other]) client.release();
      return { counted: rows[0]!.value, tries: tries[0]! + tries[1]! };
    }

    async function blocked(): Promise<number> {
      const waiting = `select count(*)::integer as n from pg_stat_activity where wait_event_type = 'Lock'`;
      return (await pool.query<{ n: number }>(waiting)).rows[0]!.n;
    }

    test.each([
      ['read, then write', { counted: 1, tries: 2 }],
      ['for update', { counted: 2, tries: 2 }],
      ['serializable', { counted: 2, tries: 3 }],
      ['one statement', { counted: 2, tries: 2 }],
    ] as const)('%s: the counter and the tries are %o', async (way, expected) => {
      expect(await addTwice(way)).toEqual(expected);
    });

    test('an error that is no refusal is not tried again', async () => {
      await pool.query('drop table counter');
      await expect(addOne(pool, 'serializable')).rejects.toThrow('relation "counter" does not exist');
    });
  });

  test.each(['for update', 'serializable', 'one statement'] as const)('in a race, %s loses none', async (way) => {
    const track = await openRace(postgres.connection, 6);
    try {
      const { expected, counted } = await track.run(way, 10);
      expect([expected, counted]).toEqual([60, 60]);
    } finally {
      await track.close();
    }
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

  test('inline the event loop does not turn', async () => {
    let turns = 0;
    const turning = turnOfTheLoop().then(() => turns++);
    sumInline(50_000);
    expect(turns).toBe(0);
    await turning;
  });

  test('a query in a worker that fails rejects', async () => {
    await expect(sumInWorker((1n << 70n) as unknown as number)).rejects.toThrow();
  });
});

describe('the claim', () => {
  const withEnvironment = async <T>(values: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> => {
    const before = { ...process.env };
    Object.assign(process.env, values);
    try {
      return await work();
    } finally {
      process.env = before;
    }
  };
  const options = { timeBudget: 0, signal: new AbortController().signal, screen: darkScreen };

  test.each([
    ['postgres://me:secret@127.0.0.1:1/none', /^the database that DATABASE_URL names refuses: .*ECONNREFUSED/],
    ['mysql://me@host/db', /^Expected DATABASE_URL to be like postgres:/],
  ])('cannot be shown with DATABASE_URL=%s, and says why', async (DATABASE_URL, reason) => {
    const { judgement } = await withEnvironment({ DATABASE_URL }, () => verify(database, options));
    expect(judgement).toEqual({ verdict: 'cannot-show', reason: expect.stringMatching(reason) });
  });

  test.runIf(shown)('leaves nothing when it is aborted', async () => {
    await withFolder('cookbook-aborted', async (folder) => {
      await chmod(folder, 0o777);
      await withEnvironment({ DATABASE_URL: '', TMPDIR: folder, TEMP: folder }, async () => {
        const stop = new AbortController();
        const measuring = verify(database, { ...options, signal: stop.signal });
        setTimeout(() => stop.abort(), 1_500);
        await expect(measuring).rejects.toThrow('aborted');
        expect(readdirSync(folder)).toEqual([]);
      });
    });
  });
});
