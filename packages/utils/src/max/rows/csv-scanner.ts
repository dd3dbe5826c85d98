// Scans CSV for the cells of one column, byte by byte, a buffer at a time. Quotes are those of RFC 4180, read as leniently as
// by Python's csv: a quote opens a cell only at its start; elsewhere it is text.

import type { ColumnValues } from '../cells/column-values.ts';
import type { Place, RaggedLine, Seen } from '../cells/tally.ts';
import { RETURN, unquote } from './layout.ts';
import type { Layout } from './layout.ts';

/** Scans records and hands the cells of the column on. */
export class CsvScanner {
  /** The line of the next record, from 1 up. */
  line: number;
  /** Lines with another number of cells than the first one; their cells are not handed on. */
  ragged: Seen<RaggedLine> = { count: 0 };
  /** The quote that the input ends within. */
  openQuote: Seen<Place> = { count: 0 };
  readonly #layout: Layout;
  readonly #values: ColumnValues;
  readonly #input: number;

  constructor(layout: Layout, values: ColumnValues, input: number, line = layout.line) {
    this.#layout = layout;
    this.#values = values;
    this.#input = input;
    this.line = line;
  }

  /**
   * Scans the records that begin from `from` up to but not including `stop`, in the bytes up to but not including `end`.
   *
   * @param bytes one longer than `end` at least: the byte there is overwritten
   * @param last whether the input ends at `end`
   * @returns where the next record begins: one that is not whole, unless it is `stop` or more
   */
  scan(bytes: Uint8Array, from: number, stop: number, end: number, last: boolean): number {
    const { delimiter, quote, newline, wanted, cells: expected } = this.#layout;
    const values = this.#values;
    bytes[end] = newline; // a record that is not whole ends here: no other bound has to be watched
    let at = from;
    let line = this.line;
    while (at < stop) {
      const start = at;
      const startLine = line;
      let cell = 0;
      let wantedStart = 0;
      let wantedEnd = 0;
      let wantedLine = 0;
      for (; ; at++) {
        const cellStart = at;
        if (bytes[at] === quote) {
          const openLine = line;
          for (at++; ; at++) {
            const byte = bytes[at];
            if (byte === newline) {
              if (at >= end) break;
              line++;
            } else if (byte === quote) {
              if (bytes[at + 1] !== quote) break;
              at++;
            }
          }
          if (at >= end && last) this.openQuote = { count: 1, first: { line: openLine, input: this.#input } };
        }
        while (bytes[at] !== delimiter && bytes[at] !== newline) at++;
        if (cell === wanted) {
          wantedStart = cellStart;
          wantedEnd = at;
          wantedLine = line;
        }
        cell++;
        if (bytes[at] === newline) break;
      }
      if (at >= end && !last) {
        this.line = startLine;
        return start;
      }
      if (cell !== expected) {
        if (!isBlank(bytes, start, at)) this.#addRagged(startLine, cell);
      } else if (expected > 1 || !isBlank(bytes, start, at)) {
        if (bytes[wantedStart] === quote) this.#addQuoted(bytes, wantedStart, wantedEnd, wantedLine);
        else values.addBytes(bytes, wantedStart, wantedEnd, wantedLine);
      }
      line++;
      at++;
    }
    this.line = line;
    return Math.min(at, end);
  }

  #addQuoted(bytes: Uint8Array, start: number, end: number, line: number): void {
    const { quote, newline } = this.#layout;
    if (bytes[end] === newline && bytes[end - 1] === RETURN) end--;
    const closed = bytes[end - 1] === quote && end - start > 1;
    if (closed && !bytes.subarray(start + 1, end - 1).includes(quote)) {
      this.#values.addBytes(bytes, start + 1, end - 1, line);
    } else {
      const cell = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
      this.#values.addText(unquote(cell), line);
    }
  }

  #addRagged(line: number, cells: number): void {
    const { count, first } = this.ragged;
    const { cells: expected } = this.#layout;
    this.ragged = { count: count + 1, first: first ?? { line, input: this.#input, cells, expected } };
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at]! > 0x20) return false;
  return true;
}
