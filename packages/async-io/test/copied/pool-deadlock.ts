import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { withTransaction } from '../../src/pool-deadlock/recipe.ts';
import type { Database } from '../../src/pool-deadlock/recipe.ts';

// Stands in for `new pg.Pool({ max: 1 })`: one connection, which refuses the first commit for the sake of another transaction.
const sent: string[] = [];
let refusals = 1;
async function query(text: string) {
  sent.push(text);
  if (text === 'commit' && refusals-- > 0) throw Object.assign(new Error('could not serialize'), { code: '40001' });
  return { command: text.toUpperCase(), rows: [] };
}
const client = { query, on() {}, off() {}, release: () => sent.push('released') };
const pool = { connect: async () => client } as unknown as Pool;

// What is called inside takes the transaction, never the pool.
const log = (database: Database, line: string) => database.query('insert into log values ($1)', [line]);
await withTransaction(
  pool,
  async (order) => {
    await order.query('insert into purchase default values');
    await log(order, 'bought');
  },
  { isolation: 'serializable' },
);
const statements = ['insert into purchase default values', 'insert into log values ($1)'];
const begun = ['begin isolation level serializable', ...statements, 'commit'];
assert.deepEqual(sent, [...begun, 'rollback', 'released', ...begun, 'released']);
console.log('One connection was enough for both inserts, and the refused transaction was begun anew.');
