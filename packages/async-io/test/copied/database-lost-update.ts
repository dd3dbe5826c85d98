import assert from 'node:assert/strict';
import { addOne } from '../../src/database-lost-update/recipe.ts';
import type { Connection } from '../../src/database-lost-update/recipe.ts';

// Stands in for `await pool.connect()` of pg: the first commit is refused, as PostgreSQL does for the sake of another one.
const said: string[] = [];
let [value, refusals] = [7, 1];
async function query(text: string, values: number[] = []) {
  said.push(text.trim());
  if (text === 'commit' && refusals-- > 0) throw Object.assign(new Error('could not serialize'), { code: '40001' });
  if (text === 'commit') value = 8;
  if (text.startsWith('update')) assert.deepEqual(values, [8]);
  return { rows: [{ value }] };
}

const tries = await addOne({ query } as unknown as Connection, 'serializable');
const transaction = [
  'begin isolation level serializable',
  'select value from counter',
  'update counter set value = $1',
];
assert.deepEqual(said, [...transaction, 'commit', 'rollback', ...transaction, 'commit']);
console.log(`The number is ${value} after ${tries} tries: one was refused, and rolled back.`);
