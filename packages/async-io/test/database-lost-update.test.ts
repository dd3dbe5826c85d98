import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRace } from '../src/database-lost-update/proof/race.ts';
import { lossFinding } from '../src/database-lost-update/proof/rounds.ts';
import { addOne } from '../src/database-lost-update/recipe.ts';
import type { Connection, Way } from '../src/database-lost-update/recipe.ts';
import { openPool, openPostgres, postgresLack } from '@cookbook/lab/postgres';
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

    test.each(['read, then write', 'for update', 'serializable'] as const)(
      '%s: one that fails leaves no lock to a connection that is lent on, and nothing half done',
      async (way) => {
        const track = await openRace(postgres.connection, 1);
        await track.run(way, 0);
        await track.close();
        const client = await pool.connect();
        await pool.query(`alter table counter add constraint small check (value < 1)`);
        await expect(addOne(client, way)).rejects.toThrow('violates check constraint');
        await pool.query('alter table counter drop constraint small'); // waits for ever where a transaction is open
        await addOne(client, way);
        const { rows } = await client.query<{ value: number }>('select value from counter');
        client.release();
        expect(rows).toEqual([{ value: 1 }]);
      },
    );

    test('an error that is no refusal is not retried', async () => {
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
});

describe('a transaction that fails', () => {
  /** Answers as pg would, but for the statement that is to fail, and says what was sent. */
  function connect(failing: string, thrown: unknown = new Error('the disk is full')) {
    const sent: string[] = [];
    const query = async (text: string): Promise<{ rows: { value: number }[] }> => {
      sent.push(text.trim().split(' ')[0]!);
      if (text.startsWith(failing)) throw thrown;
      return { rows: [{ value: 7 }] };
    };
    return { sent, connection: { query } as unknown as Connection };
  }

  const ways = ['read, then write', 'for update', 'serializable'] as const;
  const statements = ['begin', 'select', 'update', 'commit'];

  test.each(ways.flatMap((way) => statements.map((statement) => [way, statement] as const)))(
    '%s, at its %s, is rolled back, and the error arrives',
    async (way, statement) => {
      const { sent, connection } = connect(statement);
      await expect(addOne(connection, way)).rejects.toThrow('the disk is full');
      expect(sent).toEqual([...statements.slice(0, statements.indexOf(statement) + 1), 'rollback']);
    },
  );

  test.each([...ways, 'one statement'] as const)(
    '%s: arrives as it was thrown, also if it is no Error',
    async (way) => {
      const { connection } = connect('update', null);
      expect(await addOne(connection, way).then(String, (error: unknown) => [error])).toEqual([null]);
    },
  );

  test.each(ways)('%s: arrives where the connection is gone, and so does not roll back either', async (way) => {
    const gone = new Error('Connection terminated unexpectedly');
    const { connection } = connect('', gone);
    await expect(addOne(connection, way)).rejects.toBe(gone);
  });
});

test.each([
  ['read, then write', [60, 60], 'cannot-show'], // a race that was not seen proves nothing
  ['read, then write', [60, 20], 'holds'],
  ['for update', [60, 60], 'holds'],
  ['for update', [60, 59], 'refuted'],
  ['one statement', [60, 61], 'refuted'],
] as const)('%s that counts to %j of 60 is %s', (way, counts, verdict) => {
  const races = counts.map((counted) => ({ expected: 60, counted, retries: 0, msEach: 1 }));
  expect(lossFinding('', way, new Map([[way, races]])).judgement!.verdict).toBe(verdict);
});
