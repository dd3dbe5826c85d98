// Scans a range of bytes of CSV, whatever its length, through one buffer.

import { ColumnValues } from '../cells/column-values.ts';
import type { Notation } from '../cells/notation.ts';
import type { Tally } from '../cells/tally.ts';
import type { ByteSource } from './byte-source.ts';
import { CsvScanner } from './csv-scanner.ts';
import { DataError } from './errors.ts';
import type { Layout } from './layout.ts';

/** Bytes that are scanned by one call, unless a record is longer. */
const BUFFER = 2 ** 19;
/** A longer record is taken for a quote that is left open. */
const LONGEST_RECORD = 2 ** 26;

/** What is scanned. */
export interface Range {
  /** Where the source begins: bytes of the file before it. */
  readonly from: number;
  /** Where the records to scan begin: bytes to skip, or 'next line' for behind the first line end. */
  readonly skip: number | 'next line';
  /** Records that begin from here on are left alone. */
  readonly stop: number;
  /** The line in which the first record begins. */
  readonly line: number;
  /** Which of the inputs it is, from 0 up. */
  readonly input: number;
}

/** What is done between two buffers. */
export interface Watch {
  /** Gets the bytes of the buffer. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Ends the scan where what has been found so far decides its result. */
  readonly isEnough?: ((tally: Tally) => boolean) | undefined;
}

/** What a range holds. */
export interface ScannedRange {
  readonly tally: Tally;
  /** Where its first record begins, and the first one behind it. */
  readonly start: number;
  readonly end: number;
  /** Line ends between the two. */
  readonly lines: number;
}

/**
 * Scans the records that begin in a range.
 *
 * @throws DataError where a record is longer than 64 MiB
 * @throws what reading the source throws
 */
export async function scanRange(
  source: ByteSource,
  layout: Layout,
  notation: Notation,
  range: Range,
  { onBytes, isEnough }: Watch = {},
): Promise<ScannedRange> {
  const values = new ColumnValues(notation, range.input);
  const scanner = new CsvScanner(layout, values, range.input, range.line);
  const tally = (): Tally => ({ ...values.tally(), ragged: scanner.ragged, openQuote: scanner.openQuote });
  let buffer = new Uint8Array(BUFFER + 1);
  let base = range.from; // where the buffer stands in the file
  let filled = 0;
  let at = 0;
  let start: number | undefined = undefined;
  for (;;) {
    const length = await source.read(buffer.subarray(0, -1), filled);
    const last = length === 0;
    onBytes?.(length);
    filled += length;
    if (start === undefined) {
      const skipped = range.skip === 'next line' ? buffer.subarray(0, filled).indexOf(layout.newline) + 1 : range.skip;
      if (skipped > 0 || range.skip === 0) start = base + skipped;
      else if (last || base + filled >= range.stop) start = range.stop;
      at = start === undefined ? filled : Math.min(start - base, filled);
    }
    if (start !== undefined && base + at >= start) {
      at = scanner.scan(buffer, at, Math.max(at, Math.min(filled, range.stop - base)), filled, last);
      if (last || base + at >= range.stop || isEnough?.(tally())) break;
    }
    buffer.copyWithin(0, at, filled);
    base += at;
    filled -= at;
    at = 0;
    if (filled === buffer.length - 1) buffer = longer(buffer, scanner.line);
  }
  return { tally: tally(), start, end: base + at, lines: scanner.line - range.line };
}

function longer(buffer: Uint8Array, line: number): Uint8Array<ArrayBuffer> {
  if (buffer.length > LONGEST_RECORD) {
    throw new DataError(
      `Expected records of at most 64 MiB, line ${line} begins a longer one: is a quote left open in it?`,
    );
  }
  const twice = new Uint8Array(2 * (buffer.length - 1) + 1);
  twice.set(buffer);
  return twice;
}
