import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { ended, forkLimited, kill } from '../../src/kill/recipe.ts';

const module = new URL('./kill-task.ts', import.meta.url);
const child = fork(module);
await once(child, 'message');
assert.equal(await kill(child), 'SIGKILL');
assert.equal(await ended(forkLimited(module, [], { timeout: 500 })), 'SIGKILL');
console.log('Two endless loops were killed, one of them by its timeout.');
