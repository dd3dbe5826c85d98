// max, min, extent and argmax of what is there at once: arrays, typed arrays, any iterable.

import { BestSoFar } from './best-so-far.ts';
import type { Options, Side } from './best-so-far.ts';
import { extremeOf, extremeOfArray, isNumberArray, placeOf } from './number-arrays.ts';
import { defaultOf, readNanPolicy } from './options.ts';
import type { Comparable, KeyOptions, MaxOptions } from './options.ts';

/** Finds one value. */
export interface Find {
  <D = never>(values: Iterable<number>, options?: MaxOptions<D>): number | D;
  <D = never>(values: Iterable<bigint>, options?: MaxOptions<D>): bigint | D;
  <D = never>(values: Iterable<string>, options?: MaxOptions<D>): string | D;
  <T, D = never>(values: Iterable<T>, options: KeyOptions<T, D>): T | D;
}

/** Finds two values. */
export interface FindBoth {
  <D = never>(values: Iterable<number>, options?: MaxOptions<D>): [least: number, most: number] | D;
  <D = never>(values: Iterable<bigint>, options?: MaxOptions<D>): [least: bigint, most: bigint] | D;
  <D = never>(values: Iterable<string>, options?: MaxOptions<D>): [least: string, most: string] | D;
  <T, D = never>(values: Iterable<T>, options: KeyOptions<T, D>): [least: T, most: T] | D;
}

/** Finds a place. */
export interface FindPlace {
  <D = never>(values: Iterable<Comparable>, options?: MaxOptions<D>): number | D;
  <T, D = never>(values: Iterable<T>, options: KeyOptions<T, D>): number | D;
}

/**
 * The largest of the values: numbers, bigints or strings, or anything by its key. Of equal ones the first; -0 is less
 * than 0.
 *
 * @throws RangeError where there is no value and no default, and for a NaN where `nan` is 'throw'
 * @throws TypeError for a value that is none of these, a hole of an array included, and for values of several types
 */
export const max: Find = <T, D>(values: Iterable<T>, options: Options<T, D> = {}): T | D =>
  extreme(values, 'max', options);

/** The smallest of the values. Everything else is as with `max`. */
export const min: Find = <T, D>(values: Iterable<T>, options: Options<T, D> = {}): T | D =>
  extreme(values, 'min', options);

/** The smallest and the largest of the values. Everything else is as with `max`. */
export const extent: FindBoth = <T, D>(values: Iterable<T>, options: Options<T, D> = {}): [T, T] | D => {
  if (isNumberArray(values) && options.key === undefined) {
    const nan = readNanPolicy(options);
    const least = extremeOf(values, 'min', nan);
    return least === undefined
      ? defaultOf(options, nan)
      : ([least, extremeOf(values, 'max', nan)!] as unknown as [T, T]);
  }
  const [least, most] = [new BestSoFar('min', options), new BestSoFar('max', options)];
  for (const value of values) {
    least.add(value);
    most.add(value);
  }
  return least.index < 0 ? (least.value() as D) : [least.value() as T, most.value() as T];
};

/**
 * Where the largest of the values stands first, from 0 up: `values[argmax(values)]` is `max(values)`. Where NaN is
 * propagated, where the first NaN stands. Everything else is as with `max`.
 */
export const argmax: FindPlace = <T, D>(values: Iterable<T>, options: Options<T, D> = {}): number | D => {
  if (isNumberArray(values) && options.key === undefined) {
    const nan = readNanPolicy(options);
    const largest = extremeOf(values, 'max', nan);
    return largest === undefined ? defaultOf(options, nan) : placeOf(values, largest);
  }
  return bestOf(values, 'max', options).place();
};

function extreme<T, D>(values: Iterable<T>, side: Side, options: Options<T, D>): T | D {
  const nan = readNanPolicy(options);
  if (options.key === undefined && isNumberArray(values)) {
    return (extremeOf(values, side, nan) ?? defaultOf(options, nan)) as T | D;
  }
  if (options.key === undefined && Array.isArray(values)) {
    const found = extremeOfArray(values, side);
    if (found !== undefined && !Number.isNaN(found)) return found as T;
  }
  return bestOf(values, side, options).value();
}

function bestOf<T, D>(values: Iterable<T>, side: Side, options: Options<T, D>): BestSoFar<T, D> {
  const best = new BestSoFar<T, D>(side, options);
  for (const value of values) best.add(value);
  return best;
}
