import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyMapped } from '../../src/back-pressure/recipe.ts';

// A source without an end in sight, and a sink that takes a number each millisecond, and only the first 20.
let read = 0;
async function* numbers() {
  while (true) yield read++;
}
const written: number[] = [];
const sink = new Writable({
  objectMode: true,
  highWaterMark: 1,
  write(number: number, _, done) {
    written.push(number);
    setTimeout(done, 1, written.length === 20 ? new Error('full') : null);
  },
});
const work = async (number: number, signal: AbortSignal) => {
  await sleep(5 - (number % 5), undefined, { signal });
  return 10 * number;
};

await assert.rejects(copyMapped(numbers(), 4, work, sink), { message: 'full' });
assert.deepEqual(
  written,
  Array.from({ length: 20 }, (_, index) => 10 * index),
);
assert.ok(read <= 26, `${read} were read`);
console.log(`The sink took 20 numbers in their order; ${read} were read when it failed.`);
