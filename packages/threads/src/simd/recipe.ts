// Claim      WebAssembly's 128-bit instructions find the maximum of 10,000,000 doubles at least 1.3 times as fast as the
//            best plain loop, on one thread.
// Mechanism  One instruction works on two doubles; four accumulators keep memory busy.
// Use when   long typed arrays are scanned often.
// Do not     copy an array into WebAssembly memory for one scan: that costs more than it gains.
// Copy       recipe.ts, max.as.ts, max.wasm, scan-task.ts, web-assembly.ts, ../cpu-scaling/recipe.ts,
//            ../cpu-scaling/run-all.ts, ../cpu-scaling/worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts simd

import { readFileSync } from 'node:fs';
import type { Threads } from '../cpu-scaling/recipe.ts';
import type { Part, Scan } from './scan-task.ts';
import { compile, instantiate, newMemory } from './web-assembly.ts';
import type { Memory } from './web-assembly.ts';

/** Undefined where the processor or the engine has no such instructions: then a plain loop does it. */
const kernel = compile(readFileSync(new URL('./max.wasm', import.meta.url)));

/** Doubles in memory that WebAssembly and all threads can read. */
export interface Doubles {
  readonly memory: Memory;
  /** All of them. Zeros at first. */
  readonly values: Float64Array<SharedArrayBuffer>;
}

/** @throws RangeError where `length` is not an integer from 0 to 2^29 - 1, or there is not so much memory */
export function allocate(length: number): Doubles {
  if (!Number.isInteger(length) || length < 0 || length >= 2 ** 29) {
    throw new RangeError(`Expected \`length\` to be an integer from 0 to ${2 ** 29 - 1}, got ${length}`);
  }
  const memory = newMemory(length * Float64Array.BYTES_PER_ELEMENT);
  return { memory, values: new Float64Array(memory.buffer, 0, length) };
}

/** The largest of the doubles: NaN where one is, -Infinity where there is none; -0 is less than 0. */
export function largest(doubles: Doubles): number {
  return largestOfPart({ memory: doubles.memory, start: 0, end: doubles.values.length });
}

/** The largest of some of them, by index. */
export function largestOfPart({ memory, start, end }: Part): number {
  if (kernel === undefined) return largestByLoop(new Float64Array(memory.buffer, 8 * start, end - start));
  return instantiate(kernel, memory).max(8 * start, end - start);
}

/**
 * The same by several threads, opened by `openThreads` for `scan-task.ts`: each is asked once, and takes parts from one
 * counter, so that one that has no core for a while holds up a part only.
 *
 * @param count of the threads
 */
export async function largestByThreads(
  threads: Threads<Scan, number>,
  count: number,
  doubles: Doubles,
): Promise<number> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const scan = { memory: doubles.memory, length: doubles.values.length, next };
  return Math.max(...(await threads.run(Array.from({ length: count }, () => scan))));
}

/**
 * A plain loop, the quickest that V8 makes: sixteen comparisons a step, which are all true while nothing larger comes. A NaN
 * is not `<=` anything. In blocks, since a function that is called often is compiled better than one long loop.
 */
export function largestByLoop(values: Float64Array): number {
  let best = -Infinity;
  for (let start = 0; start < values.length; start += 16_384)
    best = ofBlock(values.subarray(start, start + 16_384), best);
  return best === 0 && values.some((value) => Object.is(value, 0)) ? 0 : best;
}

function ofBlock(v: Float64Array, best: number): number {
  let i = 0;
  for (; i + 16 <= v.length; i += 16) {
    // prettier-ignore
    if (
      v[i]! <= best && v[i + 1]! <= best && v[i + 2]! <= best && v[i + 3]! <= best &&
      v[i + 4]! <= best && v[i + 5]! <= best && v[i + 6]! <= best && v[i + 7]! <= best &&
      v[i + 8]! <= best && v[i + 9]! <= best && v[i + 10]! <= best && v[i + 11]! <= best &&
      v[i + 12]! <= best && v[i + 13]! <= best && v[i + 14]! <= best && v[i + 15]! <= best
    ) continue;
    for (let j = i; j < i + 16; j++) best = Math.max(best, v[j]!);
  }
  for (; i < v.length; i++) best = Math.max(best, v[i]!);
  return best;
}
