import assert from 'node:assert/strict';
import { query, queryInWorker } from '../../src/database-sync-driver/recipe.ts';

const request = { file: ':memory:', sql: 'select ? * ? as product, upper(?) as word', parameters: [6, 7, 'rows'] };
const [here] = query(request);
const [there] = await queryInWorker(request);
assert.deepEqual({ ...here }, { product: 42, word: 'ROWS' });
assert.deepEqual(there, { product: 42, word: 'ROWS' });
console.log(`node:sqlite answered ${there?.product} on this thread and in a worker.`);
