// Decimal numbers of any length and any exponent, compared digit by digit: what a double cannot tell apart.

/** A number as 0.d₁d₂d₃… × 10^magnitude. */
export interface Decimal {
  /** Also of -0, which is less than 0 here as in `max`. */
  readonly negative: boolean;
  /** Without zeros at either end; empty for zero and for infinity. */
  readonly digits: string;
  /** A bigint where a double would round it; -Infinity for zero, Infinity for infinity. */
  readonly magnitude: bigint | number;
}

const PARTS = /^([+-]?)(?:(\d*)\.?(\d*)(?:e([+-]?\d+))?|(inf(?:inity)?))$/i;
/** Digits of an exponent that a double holds with room for the sum. */
const SHORT = 12;

/**
 * Reads a number with a decimal point, an exponent perhaps, and no spaces; or inf, infinity.
 *
 * @param power the number is multiplied by ten to this: -2 for per cent
 * @throws TypeError where the text is no number
 */
export function toDecimal(text: string, power = 0): Decimal {
  const [, sign, whole = '', fraction = '', exponent = '0', infinity] = PARTS.exec(text) ?? [];
  if (sign === undefined || (infinity === undefined && whole + fraction === '')) {
    throw new TypeError(`Expected a number, got '${text}'`);
  }
  const negative = sign === '-';
  if (infinity !== undefined) return { negative, digits: '', magnitude: Infinity };
  const written = whole + fraction;
  const significant = written.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  if (digits === '') return { negative, digits, magnitude: -Infinity };
  const before = whole.length - (written.length - significant.length) + power;
  const magnitude = exponent.length > SHORT ? BigInt(exponent) + BigInt(before) : Number(exponent) + before;
  return { negative, digits, magnitude };
}

/** Below 0 where `a` is less, above 0 where it is more, 0 where they are equal. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  return a.negative ? compareSizes(b, a) : compareSizes(a, b);
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.magnitude < b.magnitude) return -1;
  if (a.magnitude > b.magnitude) return 1;
  // Digits behind the point of 0.d₁d₂d₃…: their order is that of their text.
  return a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}

/** Longer runs of zeros than this become an exponent. */
const MOST_ZEROS = 20;

/** All digits of a number, with a decimal point: what `Number` and JSON read. Infinity is 'Infinity'. */
export function decimalToText({ negative, digits, magnitude }: Decimal): string {
  const sign = negative ? '-' : '';
  if (magnitude === Infinity) return `${sign}Infinity`;
  if (digits === '') return `${sign}0`;
  const point = Number(magnitude);
  if (point > 0 && point - digits.length <= MOST_ZEROS) {
    const padded = digits.padEnd(point, '0');
    return `${sign}${padded.slice(0, point)}${padded.length > point ? '.' : ''}${padded.slice(point)}`;
  }
  if (point <= 0 && point > -MOST_ZEROS) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${sign}${digits[0]!}${rest}e${BigInt(magnitude) - 1n}`;
}
