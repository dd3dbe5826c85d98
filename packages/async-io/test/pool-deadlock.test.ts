import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepsBound } from '@cookbook/lab/claim';
import pg from 'pg';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { handDown, runIntoDeadlock, waitWithLimit } from '../src/pool-deadlock/proof/deadlocks.ts';
import { withTransaction } from '../src/pool-deadlock/recipe.ts';
import type { Database, TransactionOptions } from '../src/pool-deadlock/recipe.ts';
import type { Transaction, Work } from '../src/pool-deadlock/transaction.ts';
import { openPostgres, postgresLack } from '@cookbook/lab/postgres';
import type { Postgres } from '@cookbook/lab/postgres';

const SIZE = 3;
const reason = new Error('the client went away');
const THROWN = [undefined, null, 'a string', { code: 7 }, new Error('the disk is full')];

describe.runIf(postgresLack('') === undefined)('on a PostgreSQL', () => {
  let postgres: Postgres;
  let pool: Pool;
  beforeAll(async () => {
    postgres = await openPostgres({ databaseUrl: '' });
    pool = new pg.Pool({ ...postgres.connection, max: SIZE });
    await pool.query('create table entry (number integer)');
  });
  beforeEach(() => pool.query('truncate entry'));
  afterAll(async () => {
    await pool?.end();
    await postgres?.close();
  });

  const add = (db: Database, number: number) => db.query('insert into entry values ($1)', [number]);
  const entries = async (): Promise<number[]> => {
    const { rows } = await pool.query<{ number: number }>('select number from entry order by number');
    return rows.map(({ number }) => number);
  };
  /** Every connection is in the pool again, and none is in a transaction. */
  const expectGivenBack = async (): Promise<void> => {
    expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
    const text = `select count(*)::integer as n from pg_stat_activity where state like 'idle in transaction%'`;
    expect((await pool.query<{ n: number }>(text)).rows[0]!.n).toBe(0);
  };
  const rejection = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => 'no rejection',
      (error: unknown) => error,
    );

  test('what it resolves with arrives, and is committed; two at once get their own', async () => {
    const both = [1, 2].map((number) =>
      withTransaction(pool, async (transaction) => {
        await add(transaction, number);
        return 10 * number;
      }),
    );
    expect(await Promise.all(both)).toEqual([10, 20]);
    expect(await entries()).toEqual([1, 2]);
    await expectGivenBack();
  });

  test.each(THROWN.map((thrown) => ({ thrown })))(
    '$thrown arrives as it was thrown, after a rollback',
    async ({ thrown }) => {
      const later = withTransaction(pool, async (transaction) => {
        await add(transaction, 1);
        // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
        throw thrown;
      });
      const atOnce = withTransaction(pool, () => {
        // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
        throw thrown;
      });
      expect(await Promise.all([rejection(later), rejection(atOnce)])).toEqual([thrown, thrown]);
      expect(await entries()).toEqual([]);
      await expectGivenBack();
    },
  );

  test('a second connection of the pool is a deadlock; their own, or a time limit, is an end', async () => {
    const { stuck, freed } = await runIntoDeadlock(postgres.connection, new AbortController().signal);
    const figures = [
      ...stuck,
      ...freed,
      ...(await handDown(postgres.connection)),
      ...(await waitWithLimit(postgres.connection)),
    ];
    expect(figures.filter((figure) => !keepsBound(figure))).toEqual([]);
  });

  test.each(['read committed', 'repeatable read', 'serializable'] as const)(
    'the isolation level %s is that of the transaction',
    async (isolation) => {
      const level = await withTransaction(
        pool,
        async (transaction) => {
          const { rows } = await transaction.query<{ transaction_isolation: string }>('show transaction_isolation');
          return rows[0]!.transaction_isolation;
        },
        { isolation },
      );
      expect(level).toBe(isolation);
    },
  );

  test('an error of a statement that is caught inside does not end in a commit that was none', async () => {
    const work = withTransaction(pool, async (transaction) => {
      await add(transaction, 1);
      await transaction.query('select no_such_column').catch(() => {});
    });
    await expect(work).rejects.toThrow('Expected a commit, got a rollback: an error of a statement was caught');
    expect(await entries()).toEqual([]);
    await expectGivenBack();
  });

  test('statements that are sent at once go one after another, without a warning of pg', async () => {
    const warnings: string[] = [];
    const onWarning = ({ message }: Error): void => void warnings.push(message);
    process.on('warning', onWarning);
    await withTransaction(pool, (transaction) => Promise.all([1, 2, 3].map((number) => add(transaction, number))));
    const failing = withTransaction(pool, (transaction) =>
      Promise.all([transaction.query('select no_such_column'), add(transaction, 4)]),
    );
    await expect(failing).rejects.toThrow('no_such_column');
    await sleep(1);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    expect(await entries()).toEqual([1, 2, 3]);
  });

  describe('tried again', () => {
    test('serializable transactions that add to one number lose none', async () => {
      await add(pool, 0);
      const addOne: Work<void> = async (transaction) => {
        const { rows } = await transaction.query<{ number: number }>('select number from entry');
        await transaction.query('update entry set number = $1', [rows[0]!.number + 1]);
      };
      const options: TransactionOptions = { isolation: 'serializable', attempts: 100 };
      await Promise.all(Array.from({ length: 30 }, () => withTransaction(pool, addOne, options)));
      expect(await entries()).toEqual([30]);
    });

    test('of two that wait for one another PostgreSQL ends one, which comes through the next time', async () => {
      await Promise.all([add(pool, 1), add(pool, 2)]);
      const met = Promise.withResolvers<void>();
      let attempts = 0;
      const lockBoth = (first: number, second: number) =>
        withTransaction(pool, async (transaction) => {
          await transaction.query(`set local deadlock_timeout = '20ms'`);
          await transaction.query('update entry set number = number where number = $1', [first]);
          if (++attempts === 2) met.resolve();
          await met.promise;
          await transaction.query('update entry set number = number where number = $1', [second]);
        });
      await Promise.all([lockBoth(1, 2), lockBoth(2, 1)]);
      expect(attempts).toBe(3);
      await expectGivenBack();
    });

    test.each([
      [undefined, 5],
      [{ attempts: 1 }, 1],
      [{ attempts: 3 }, 3],
    ])('with the options %j it is begun %d times, and the last error arrives', async (options, expected) => {
      let begun = 0;
      const work = withTransaction(
        pool,
        async (transaction) => {
          await add(transaction, ++begun);
          throw Object.assign(new Error(`refused ${begun}`), { code: '40001' });
        },
        options,
      );
      await expect(work).rejects.toThrow(`refused ${expected}`);
      expect(begun).toBe(expected);
      expect(await entries()).toEqual([]);
      await expectGivenBack();
    });

    test('no other error is', async () => {
      let begun = 0;
      const work = withTransaction(pool, (transaction) => {
        begun++;
        return transaction.query('select no_such_column');
      });
      await expect(work).rejects.toMatchObject({ code: '42703' });
      expect(begun).toBe(1);
    });
  });

  describe('nested', () => {
    test('a failure that is caught undoes the nested one alone; one that is not, all of it', async () => {
      const nestedFailure = async (transaction: Transaction, number: number): Promise<void> => {
        await withTransaction(transaction, async (inner) => {
          await add(inner, number);
          await inner.query('select no_such_column');
        });
      };
      await withTransaction(pool, async (transaction) => {
        await add(transaction, 1);
        await expect(nestedFailure(transaction, 2)).rejects.toThrow('no_such_column');
        await withTransaction(transaction, async (inner) => {
          await add(inner, 3);
          await expect(nestedFailure(inner, 4)).rejects.toThrow('no_such_column');
          await withTransaction(inner, (innermost) => add(innermost, 5));
        });
        await add(transaction, 6);
      });
      expect(await entries()).toEqual([1, 3, 5, 6]);
      const uncaught = withTransaction(pool, async (transaction) => {
        await add(transaction, 7);
        await nestedFailure(transaction, 8);
      });
      await expect(uncaught).rejects.toThrow('no_such_column');
      expect(await entries()).toEqual([1, 3, 5, 6]);
      await expectGivenBack();
    });

    test('an error that is caught inside of a nested one does not end as if it were done', async () => {
      const work = withTransaction(pool, (transaction) =>
        withTransaction(transaction, (inner) => inner.query('select no_such_column').catch(() => {})),
      );
      await expect(work).rejects.toThrow('current transaction is aborted');
    });

    test('two at once, and a query of the outer one meanwhile, are refused', async () => {
      await withTransaction(pool, async (transaction) => {
        const first = withTransaction(transaction, (inner) => add(inner, 1));
        const refusal = 'Expected no nested transaction to be open, there is one';
        await expect(withTransaction(transaction, (inner) => add(inner, 2))).rejects.toThrow(refusal);
        await expect(add(transaction, 3)).rejects.toThrow(refusal);
        await first;
      });
      expect(await entries()).toEqual([1]);
    });

    test('one that is not awaited is an error, and rolled back', async () => {
      let inner: Promise<unknown>;
      const work = withTransaction(pool, async (transaction) => {
        inner = withTransaction(transaction, async (nested) => {
          await add(nested, 1);
          await sleep(5);
          await add(nested, 2);
        });
        inner.catch(() => {});
      });
      await expect(work).rejects.toThrow('Expected the nested transaction to be awaited, it is still open');
      await expect(inner!).rejects.toThrow('Expected the transaction to be open, it has ended');
      expect(await entries()).toEqual([]);
      await expectGivenBack();
    });

    test('options are those of the outermost', async () => {
      const work = withTransaction(pool, (transaction) =>
        withTransaction(transaction, () => {}, { isolation: 'serializable' }),
      );
      await expect(work).rejects.toThrow('Expected no options of a nested transaction');
    });
  });

  test('a query after the end is refused: the connection is somebody else’s', async () => {
    let kept: Transaction | undefined;
    await withTransaction(pool, (transaction) => void (kept = transaction));
    await expect(add(kept!, 1)).rejects.toThrow('Expected the transaction to be open, it has ended');
    await expect(withTransaction(kept!, () => {})).rejects.toThrow('Expected the transaction to be open, it has ended');
    const failing = withTransaction(pool, async (transaction) => {
      kept = transaction;
      throw reason;
    });
    await expect(failing).rejects.toBe(reason);
    await expect(add(kept!, 2)).rejects.toThrow('Expected the transaction to be open, it has ended');
    expect(await entries()).toEqual([]);
  });

  describe('a signal', () => {
    test('aborted before: nothing begins', async () => {
      let begun = 0;
      const work = withTransaction(pool, () => void begun++, { signal: AbortSignal.abort(reason) });
      expect(await rejection(work)).toBe(reason);
      expect(begun).toBe(0);
      await expectGivenBack();
    });

    test('aborted while it waits for a connection: rejects at once, and what comes later is given back', async () => {
      const held = await Promise.all(Array.from({ length: SIZE }, () => pool.connect()));
      const stop = new AbortController();
      let begun = 0;
      const work = rejection(withTransaction(pool, () => void begun++, { signal: stop.signal }));
      stop.abort(reason);
      expect(await work).toBe(reason);
      for (const client of held) client.release();
      await sleep(20);
      expect(begun).toBe(0);
      await expectGivenBack();
    });

    test('aborted while a statement runs: rejects at once, and the connection is closed', async () => {
      const stop = new AbortController();
      const start = performance.now();
      const work = withTransaction(
        pool,
        (transaction) => {
          setTimeout(() => stop.abort(reason), 20);
          return transaction.query('select pg_sleep(2)'); // which the server still ends
        },
        { signal: stop.signal },
      );
      expect(await rejection(work)).toBe(reason);
      expect(performance.now() - start).toBeLessThan(1_500);
      expect(await withTransaction(pool, () => 'the next one')).toBe('the next one');
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    });

    test('aborted while it waits for something else: the work hears of it', async () => {
      const stop = new AbortController();
      const work = withTransaction(
        pool,
        async (transaction, signal) => {
          await add(transaction, 1);
          setTimeout(() => stop.abort(reason), 5);
          await sleep(60_000, undefined, { signal });
        },
        { signal: stop.signal },
      );
      expect(await rejection(work)).toBe(reason);
      expect(await entries()).toEqual([]);
      await expectGivenBack();
    });

    test('aborted before the commit by the work itself: nothing is committed', async () => {
      const stop = new AbortController();
      const work = withTransaction(
        pool,
        async (transaction) => {
          await add(transaction, 1);
          stop.abort(reason);
        },
        { signal: stop.signal },
      );
      expect(await rejection(work)).toBe(reason);
      expect(await entries()).toEqual([]);
    });

    test('aborted between two attempts: there is no further one', async () => {
      const stop = new AbortController();
      let begun = 0;
      const work = withTransaction(
        pool,
        () => {
          begun++;
          setTimeout(() => stop.abort(reason), 30);
          throw Object.assign(new Error('refused'), { code: '40001' });
        },
        { signal: stop.signal, attempts: 1_000 },
      );
      expect(await rejection(work)).toBe(reason);
      expect(begun).toBeLessThan(50);
      await expectGivenBack();
    });

    test('aborted afterwards: changes nothing', async () => {
      const stop = new AbortController();
      await withTransaction(pool, (transaction) => add(transaction, 1), { signal: stop.signal });
      stop.abort(reason);
      expect(await entries()).toEqual([1]);
      await expectGivenBack();
    });

    test('1,000 calls leave no listener on it, and none on a connection', async () => {
      const { signal } = new AbortController();
      const listeners = async (): Promise<number[]> => {
        const clients = await Promise.all(Array.from({ length: SIZE }, () => pool.connect()));
        const counts = clients.map((client) => client.listenerCount('error'));
        for (const client of clients) client.release();
        return counts;
      };
      const before = await listeners();
      for (let call = 0; call < 1_000; call++) await withTransaction(pool, () => {}, { signal });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      expect(await listeners()).toEqual(before);
    });
  });

  test.each(['between two statements', 'in a statement'])(
    'a connection that breaks %s: rejects, and the pool opens another',
    async (where) => {
      let heard: unknown;
      const work = withTransaction(pool, async (transaction, signal) => {
        await add(transaction, 1);
        const { rows } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
        await pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
        if (where === 'in a statement') await transaction.query('select 1');
        else await sleep(60_000, undefined, { signal }).catch(() => (heard = signal.reason));
      });
      const error = (await rejection(work)) as Error;
      expect(error.message).toMatch(/terminating connection|Connection terminated|not queryable|ECONNRESET|EPIPE/);
      if (where === 'between two statements') expect(heard).toBe(error);
      expect(await entries()).toEqual([]);
      await Promise.all([1, 2, 3].map((number) => withTransaction(pool, (transaction) => add(transaction, number))));
      expect(await entries()).toEqual([1, 2, 3]);
      await expectGivenBack();
    },
  );
});

describe('a connection on which something fails', () => {
  /** Answers as pg would, but for the statement that is to fail. */
  function connect(...failing: string[]) {
    const seen: unknown[] = [];
    const query = async (text: string): Promise<{ command: string }> => {
      seen.push(text);
      if (failing.includes(text)) throw new Error(`no ${text}`);
      return { command: text.toUpperCase() };
    };
    const release = (destroy: boolean): void => void seen.push(destroy ? 'closed' : 'given back');
    const client = { query, release, on() {}, off() {}, async end() {} };
    return { seen, pool: { connect: async () => client } as unknown as Pool };
  }

  test.each([
    [['begin'], 'no begin', ['begin', 'rollback', 'given back']],
    [['commit'], 'no commit', ['begin', 'commit', 'rollback', 'given back']],
    [['begin', 'rollback'], 'no begin', ['begin', 'rollback', 'closed']],
    [['commit', 'rollback'], 'no commit', ['begin', 'commit', 'rollback', 'closed']],
  ])('%j: the first error arrives', async (failing, message, expected) => {
    const { seen, pool } = connect(...failing);
    await expect(withTransaction(pool, () => {})).rejects.toThrow(message);
    expect(seen).toEqual(expected);
  });

  test('a pool that lends none rejects', async () => {
    const pool = { connect: () => Promise.reject(reason) } as unknown as Pool;
    await expect(withTransaction(pool, () => {})).rejects.toBe(reason);
    await expect(withTransaction(pool, () => {}, { signal: new AbortController().signal })).rejects.toBe(reason);
  });

  test.each([
    [{ attempts: 0 }, 'Expected `attempts` to be an integer from 1 up, got 0'],
    [{ attempts: 1.5 }, 'Expected `attempts` to be an integer from 1 up, got 1.5'],
    [{ isolation: 'serializable; drop table users' }, 'Expected `isolation` to be one of read committed'],
  ])('the options %j are refused', async (options, message) => {
    const { seen, pool } = connect();
    await expect(withTransaction(pool, () => {}, options as TransactionOptions)).rejects.toThrow(message);
    expect(seen).toEqual([]);
  });
});
