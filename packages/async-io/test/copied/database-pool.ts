import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { throughLimit } from '../../src/database-pool/recipe.ts';
import type { Queryable } from '../../src/database-pool/recipe.ts';

// Stands in for `new pg.Pool({ max: 10 })`, and answers as PostgreSQL would.
let [underWay, most] = [0, 0];
async function query({ text, values }: { text: string; values: number[] }) {
  assert.equal(text, 'select name from users where id = $1');
  most = Math.max(most, ++underWay);
  await sleep(5);
  underWay--;
  return { rows: [{ name: `user ${values[0]}` }] };
}
const pool = { query } as unknown as Queryable;

const ids = Array.from({ length: 40 }, (_, id) => id);
const queries = ids.map((id) => ({ text: 'select name from users where id = $1', values: [id] }));
const results = await throughLimit(pool, queries, 10);
assert.deepEqual(
  results.map(({ rows }) => rows[0].name),
  ids.map((id) => `user ${id}`),
);
assert.equal(most, 10);
console.log(`${results.length} queries were answered in their order, at most ${most} under way.`);
