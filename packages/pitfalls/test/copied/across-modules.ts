import assert from 'node:assert/strict';
import { cheaperFix, fix, trap } from '../../src/across-modules/recipe.ts';

assert.deepEqual(await trap(), { here: 3, imported: 0 });
assert.equal((await fix()).sent, 3);
assert.equal((await cheaperFix()).here, 4);
console.log('a worker has module state of its own; shared memory is one');
