// Scans JSON text for one field.

import { ColumnValues } from '../cells/column-values.ts';
import type { Notation } from '../cells/notation.ts';
import { EMPTY } from '../cells/tally.ts';
import type { Tally } from '../cells/tally.ts';
import { piecesOf } from '../rows/byte-source.ts';
import type { ByteSource } from '../rows/byte-source.ts';
import type { Watch } from '../rows/scan-range.ts';
import { JsonColumn } from './json-column.ts';
import { LineSplitter, ValueSplitter } from './split-values.ts';

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Which values are looked for, and how the text is laid out. */
export interface JsonOptions {
  /** 'jsonl' has a record a line; 'json' is an array of records, or records one after another. */
  readonly format: 'json' | 'jsonl';
  /** The name of a field, `a.b` for one within another; undefined where the records are values. */
  readonly column: string | undefined;
  readonly notation: Notation;
  /** Which of the inputs it is, from 0 up. */
  readonly input: number;
}

/**
 * Scans a whole source.
 *
 * @throws DataError where the text is not in the format
 * @throws ColumnError where no record has the field
 * @throws what reading the source throws
 */
export async function scanJson(source: ByteSource, options: JsonOptions, watch: Watch = {}): Promise<Tally> {
  const values = new ColumnValues(options.notation, options.input);
  const column = new JsonColumn(options.column, values);
  const splitter = options.format === 'jsonl' ? new LineSplitter() : new ValueSplitter();
  const tally = (): Tally => ({ ...EMPTY, ...values.tally() });
  let isFirst = true;
  for await (const piece of piecesOf(source)) {
    const marked = isFirst && piece.subarray(0, MARK.length).equals(MARK);
    isFirst = false;
    for (const text of splitter.push(marked ? piece.subarray(MARK.length) : piece)) column.add(text);
    watch.onBytes?.(piece.length);
    if (watch.isEnough?.(tally())) return tally();
  }
  for (const text of splitter.end()) column.add(text);
  column.end();
  return tally();
}
