// Takes the cells of a column one by one, and keeps what a tally needs. A usual number is read from its bytes, compared
// with the extremes so far and forgotten; only a new extreme, or what is no usual number, becomes a string.

import { compareDecimals } from './decimal.ts';
import { CellReader } from './notation.ts';
import type { Kind, Notation, Value } from './notation.ts';
import { ERROR_SHARE, NumberReader } from './number-bytes.ts';
import type { Cell, Extremes, Seen, Tally } from './tally.ts';

const BLANK = 0x20;
const TAB = 0x09;
const RETURN = 0x0d;

/** The cells of one column of one input. */
export class ColumnValues {
  readonly #input: number;
  readonly #numbers: NumberReader;
  readonly #reader: CellReader;
  readonly #usual = new RunningExtremes();
  readonly #times = { local: new RunningExtremes(), instant: new RunningExtremes() };
  /** Those of the words for a gap that look like a usual number: -999. */
  readonly #gapNumbers: readonly number[];
  #gaps = 0;
  #nan: Seen = { count: 0 };
  #invalid: Seen = { count: 0 };

  /** @param input which of the inputs this is, from 0 up */
  constructor(notation: Notation, input: number) {
    this.#input = input;
    this.#numbers = new NumberReader(notation.decimal.charCodeAt(0));
    this.#reader = new CellReader(notation);
    const words = notation.gaps.map((word) => Buffer.from(word));
    this.#gapNumbers = words
      .map((word) => this.#numbers.read(word, 0, word.length))
      .filter((each) => !Number.isNaN(each));
  }

  /** Values, gaps and others that came. */
  get count(): number {
    const { local, instant } = this.#times;
    return this.#usual.count + local.count + instant.count + this.#gaps + this.#nan.count + this.#invalid.count;
  }

  /** Takes the cell in `bytes` from `start` up to but not including `end`, which stands in this line. */
  addBytes(bytes: Uint8Array, start: number, end: number, line: number): void {
    while (start < end && isBlank(bytes[start]!)) start++;
    while (start < end && isBlank(bytes[end - 1]!)) end--;
    const double = this.#numbers.read(bytes, start, end);
    if (Number.isNaN(double)) {
      if (start === end) this.#gaps++;
      else this.addText(decode(bytes, start, end), line);
      return;
    }
    const isGap = this.#gapNumbers.length > 0 && this.#gapNumbers.includes(double);
    if (!isGap && this.#usual.holds(double, this.#numbers.exact)) this.#usual.count++;
    else this.addText(decode(bytes, start, end), line);
  }

  /** Takes a cell that is no part of a buffer. */
  addText(text: string, line: number): void {
    const cell: Cell = { text: text.trim(), line, input: this.#input };
    const value = this.#reader.read(cell.text);
    if (value === 'gap') this.#gaps++;
    else if (value === 'nan') this.#nan = oneMore(this.#nan, cell);
    else if (value === 'invalid') this.addInvalid(cell.text, line);
    else (value.kind === 'number' ? this.#usual : this.#times[value.kind]).add(value, cell, this.#reader);
  }

  /** Takes what is known to be no value, such as `true` in JSON. */
  addInvalid(text: string, line: number): void {
    this.#invalid = oneMore(this.#invalid, { text, line, input: this.#input });
  }

  /** Whether a number that is nearest to this double may be a new extreme; what is none is only counted. */
  mayBeExtreme(double: number): boolean {
    if (this.#gapNumbers.includes(double) || !this.#usual.holds(double, false)) return true;
    this.#usual.count++;
    return false;
  }

  /** What has been found so far. Of lines and quotes only the caller knows. */
  tally(): Omit<Tally, 'ragged' | 'openQuote'> {
    const kinds: Partial<Record<Kind, Extremes>> = {};
    for (const [kind, found] of [['number', this.#usual], ...Object.entries(this.#times)] as const) {
      if (found.first !== undefined) kinds[kind as Kind] = found.extremes();
    }
    return { kinds, gaps: this.#gaps, nan: this.#nan, invalid: this.#invalid };
  }
}

/** An extreme so far: NaN before there is one, which no comparison passes. */
interface Extreme extends Omit<Value, 'kind'> {
  readonly cell?: Cell;
}

const NONE: Extreme = { double: NaN, exact: false };

/** The extremes of the values of one kind that came so far. */
class RunningExtremes {
  count = 0;
  first: Cell | undefined;
  least = NONE;
  most = NONE;

  /** Whether a number that is nearest to this double, or nearly so unless `exact`, is surely no new extreme. */
  holds(double: number, exact: boolean): boolean {
    const { least, most } = this;
    if (!exact) {
      const margin = Math.abs(double) * ERROR_SHARE;
      return double + margin < most.double && double - margin > least.double;
    }
    if (!(double < most.double || (most.exact && Object.is(double, most.double)))) return false;
    return double > least.double || (least.exact && Object.is(double, least.double));
  }

  add({ double, exact }: Value, cell: Cell, reader: CellReader): void {
    const value: Extreme = { double, exact, cell };
    this.count++;
    if (this.first === undefined) {
      this.first = cell;
      this.least = this.most = value;
      return;
    }
    if (order(value, this.most, reader) > 0) this.most = value;
    else if (order(value, this.least, reader) < 0) this.least = value;
  }

  extremes(): Extremes {
    return { count: this.count, first: this.first!, least: this.least.cell!, most: this.most.cell! };
  }
}

function order(a: Extreme, b: Extreme, reader: CellReader): number {
  if (a.double !== b.double) return a.double - b.double;
  if (a.exact && b.exact) return Object.is(a.double, b.double) ? 0 : Object.is(a.double, -0) ? -1 : 1;
  return compareDecimals(reader.exact(a.cell!.text), reader.exact(b.cell!.text));
}

function oneMore({ count, first }: Seen, cell: Cell): Seen {
  return { count: count + 1, first: first ?? cell };
}

function isBlank(byte: number): boolean {
  return byte === BLANK || byte === TAB || byte === RETURN;
}

/** Bytes that are no UTF-8 become replacement characters, which are in no number. */
function decode(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
}
