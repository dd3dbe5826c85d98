// 1,000 loads of one tick, each with a query of its own and batched, on a real PostgreSQL; queries are counted where they
// leave this process.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import type { ClientConfig, Pool } from 'pg';
import { openPool } from '@cookbook/lab/postgres';
import { batching, loadMany, loadOne } from '../recipe.ts';
import type { Person, Queryable } from '../recipe.ts';

const LOADS = 1_000;
const MOST = 100;
const CONNECTIONS = 10;
/** Keys that are not there, spread over three batches. */
const MISSING = [-1, -2, -3];

type Load = (id: number) => Promise<Person>;

export interface BothWays {
  readonly queries: Figure[];
  readonly answers: Figure[];
  readonly failures: Figure[];
  readonly time: Figure;
}

/** Loads all people in both ways: each with a query, and batched. */
export async function loadBothWays(connection: ClientConfig, context: Context): Promise<BothWays> {
  const pool = await openPool(connection, CONNECTIONS);
  try {
    await fillPeople(pool, LOADS);
    const counting = countQueries(pool);
    const single: Load = (id) => loadOne(counting.pool, id);
    const batched = batching((ids: readonly number[]) => loadMany(counting.pool, ids), MOST);

    const alone = await counting.during(() => loadAll(single));
    const together = await counting.during(() => loadAll(batched));
    const rightly = together.result.filter((person, id) => person.id === id && person.name === nameOf(id)).length;
    const failed = (await outcomes(batched, MISSING)).filter(({ status }) => status === 'rejected').length;
    const refusing = failingOnce(counting.pool);
    const broken = batching((ids: readonly number[]) => loadMany(refusing, ids), MOST);
    const lost = (await outcomes(broken)).filter(({ status }) => status === 'rejected').length;

    context.screen.draw('… batching: loads with a query each, and batched');
    const compared = await comparePairs(
      () => timed(() => loadAll(batched)),
      () => timed(() => loadAll(single)),
      { context, pairs: [5, 15] },
    );
    return {
      queries: [
        counted('single-queries', `${LOADS} loads, one by one`, alone.queries, 'queries', exactly(LOADS)),
        counted('batch-queries', `${LOADS} loads, batched`, together.queries, 'queries', exactly(LOADS / MOST)),
        counted('largest', 'keys in the largest query', together.largest, 'keys', exactly(MOST)),
      ],
      answers: [
        counted('answered', 'batched: answers at their asker', rightly, 'answers', exactly(LOADS)),
        counted('misplaced', 'batched: answers at another', together.result.length - rightly, 'answers', { most: 0 }),
      ],
      failures: [
        counted('failed-alone', `loads that failed, ${MISSING.length} keys missing`, failed, 'loads', exactly(3)),
        counted('failed-batch', 'loads that failed with one query', lost, 'loads', exactly(MOST)),
      ],
      time: ratioFigure('batch-time', 'time of batched / one by one', compared, { most: 0.7 }),
    };
  } finally {
    await pool.end();
  }
}

/** A table of people whose names follow from their ids, 0 to count - 1. */
export async function fillPeople(pool: Pool, count: number): Promise<void> {
  await pool.query('drop table if exists person');
  await pool.query('create table person (id integer primary key, name text not null)');
  await pool.query(`insert into person select n, 'person ' || n from generate_series(0, $1 - 1) n`, [count]);
}

function nameOf(id: number): string {
  return `person ${id}`;
}

/** Asks for all of them in one tick. */
function loadAll(load: Load): Promise<Person[]> {
  return Promise.all(Array.from({ length: LOADS }, (_, id) => load(id)));
}

/** Asks for all of them, with so many others between, and waits for every outcome. */
function outcomes(load: Load, others: readonly number[] = []): Promise<PromiseSettledResult<Person>[]> {
  const ids = Array.from({ length: LOADS }, (_, id) => id);
  for (const [n, other] of others.entries()) ids.splice(n * MOST + 7, 0, other);
  return Promise.allSettled(ids.map((id) => load(id)));
}

/** The pool, and how many queries left through it while something ran. */
function countQueries(pool: Pool) {
  let [queries, largest] = [0, 0];
  const query = (text: string, values: readonly unknown[]) => {
    queries++;
    largest = Math.max(largest, Array.isArray(values[0]) ? values[0].length : 1);
    return pool.query(text, [...values]);
  };
  return {
    pool: { query } as unknown as Queryable,
    async during<T>(work: () => Promise<T>): Promise<{ result: T; queries: number; largest: number }> {
      [queries, largest] = [0, 0];
      const result = await work();
      return { result, queries, largest };
    },
  };
}

/** A pool whose first query is one that PostgreSQL refuses. */
function failingOnce(pool: Queryable): Queryable {
  let isFirst = true;
  const query = (text: string, values: readonly unknown[]) => {
    const [asked, given] = isFirst ? ['select no_such_column from person', []] : [text, [...values]];
    isFirst = false;
    return pool.query(asked, given);
  };
  return { query } as unknown as Queryable;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
