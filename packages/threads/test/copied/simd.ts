import assert from 'node:assert/strict';
import { openThreads } from '../../src/cpu-scaling/recipe.ts';
import { allocate, largest, largestByThreads } from '../../src/simd/recipe.ts';
import type { Scan } from '../../src/simd/scan-task.ts';

const doubles = allocate(1_000_000);
for (let i = 0; i < doubles.values.length; i++) doubles.values[i] = Math.sin(i);
assert.equal(
  largest(doubles),
  doubles.values.reduce((a, b) => Math.max(a, b)),
);

const threads = openThreads<Scan, number>(new URL('../../src/simd/scan-task.ts', import.meta.url), 2);
try {
  assert.equal(await largestByThreads(threads, 2, doubles), largest(doubles));
  console.log('SIMD and two threads found the same largest double.');
} finally {
  await threads.close();
}
