import assert from 'node:assert/strict';
import { RateLimit } from '../../src/rate-limit/recipe.ts';

const limit = new RateLimit({ perSecond: 100, burst: 5, mostWaiting: 20 });
const begin = performance.now();
const stop = new AbortController();
const calls = Array.from({ length: 15 }, () => limit.run(() => performance.now() - begin));
const aborted = limit.run(() => 0, stop.signal);
stop.abort(new Error('the client went away'));
await assert.rejects(aborted, { message: 'the client went away' });
const starts = await Promise.all(calls);
assert.ok(starts.at(-1)! - starts[0]! >= 99); // 5 at once, and 10 more that are 10 ms apart
console.log('15 calls took 100 ms, at 100 a second with bursts of 5.');
