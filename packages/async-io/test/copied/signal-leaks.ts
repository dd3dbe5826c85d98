// A server has one signal for its shutdown, and every request runs under it.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { untilAborted, withOwnSignal } from '../../src/signal-leaks/recipe.ts';

const shutdown = new AbortController();
const { signal } = shutdown;
for (let n = 0; n < 1_000; n++) assert.equal(await untilAborted(signal, async () => n), n);
assert.equal(await withOwnSignal(signal, (own) => sleep(1, 'done', { signal: own })), 'done');
assert.equal(getEventListeners(signal, 'abort').length, 0);

const endless = untilAborted(signal, () => new Promise(() => {}));
const cancelled = withOwnSignal(signal, (own) => sleep(60_000, undefined, { signal: own }));
shutdown.abort(new Error('the server ends'));
await assert.rejects(endless, { message: 'the server ends' });
await assert.rejects(cancelled, { name: 'AbortError' });
console.log('1,001 operations left no listener, and the shutdown ended the last two.');
