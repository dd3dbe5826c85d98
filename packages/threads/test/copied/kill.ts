import assert from 'node:assert/strict';
import { askThenKill, CLEANED_UP, kill, PROGRESS, startLoop } from '../../src/kill/recipe.ts';

const endless = await startLoop({ ignoresStop: true });
await kill(endless);
assert.equal(endless.thread.threadId, -1); // it is gone
assert.notEqual(endless.memory[PROGRESS], CLEANED_UP);

assert.equal(await askThenKill(await startLoop({ ignoresStop: false }), 5_000), true);
console.log('One endless loop was killed without its finally, one was asked and cleaned up.');
