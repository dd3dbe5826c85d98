import assert from 'node:assert/strict';
import { sharedWords } from '../../src/mutex/shared-words.ts';
import { ReentrantMutex, REENTRANT_MUTEX_WORDS } from '../../src/reentrant-mutex/recipe.ts';

const mutex = new ReentrantMutex(sharedWords(REENTRANT_MUTEX_WORDS));
const accounts = { from: 100, to: 0 };

const add = (account: 'from' | 'to', amount: number) => mutex.withLock(() => (accounts[account] += amount));
const transfer = (amount: number) => mutex.withLock(() => [add('from', -amount), add('to', amount)]);

transfer(30);
assert.deepEqual(accounts, { from: 70, to: 30 });
console.log('A transfer held the lock and took it twice more.');
