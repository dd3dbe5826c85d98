import assert from 'node:assert/strict';
import { batching, loadMany } from '../../src/batching/recipe.ts';
import type { Queryable } from '../../src/batching/recipe.ts';

// Stands in for `new pg.Pool()`: answers in another order than it was asked in, and has no person 3.
const asked: number[][] = [];
async function query(_: string, [ids]: [number[]]) {
  asked.push(ids);
  return {
    rows: ids
      .filter((id) => id !== 3)
      .map((id) => ({ id, name: `person ${id}` }))
      .toReversed(),
  };
}
const pool = { query } as unknown as Queryable;

const load = batching((ids: readonly number[]) => loadMany(pool, ids));
const loaded = await Promise.allSettled([1, 2, 3, 2].map((id) => load(id)));
assert.deepEqual(
  loaded.map((one) => (one.status === 'fulfilled' ? one.value.name : (one.reason as Error).message)),
  ['person 1', 'person 2', 'Expected a person with id 3, found none', 'person 2'],
);
assert.deepEqual(asked, [[1, 2, 3]]);
console.log('Four loads were one query for three people; the one that is missing failed alone.');
