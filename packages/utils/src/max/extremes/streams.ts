// max, min, extent and argmax of what comes over time: any async iterable, a stream of Node's included. One value is
// held, whatever the length.

import { BestSoFar } from './best-so-far.ts';
import type { Options, Side } from './best-so-far.ts';
import type { Comparable, KeyOptions, MaxOptions } from './options.ts';

type Stream<T> = AsyncIterable<T> | Iterable<T | Promise<T>>;

/** Finds one value. */
export interface FindAsync {
  <D = never>(values: Stream<number>, options?: MaxOptions<D>): Promise<number | D>;
  <D = never>(values: Stream<bigint>, options?: MaxOptions<D>): Promise<bigint | D>;
  <D = never>(values: Stream<string>, options?: MaxOptions<D>): Promise<string | D>;
  <T, D = never>(values: Stream<T>, options: KeyOptions<T, D>): Promise<T | D>;
}

/** Finds two values. */
export interface FindBothAsync {
  <D = never>(values: Stream<number>, options?: MaxOptions<D>): Promise<[least: number, most: number] | D>;
  <D = never>(values: Stream<bigint>, options?: MaxOptions<D>): Promise<[least: bigint, most: bigint] | D>;
  <D = never>(values: Stream<string>, options?: MaxOptions<D>): Promise<[least: string, most: string] | D>;
  <T, D = never>(values: Stream<T>, options: KeyOptions<T, D>): Promise<[least: T, most: T] | D>;
}

/** Finds a place. */
export interface FindPlaceAsync {
  <D = never>(values: Stream<Comparable>, options?: MaxOptions<D>): Promise<number | D>;
  <T, D = never>(values: Stream<T>, options: KeyOptions<T, D>): Promise<number | D>;
}

/** As `max`, for values that come over time. An error of the stream is passed on. */
export const maxAsync: FindAsync = async <T, D>(values: Stream<T>, options: Options<T, D> = {}): Promise<T | D> =>
  (await bestOf(values, 'max', options)).value();

/** As `min`, for values that come over time. An error of the stream is passed on. */
export const minAsync: FindAsync = async <T, D>(values: Stream<T>, options: Options<T, D> = {}): Promise<T | D> =>
  (await bestOf(values, 'min', options)).value();

/** As `argmax`, for values that come over time. An error of the stream is passed on. */
export const argmaxAsync: FindPlaceAsync = async <T, D>(
  values: Stream<T>,
  options: Options<T, D> = {},
): Promise<number | D> => (await bestOf(values, 'max', options)).place();

/** As `extent`, for values that come over time. An error of the stream is passed on. */
export const extentAsync: FindBothAsync = async <T, D>(
  values: Stream<T>,
  options: Options<T, D> = {},
): Promise<[T, T] | D> => {
  const [least, most] = [new BestSoFar('min', options), new BestSoFar('max', options)];
  for await (const value of values) {
    least.add(value);
    most.add(value);
  }
  return least.index < 0 ? (least.value() as D) : [least.value() as T, most.value() as T];
};

async function bestOf<T, D>(values: Stream<T>, side: Side, options: Options<T, D>): Promise<BestSoFar<T, D>> {
  const best = new BestSoFar<T, D>(side, options);
  for await (const value of values) best.add(value);
  return best;
}
