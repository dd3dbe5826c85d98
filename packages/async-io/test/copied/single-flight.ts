import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { SingleFlight } from '../../src/single-flight/recipe.ts';

const cache = new Map<number, string>();
let queries = 0;
const people = new SingleFlight(async (id: number, signal) => {
  queries++;
  await sleep(20, undefined, { signal }); // stands in for a query
  const name = `person ${id}`;
  cache.set(id, name);
  return name;
});
const load = async (id: number, signal?: AbortSignal) => cache.get(id) ?? people.run(id, signal);

const gone = new AbortController();
const requests = [load(1, gone.signal), ...Array.from({ length: 99 }, () => load(1))];
gone.abort();
const settled = await Promise.allSettled(requests);
assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 99);
assert.equal(queries, 1);
console.log('99 requests were answered by 1 query, though the one that began it went away.');
