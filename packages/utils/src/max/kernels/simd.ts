// Doubles in memory that WebAssembly can read, whose largest and smallest it finds at the rate at which they can be read.
// Others are not copied there: a copy takes longer than the plain loop. See the recipe threads/simd.

import { readFileSync } from 'node:fs';
import { compile, instantiate, newMemory } from '@cookbook/threads';
import type { WebAssemblyMemory } from '@cookbook/threads';

/** What `extremes.wasm` offers; see `extremes.as.ts`. */
interface Extremes {
  max(from: number, count: number): number;
  min(from: number, count: number): number;
  find(from: number, count: number, value: number): number;
}

/** The compiled kernels, read when first needed; null where they are not there, or the engine has no such instructions. */
let kernels: object | null | undefined;
const memories = new WeakMap<ArrayBufferLike, WebAssemblyMemory>();

/** The most that 32 bits address. */
const MOST = 2 ** 29 - 1;

/**
 * Doubles, zeros at first, in shared memory that the vector instructions of WebAssembly can read: `max`, `min`, `extent`,
 * `argmax` and `MaxThreads` find an extreme of them, or of a part by `subarray`, about twice as fast.
 *
 * @param length integer from 0 to 2^29 - 1, which is 4 GiB
 * @throws RangeError for another length, and where there is not so much memory
 */
export function doubles(length: number): Float64Array<SharedArrayBuffer> {
  if (!Number.isInteger(length) || length < 0 || length > MOST) {
    throw new RangeError(`Expected \`length\` to be an integer from 0 to ${MOST}, got ${length}`);
  }
  const memory = newMemory(length * Float64Array.BYTES_PER_ELEMENT);
  memories.set(memory.buffer, memory);
  return new Float64Array(memory.buffer, 0, length);
}

/** The memory behind doubles made by `doubles`; another thread makes them again of it by `doublesOn`. */
export function memoryOf(values: Float64Array): WebAssemblyMemory | undefined {
  return memories.get(values.buffer);
}

/** Doubles on memory that another thread has sent. */
export function doublesOn(memory: WebAssemblyMemory, byteOffset: number, length: number): Float64Array {
  memories.set(memory.buffer, memory);
  return new Float64Array(memory.buffer, byteOffset, length);
}

/** The largest or smallest: NaN where one is. Undefined where the values lie in other memory, or there is no SIMD. */
export function extremeBySimd(values: Float64Array, side: 'max' | 'min'): number | undefined {
  return kernelFor(values)?.[side](values.byteOffset, values.length);
}

/** The first index with the bits of `value`, -1 where there is none. Undefined as with `extremeBySimd`. */
export function findBySimd(values: Float64Array, value: number): number | undefined {
  return kernelFor(values)?.find(values.byteOffset, values.length, value);
}

/** Null too where a bundler has left the file out. */
function compileKernels(): object | null {
  try {
    return compile(readFileSync(new URL('./extremes.wasm', import.meta.url))) ?? null;
  } catch {
    return null;
  }
}

function kernelFor({ buffer }: Float64Array): Extremes | undefined {
  const memory = memories.get(buffer);
  if (memory === undefined || kernels === null) return undefined;
  kernels ??= compileKernels();
  return kernels ? (instantiate(kernels, memory) as Extremes) : undefined;
}
