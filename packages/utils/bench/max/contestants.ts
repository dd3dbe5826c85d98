// The functions that the benchmark compares: they find the largest of many doubles.

import { max as d3Max } from 'd3-array';
import { max as lodashMax } from 'lodash-es';
import { max as simpleMax } from 'simple-statistics';
import { largest } from '../../src/max/extremes/doubles.ts';
import { max } from '../../src/max/index.ts';
import type { MaxThreads } from '../../src/max/index.ts';
import type { Numpy } from './numpy.ts';

export interface Contestant {
  readonly name: string;
  readonly peer?: boolean;
  /** ms of one run, and what it found. */
  run(): Promise<{ ms: number; found: number }>;
}

type Doubles = Float64Array<SharedArrayBuffer>;

export function contestantsOf(values: Doubles, lanes: MaxThreads, numpy: Numpy | undefined): Contestant[] {
  const here = (name: string, find: (values: Doubles) => number | undefined, peer = true): Contestant => ({
    name,
    peer,
    run: async () => timed(() => find(values)),
  });
  return [
    here('max, one thread', (given) => max(given), false),
    { name: `max, ${lanes.threads} threads`, run: () => timed(() => lanes.max(values)) },
    here('max, without SIMD', withoutSimd, false),
    here('reduce', (given) => given.reduce((best, value) => Math.max(best, value), -Infinity), false),
    here('loop with Math.max', byLoop, false),
    here('simple-statistics', (given) => simpleMax(given as unknown as number[])),
    here('lodash-es', (given) => lodashMax(given)),
    here('d3-array', (given) => d3Max(given)),
    ...(numpy ? [{ name: `numpy ${numpy.version}`, run: () => numpy.run() }] : []),
  ];
}

async function timed(
  find: () => Promise<number | undefined> | number | undefined,
): Promise<{ ms: number; found: number }> {
  const start = performance.now();
  const found = await find();
  return { ms: performance.now() - start, found: found ?? NaN };
}

/** What `max` does with values in other memory. */
function withoutSimd(values: Doubles): number {
  let best = -Infinity;
  for (let start = 0; start < values.length; start += 16_384) {
    const block = values.subarray(start, start + 16_384);
    best = largest(block, best, 0, block.length);
  }
  return best;
}

/** The loop that one writes without a library. */
function byLoop(values: Doubles): number {
  let best = -Infinity;
  for (let i = 0; i < values.length; i++) best = Math.max(best, values[i]!);
  return best;
}
