// The options of the functions in this folder, and how they are checked.

/** The treatment of a NaN: it is the result, it is passed over, or it is an error. */
export type NanPolicy = 'propagate' | 'ignore' | 'throw';

const NAN_POLICIES: ReadonlySet<NanPolicy> = new Set(['propagate', 'ignore', 'throw']);

/** Values with an order of their own. Strings are ordered by UTF-16 code units, as `<` does. */
export type Comparable = number | bigint | string;

/** Options of values that are compared as they are; `D` is the type of the default. */
export interface MaxOptions<D = never> {
  /** 'propagate' where it is left out, as `Math.max` and numpy do. */
  readonly nan?: NanPolicy;
  /** The result where there is nothing to compare; an error where it is left out. */
  readonly default?: D;
}

/** Options of values that are compared by a part of them. */
export interface KeyOptions<T, D = never> extends MaxOptions<D> {
  /** Returns the part of a value that is compared. Of values with equal keys the first one wins. */
  readonly key: (value: T) => Comparable;
}

/** @throws TypeError where it is none of the three */
export function readNanPolicy({ nan = 'propagate' }: { readonly nan?: NanPolicy }): NanPolicy {
  if (NAN_POLICIES.has(nan)) return nan;
  throw new TypeError(`Expected \`nan\` to be 'propagate', 'ignore' or 'throw', got ${JSON.stringify(nan)}`);
}

/**
 * The result where there was nothing to compare.
 *
 * @throws RangeError where no default is given
 */
export function defaultOf<D>(options: MaxOptions<D>, nan: NanPolicy): D {
  // A default of undefined is one too: the caller has written it down.
  if ('default' in options) return options.default;
  throw new RangeError(`Expected at least one value${nan === 'ignore' ? ' that is not NaN' : ''}, got none`);
}

/** The error of a NaN that is refused, with its index from 0 up. */
export function nanError(index: number): RangeError {
  return new RangeError(`Expected no NaN, got one at index ${index}`);
}
