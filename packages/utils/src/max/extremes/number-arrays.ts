// The largest or smallest of an array of numbers, typed or not: every kind is brought before the one loop over doubles.

import type { Side } from './best-so-far.ts';
import { largest, smallest } from './doubles.ts';
import { nanError } from './options.ts';
import type { NanPolicy } from './options.ts';
import { extremeBySimd, findBySimd } from '../kernels/simd.ts';

/** The typed arrays whose elements are numbers. A double holds each of them exactly. */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Float16Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * Values that are looked at by one call. V8 optimises a function that is called often; one long loop it has to replace
 * while it runs, and then compiles it worse.
 */
const BLOCK = 16_384;

/** Where other kinds become doubles, a block at a time: nothing here waits, so one is enough for all callers. */
const doubles = new Float64Array(BLOCK);

/** Whether this is a typed array of numbers: not of bigints, and no DataView. */
export function isNumberArray(values: unknown): values is NumberArray {
  return (
    ArrayBuffer.isView(values) &&
    !(values instanceof DataView || values instanceof BigInt64Array || values instanceof BigUint64Array)
  );
}

/**
 * The largest or smallest of the values.
 *
 * @returns undefined where there is nothing to compare
 * @throws RangeError for the first NaN where `nan` is 'throw'
 */
export function extremeOf(values: NumberArray, side: Side, nan: NanPolicy): number | undefined {
  if (values.length === 0) return undefined;
  const quick = values instanceof Float64Array ? extremeBySimd(values, side) : undefined;
  if (quick !== undefined && !Number.isNaN(quick)) return quick;
  const nothing = side === 'max' ? -Infinity : Infinity;
  const better = side === 'max' ? largest : smallest;
  let best = nothing;
  for (let start = 0; start < values.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, values.length);
    const block = values instanceof Float64Array ? values.subarray(start, end) : toDoubles(values, start, end);
    const found = better(block, best, 0, block.length);
    if (!Number.isNaN(found)) best = found;
    else if (nan === 'ignore') best = withoutNan(block, better, best);
    else if (nan === 'propagate') return NaN;
    else throw nanError(start + block.findIndex(Number.isNaN));
  }
  return best === nothing && nan === 'ignore' && !values.includes(nothing) ? undefined : best;
}

/** Where the value that `extremeOf` returned stands first: the sign of a zero counts, and a NaN is found. */
export function placeOf(values: NumberArray, extreme: number): number {
  const quick = values instanceof Float64Array && !Number.isNaN(extreme) ? findBySimd(values, extreme) : undefined;
  if (quick !== undefined) return quick;
  const exact = extreme === 0 || Number.isNaN(extreme);
  return exact ? values.findIndex((value) => Object.is(value, extreme)) : values.indexOf(extreme);
}

/**
 * The largest or smallest of an ordinary array, as long as its elements are numbers.
 *
 * @returns NaN where one is; undefined where an element is something else, or there is none
 */
export function extremeOfArray(values: readonly unknown[], side: Side): number | undefined {
  const better = side === 'max' ? Math.max : Math.min;
  let best = side === 'max' ? -Infinity : Infinity;
  for (const value of values) {
    if (typeof value !== 'number') return undefined;
    best = better(best, value);
  }
  return values.length === 0 ? undefined : best;
}

function toDoubles(values: NumberArray, start: number, end: number): Float64Array {
  doubles.set(values.subarray(start, end));
  return doubles.subarray(0, end - start);
}

function withoutNan(block: Float64Array, better: typeof largest, best: number): number {
  const kept = block.filter((value) => !Number.isNaN(value));
  return better(kept, best, 0, kept.length);
}
