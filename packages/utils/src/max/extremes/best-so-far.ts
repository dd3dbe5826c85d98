// The largest or smallest of values that come one by one: what arrays, iterables and streams have in common.

import { defaultOf, nanError, readNanPolicy } from './options.ts';
import type { Comparable, KeyOptions, MaxOptions, NanPolicy } from './options.ts';

/** Which extreme is looked for. */
export type Side = 'max' | 'min';

/** The options of the functions, with or without a key. */
export type Options<T, D> = MaxOptions<D> & Partial<Pick<KeyOptions<T>, 'key'>>;

/** Holds the best value so far. The first NaN stays the best for good where NaN is to be propagated. */
export class BestSoFar<T, D> {
  /** Where the best value stood among those that came, from 0 up; -1 before there is one. */
  index = -1;
  readonly #largest: boolean;
  readonly #options: Options<T, D>;
  readonly #nan: NanPolicy;
  #value: T | undefined;
  #key: Comparable | undefined;
  #count = 0;

  constructor(side: Side, options: Options<T, D>) {
    this.#largest = side === 'max';
    this.#options = options;
    this.#nan = readNanPolicy(options);
  }

  /**
   * @throws TypeError where the key is neither a number nor a bigint nor a string, or of another type than those before
   * @throws RangeError for a NaN where `nan` is 'throw'
   */
  add(value: T): void {
    const { key: keyOf } = this.#options;
    const key = (keyOf ? keyOf(value) : value) as Comparable;
    const index = this.#count++;
    this.#expectComparable(key, index);
    if (Number.isNaN(key)) {
      if (this.#nan === 'throw') throw nanError(index);
      if (this.#nan === 'ignore' || Number.isNaN(this.#key)) return;
    } else if (this.#key !== undefined && !this.#beats(key)) {
      return;
    }
    this.#value = value;
    this.#key = key;
    this.index = index;
  }

  /** @throws RangeError where no value came and there is no default */
  value(): T | D {
    return this.index < 0 ? defaultOf(this.#options, this.#nan) : (this.#value as T);
  }

  /** As `value`, for its index. */
  place(): number | D {
    return this.index < 0 ? defaultOf(this.#options, this.#nan) : this.index;
  }

  #beats(key: Comparable): boolean {
    const best = this.#key!;
    if (key === 0 && best === 0) return Object.is(this.#largest ? best : key, -0) && !Object.is(key, best);
    return this.#largest ? key > best : key < best; // false beside a NaN, which thereby stays
  }

  #expectComparable(key: unknown, index: number): void {
    const type = typeof key;
    if (type !== 'number' && type !== 'bigint' && type !== 'string') {
      throw new TypeError(`Expected element ${index} to be a number, a bigint or a string, got ${describe(key)}`);
    }
    // Between the types, `<` would turn strings into numbers.
    if (this.#key !== undefined && typeof this.#key !== type) {
      throw new TypeError(`Expected element ${index} to be a ${typeof this.#key} as those before, got a ${type}`);
    }
  }
}

function describe(value: unknown): string {
  return value === null || typeof value === 'undefined' ? String(value) : `a value of type ${typeof value}`;
}
