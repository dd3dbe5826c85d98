import { readdirSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { darkScreen, verify } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import databaseLostUpdate from '../src/database-lost-update/claim.ts';
import databasePool from '../src/database-pool/claim.ts';
import { numbersOf, waitingQueries } from '../src/database-pool/proof/queries.ts';
import { inPool, inSequence, throughLimit } from '../src/database-pool/recipe.ts';
import databaseSyncDriver from '../src/database-sync-driver/claim.ts';
import { openPool, openPostgres, postgresLack, PostgresUnavailable, watchPool } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';

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
    expect(numbersOf(await inSequence(pool, waitingQueries(7)))).toEqual(numbers(7));
    expect(watch.stop().inFlight).toBe(1);
  });

  test('in a pool as many are under way as it has connections, and the others wait inside it', async () => {
    const watch = watchPool(pool);
    expect(numbersOf(await inPool(pool, waitingQueries(40)))).toEqual(numbers(40));
    const { inFlight, waiting } = watch.stop();
    expect(inFlight).toBe(5);
    expect(waiting).toBeGreaterThanOrEqual(35);
  });

  test('through a limit no more are under way or waiting than it admits, and answers keep their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 15 }), async (limit, count) => {
        const watch = watchPool(pool);
        expect(numbersOf(await throughLimit(pool, waitingQueries(count), limit))).toEqual(numbers(count));
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
});

describe.each([
  ['pool', databasePool],
  ['lost-update', databaseLostUpdate],
  ['sync-driver', databaseSyncDriver],
] as const)('the claim of database-%s', (_, claim) => {
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
    const { judgement } = await withEnvironment({ DATABASE_URL }, () => verify(claim, options));
    expect(judgement).toEqual({ verdict: 'cannot-show', reason: expect.stringMatching(reason) });
  });

  test.runIf(shown)('leaves nothing when it is aborted', async () => {
    await withFolder('cookbook-aborted', async (folder) => {
      await chmod(folder, 0o777);
      await withEnvironment({ DATABASE_URL: '', TMPDIR: folder, TEMP: folder }, async () => {
        const stop = new AbortController();
        const measuring = verify(claim, { ...options, signal: stop.signal });
        setTimeout(() => stop.abort(), 1_500);
        await expect(measuring).rejects.toThrow('aborted');
        expect(readdirSync(folder)).toEqual([]);
      });
    });
  });
});
