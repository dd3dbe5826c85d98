import assert from 'node:assert/strict';
import { handOver } from '../../src/shared-memory/recipe.ts';

const { object, transferred, shared } = await handOver();
assert.deepEqual(object, { sender: 0, worker: 1 }); // a copy
assert.deepEqual(transferred, { sender: undefined, worker: 1 }); // moved
assert.deepEqual(shared, { sender: 1, worker: 1 }); // one memory
console.log('The sender saw the change of the SharedArrayBuffer, and not that of the object.');
