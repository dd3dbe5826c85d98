// The maximum of ten million doubles: by the plain loop and by SIMD on one thread, and by SIMD on two.

import { counted, counts, exactly, intervals } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { comparePairs, measureParallel, parallel, ratioFigure, workerLanes } from '@cookbook/lab/speedup';
import { timed, UNIT_MS } from '@cookbook/lab/task';
import { openThreads } from '../../cpu-scaling/recipe.ts';
import { allocate, largest, largestByThreads } from '../recipe.ts';
import { largestByLoop } from '../plain-loop.ts';
import type { Doubles } from '../recipe.ts';
import type { Scan } from '../scan-task.ts';

/** 80 MB: more than the caches hold. */
const LENGTH = 10_000_000;
const THREADS = 2;
const LARGEST = 2;
/** Scans of one measurement, so that it takes some 20 ms. */
const SCANS = 4;

/** Pseudo-random doubles below 1 by a linear congruential generator, and the largest at the end. */
export function fill({ values }: Doubles): void {
  let state = 1;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    values[i] = state / 2 ** 31;
  }
  values[values.length - 1] = LARGEST;
}

export async function measureScans(context: Context): Promise<Finding[]> {
  const doubles = allocate(LENGTH);
  fill(doubles);
  const found = new Map<string, number>();
  const scan = (name: string, search: () => number) => (): Promise<number> =>
    timed(() => {
      for (let n = 0; n < SCANS; n++) found.set(name, search());
    });
  context.screen.draw('… simd: plain loop and SIMD, one thread');
  const byLoop = scan('loop', () => largestByLoop(doubles.values));
  const bySimd = scan('simd', () => largest(doubles));
  const half = { ...context, budget: context.budget / 3 };
  const pairs = await comparePairs(byLoop, bySimd, { context: half, pairs: [7, 21] });
  const alone = Math.min(...pairs.b) / SCANS;

  const threads = openThreads<Scan, number>(new URL('../scan-task.ts', import.meta.url), THREADS);
  try {
    found.set('threads', await largestByThreads(threads, THREADS, doubles));
  } finally {
    await threads.close();
  }
  context.screen.draw('… simd: two threads');
  const data = { memory: doubles.memory, length: LENGTH, largest: LARGEST };
  const speedup = await measureParallel({
    open: (count) => workerLanes(count, new URL('./scan-lane-task.ts', import.meta.url), data),
    lanes: THREADS,
    unit: { kernel: 'primes', repeats: Math.max(1, Math.round(UNIT_MS / alone)) },
    context: half,
  });
  const right = found.values().filter((value) => value === LARGEST);
  return [
    intervals(
      'On one thread the plain loop takes {simd} the time of SIMD for 10,000,000 doubles.',
      ratioFigure('simd', 'time of the plain loop / SIMD', pairs, { least: 1.3 }),
    ),
    parallel('threads', 'two threads', speedup, 'Two threads that scan by SIMD are {threads-observed} as fast as one.'),
    counts('', counted('right', 'ways that found the largest', [...right].length, 'ways', exactly(3))),
  ];
}
