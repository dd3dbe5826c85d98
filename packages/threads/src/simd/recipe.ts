// Claim      WebAssembly's 128-bit instructions find the maximum of 10,000,000 doubles at least 1.3 times as fast as the
//            best plain loop, on one thread.
// Mechanism  One instruction works on two doubles; four accumulators keep memory busy.
// Use when   long typed arrays are scanned often.
// Do not     copy an array into WebAssembly memory for one scan: that costs more than it gains.
// Copy       recipe.ts, max.as.ts, max.wasm, plain-loop.ts, scan-task.ts, web-assembly.ts, ../cpu-scaling/recipe.ts,
//            ../cpu-scaling/run-all.ts, ../cpu-scaling/worker.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts simd

import { readFileSync } from 'node:fs';
import type { Threads } from '../cpu-scaling/recipe.ts';
import { largestByLoop } from './plain-loop.ts';
import type { Part, Scan } from './scan-task.ts';
import { compile, instantiate, newMemory } from './web-assembly.ts';
import type { Memory } from './web-assembly.ts';

/** What max.wasm offers: the largest of `count` doubles from the byte `from` on. */
interface Kernel {
  max(from: number, count: number): number;
}

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
  return (instantiate(kernel, memory) as Kernel).max(8 * start, end - start);
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
