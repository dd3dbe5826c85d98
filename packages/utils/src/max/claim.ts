import { allHold, counted, defineClaim, judgeIntervals, medianInterval } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure, Judgement, LinePlot } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import {
  comparePairs,
  isSettled,
  judgeParallel,
  measureSpeedup,
  ratioFigure,
  speedupFigures,
  workerLanes,
} from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { UNIT_MS } from '@cookbook/lab/task';
import type { LaneData } from './proof/max-task.ts';
import { max } from './extremes/iterables.ts';
import { breakEven, sweepSizes } from './proof/sweep-sizes.ts';
import type { Size } from './proof/sweep-sizes.ts';
import { longestSpread } from './proof/longest-spread.ts';

const THREADS = Math.max(2, usableCores());
/** 64 MB: more than the caches of most machines hold. */
const LARGE = 8_000_000;
const SMALL = 10_000;
const SIZES = [SMALL, 100_000, 300_000, 1_000_000, 3_000_000, LARGE];

/** From this growth of the CPU time of the same work on, two threads wait for memory, which is one for both. */
const MEMORY_BOUND = 1.25;

interface MaxEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly speedup: Speedup;
}

export default defineClaim<MaxEvidence>({
  id: 'utils/max',
  says: 'The largest value, such as the peak of the CPU, is found by max.',
  from: ['RC'],
  answer:
    'Math.max(...values) throws for a long array; a loop over a typed array takes any length, at least 4x as fast as reduce. Threads only pay for millions of values.',

  async measure({ budget, signal }: Context) {
    const longest = longestSpread();
    const values = sharedValues(LARGE);
    const largest = max(values);

    const million = values.subarray(0, 1_000_000);
    const byReduce = timed(million, (given) => given.reduce((best, value) => Math.max(best, value), -Infinity));
    const byLoop = timed(million, (given) => max(given));
    const reduce = await comparePairs(byReduce, byLoop, { context: { budget: Math.min(budget, 600), signal } });

    const sizes = await sweepSizes(values, SIZES, THREADS, signal);
    const [small, large] = [sizes[0]!, sizes.at(-1)!];
    const speedup = await measureSpeedup({
      open: (count) =>
        workerLanes(count, new URL('./proof/max-task.ts', import.meta.url), { values, largest } satisfies LaneData),
      lanes: THREADS,
      unit: { kernel: 'primes', repeats: Math.max(1, Math.round(UNIT_MS / large.alone)) },
      context: { budget: Math.min(budget, 2_000), signal },
      enough: isSettled,
    });

    const evens = breakEven(sizes);
    const counts = [
      counted('longest array that Math.max(...) takes', longest, 'elements', { least: 1_000, most: 10_000_000 }),
      ratioFigure('reduce / loop, 1,000,000 doubles', reduce, { least: 4 }),
      ratio(`${THREADS} threads / one call, ${SMALL.toLocaleString('en-US')} doubles`, small, { least: 1.5 }),
    ];
    const even = evens === undefined ? 'paid at no size' : `pay from ${evens.toLocaleString('en-US')} values on`;
    return {
      counts,
      speedup,
      headline: `Math.max(...) takes ${longest.toLocaleString('en-US')} elements; reduce takes ${counts[1]!.median.toFixed(1)}x the time of a loop; ${THREADS} threads ${even}`,
      figures: [
        ...counts,
        ...speedupFigures(speedup, `${THREADS} threads, ${LARGE.toLocaleString('en-US')} doubles`, 'parallel'),
        ...(evens === undefined ? [] : [counted('threads pay from, in this run', evens, 'doubles')]),
      ],
      notes: [
        'The threads are warm, the doubles in shared memory. The break-even is that of the quickest rounds; busy neighbours move it upwards.',
      ],
      plots: [plot(sizes)],
    };
  },

  judge: ({ counts, speedup }) => allHold([judgeIntervals(counts), judgeLarge(speedup)]),
});

/** Where the CPU time of the same work grows beside other work, memory is what both wait for. */
function judgeLarge(speedup: Speedup): Judgement {
  const judgement = judgeParallel(speedup);
  const grown = medianInterval(speedup.trials.map(({ cpuRatio }) => cpuRatio)).median;
  if (judgement.verdict !== 'refuted' || grown < MEMORY_BOUND) return judgement;
  return {
    verdict: 'cannot-show',
    reason: `side by side each thread takes ${grown.toFixed(2)}x its CPU time: the memory of this host is busy with one`,
  };
}

/** Doubles in no order, the largest of them known to nobody before. */
function sharedValues(length: number): Float64Array {
  const values = new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
  let state = 1;
  for (let i = 0; i < length; i++) values[i] = state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return values;
}

/** ms of one search of so many, each of which has to find the same. */
function timed(values: Float64Array, find: (values: Float64Array) => number): () => number {
  const expected = max(values);
  return () => {
    const start = performance.now();
    const found = find(values);
    const took = performance.now() - start;
    if (found !== expected) throw new Error(`Expected the largest value to be ${expected}, got ${found}`);
    return took;
  };
}

function ratio(name: string, { ratios }: Size, bound: Figure['bound']): Figure {
  return { name, ...medianInterval(ratios), unit: 'x', ...(bound && { bound }) };
}

function plot(sizes: readonly Size[]): LinePlot {
  const points = sizes.map(({ length, ratios }) => {
    const { median, low, high } = medianInterval(ratios);
    return { x: length, y: median, low, high };
  });
  return {
    kind: 'lines',
    title: `Time of ${THREADS} threads / time of one call`,
    x: { label: 'doubles', unit: 'count', scale: 'log' },
    y: { label: 'ratio', unit: 'x', scale: 'log' },
    series: [
      { name: `${THREADS} threads`, points },
      { name: 'as fast', limit: true, points: sizes.map(({ length }) => ({ x: length, y: 1 })) },
    ],
  };
}
