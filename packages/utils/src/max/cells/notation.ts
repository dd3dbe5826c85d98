// What the text of a cell means: a gap, NaN, a number or a time, by the way in which the file writes its numbers.

import { toTime } from './dates.ts';
import { toDecimal } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** How a file writes its numbers. */
export interface Notation {
  /** Before the fraction. */
  readonly decimal: '.' | ',';
  /** Between groups of digits; '' for none. A blank stands for the no-break spaces too, ' for ’. */
  readonly thousands: string;
  /** Words that stand for a missing value, beside an empty cell. Upper and lower case differ. */
  readonly gaps: readonly string[];
}

/** Values of one kind can be compared; those of different kinds in a column cannot. */
export type Kind = 'number' | 'local' | 'instant';

/** Kinds as an error names them. */
export const KINDS: Readonly<Record<Kind, string>> = {
  number: 'a number',
  local: 'a date or a time without an offset',
  instant: 'a time with an offset',
};

/** A value, for comparing it. */
export interface Value {
  readonly kind: Kind;
  /** Never in another order than the values themselves; different values may have the same. */
  readonly double: number;
  /** Whether another value with this double and `exact` is the same value. */
  readonly exact: boolean;
}

const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?: ?%)?|inf(?:inity)?)$/i;
/** So many digits without an exponent: numbers of this form with the same double are equal. */
const SHORT = 15;
const PLAIN = /^[+-]?[\d.]+$/;
const NAN = /^[+-]?nan$/i;
/** Other signs for a separator: the no-break, the thin and the narrow no-break space, the right quotation mark. */
const LOOKALIKES: Readonly<Record<string, RegExp>> = { ' ': /[\u00A0\u2009\u202F]/g, "'": /\u2019/g };
/** Behind a decimal point fewer digits leave the milliseconds exact. */
const MILLISECONDS = 3;

/** Reads the text of cells. */
export class CellReader {
  readonly #notation: Notation;
  readonly #gaps: ReadonlySet<string>;
  readonly #grouped: RegExp | undefined;

  constructor(notation: Notation) {
    this.#notation = notation;
    this.#gaps = new Set(['', ...notation.gaps]);
    this.#grouped = groupedForm(notation);
  }

  /** What a cell is, without blanks around it: a value, or 'gap', 'nan', 'invalid' where it is none. */
  read(text: string): Value | 'gap' | 'nan' | 'invalid' {
    if (this.#gaps.has(text)) return 'gap';
    const number = this.#plain(text);
    if (number !== undefined) {
      return { kind: 'number', double: toDouble(number), exact: number.length <= SHORT && PLAIN.test(number) };
    }
    const time = toTime(text);
    if (time !== undefined) {
      const { kind, seconds, fraction } = time;
      return { kind, double: seconds + Number(`0.${fraction}`), exact: fraction.length <= MILLISECONDS };
    }
    return NAN.test(text) ? 'nan' : 'invalid';
  }

  /** The exact value of a text that `read` finds to be one: a number, or the seconds of a time. */
  exact(text: string): Decimal {
    const number = this.#plain(text);
    if (number !== undefined) return toDecimal(...withoutPercent(number));
    const { seconds, fraction } = toTime(text)!;
    return toDecimal(`${seconds}.${fraction}`);
  }

  /** A number with a decimal point and without separators of thousands; undefined where the text is no number. */
  #plain(text: string): string | undefined {
    const { decimal, thousands } = this.#notation;
    let plain = text;
    if (this.#grouped !== undefined) {
      const others = LOOKALIKES[thousands];
      if (others !== undefined) plain = plain.replace(others, thousands);
      if (this.#grouped.test(plain)) plain = plain.replaceAll(thousands, '');
    }
    if (decimal !== '.') {
      if (plain.includes('.')) return undefined;
      plain = plain.replace(decimal, '.');
    }
    return NUMBER.test(plain) ? plain : undefined;
  }
}

/** Groups of three digits, or of two before the last three as in India, that begin a number. */
function groupedForm({ decimal, thousands }: Notation): RegExp | undefined {
  if (thousands === '') return undefined;
  const [group, point] = [RegExp.escape(thousands), RegExp.escape(decimal)];
  return new RegExp(
    `^[+-]?(?:\\d{1,3}(?:${group}\\d{3})+|\\d{1,2}(?:${group}\\d{2})+${group}\\d{3})(?:${point}\\d*)?(?:e[+-]?\\d+)?(?: ?%)?$`,
    'i',
  );
}

/** '12.5 %' as its number and the power of ten of a per cent. */
function withoutPercent(number: string): [digits: string, power: number] {
  return number.endsWith('%') ? [number.slice(0, -1).trimEnd(), -2] : [number, 0];
}

/** The nearest double. */
function toDouble(number: string): number {
  const double = Number(number);
  if (!Number.isNaN(double)) return double;
  const [digits, power] = withoutPercent(number);
  if (power === 0) return number.startsWith('-') ? -Infinity : Infinity;
  const [mantissa, exponent = '0'] = digits.split(/e/i);
  return Number(`${mantissa}e${BigInt(exponent) + BigInt(power)}`);
}
