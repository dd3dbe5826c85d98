// Numbers read straight from bytes: the cells of a usual column never become strings.
//
// Clinger's fast path (W. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990): as long as digits and power
// of ten are both exact as doubles, one multiplication or division rounds once, and the result is the double nearest to the
// number. 15 digits are below 2^53, and 10^22 is the largest power of ten that is exact. Doubles of different numbers with
// at most 15 digits differ (DBL_DIG of C), so those can be ordered by their doubles alone.

/** Powers of ten that are exact as doubles. */
const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const EXACT_DIGITS = 15;
/** More digits than any double prints: beyond them the error of a sum of digits is no longer looked after. */
const MOST_DIGITS = 40;

/** A double that is not exact is at most this share of itself away from the number: 40 digits each round by 2^-53 at most. */
export const ERROR_SHARE = 2 ** -45;

const ZERO = 0x30;
const PLUS = 0x2b;
const MINUS = 0x2d;
const LARGE_E = 0x45;
const SMALL_E = 0x65;

/** Reads numbers of the usual form: sign, digits, decimal separator, exponent. */
export class NumberReader {
  /** Whether the last number read is the nearest double, and no other number of as few digits has the same one. */
  exact = false;
  readonly #decimal: number;

  /** @param decimal the byte before the fraction */
  constructor(decimal: number) {
    this.#decimal = decimal;
  }

  /**
   * The number written in `bytes` from `start` up to but not including `end`.
   *
   * @returns NaN where it has another form: it may be a number all the same
   */
  read(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    const sign = bytes[at]!;
    if ((sign === MINUS || sign === PLUS) && at < end) at++;
    const first = at;
    let value = 0;
    let digit = 0;
    while (at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9) {
      value = value * 10 + digit;
      at++;
    }
    let digits = at - first;
    let power = 0;
    if (at < end && bytes[at] === this.#decimal) {
      const point = at++;
      while (at < end && (digit = bytes[at]! - ZERO) >= 0 && digit <= 9) {
        value = value * 10 + digit;
        at++;
      }
      power = point + 1 - at;
      digits -= power;
    }
    if (digits === 0 || digits > MOST_DIGITS) return NaN;
    if (at < end) {
      if (bytes[at] !== SMALL_E && bytes[at] !== LARGE_E) return NaN;
      const exponent = readExponent(bytes, at + 1, end);
      if (Number.isNaN(exponent)) return NaN;
      power += exponent;
    }
    if (power > 22 || power < -22) return NaN;
    this.exact = digits <= EXACT_DIGITS;
    value = power < 0 ? value / POWERS[-power]! : value * POWERS[power]!;
    return sign === MINUS ? -value : value;
  }
}

/** NaN where it is none, or has more than three digits. */
function readExponent(bytes: Uint8Array, start: number, end: number): number {
  const signed = bytes[start] === MINUS || bytes[start] === PLUS;
  const first = signed ? start + 1 : start;
  if (first >= end || end - first > 3) return NaN;
  let exponent = 0;
  for (let at = first; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return NaN;
    exponent = exponent * 10 + digit;
  }
  return signed && bytes[start] === MINUS ? -exponent : exponent;
}
