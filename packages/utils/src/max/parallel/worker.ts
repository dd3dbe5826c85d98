// A thread of `MaxThreads`: takes the next part of the values until none is left.

import { parentPort } from 'node:worker_threads';
import { extremeOf } from '../extremes/number-arrays.ts';
import { doublesOn } from '../kernels/simd.ts';
import type { Answer, Question } from './messages.ts';

parentPort!.on('message', ({ id, values: given, memory, part: size, next }: Question) => {
  const values = memory ? doublesOn(memory, given.byteOffset, given.length) : given;
  let best = -Infinity;
  let hasNan = false;
  for (;;) {
    const start = Atomics.add(next, 0, 1) * size;
    if (start >= values.length) break;
    const part = values.subarray(start, start + size);
    const found = extremeOf(part, 'max', 'propagate')!;
    if (Number.isNaN(found)) {
      hasNan = true;
      best = Math.max(best, extremeOf(part, 'max', 'ignore') ?? -Infinity);
    } else {
      best = Math.max(best, found);
    }
  }
  parentPort!.postMessage({ id, best, hasNan } satisfies Answer);
});
