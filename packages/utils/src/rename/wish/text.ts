// Lists of names as text, in whatever encoding an editor or a spreadsheet has saved them.

import { parse } from 'csv-parse/sync';

/**
 * The text of a file: UTF-8, or what the mark at its start says, UTF-16 of either order. The mark is no part of the text.
 *
 * @throws RangeError where the bytes are not in that encoding
 */
export function decode(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2);
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes); // drops the mark
  } catch (error) {
    throw new RangeError('Expected the map to be in UTF-8, or in UTF-16 with its mark', { cause: error });
  }
}

/**
 * The two columns of a table, the old names and the new ones. A first row 'old' and 'new' is its head. CSV may have
 * semicolons for its commas, as spreadsheets write it where the comma is for decimals.
 *
 * @throws RangeError where a row has not two cells, or a quote does not end
 */
export function readTable(text: string, delimiter: ',' | '\t'): [from: string, to: string][] {
  const [head = ''] = text.split('\n', 1);
  const isOfSemicolons = delimiter === ',' && head.includes(';') && !head.includes(',');
  const rows = parseRows(text, isOfSemicolons ? ';' : delimiter);
  for (const row of rows) {
    if (row.length !== 2) {
      throw new RangeError(`Expected two names in each row of the map, got ${JSON.stringify(row).slice(0, 60)}`);
    }
  }
  const [first] = rows;
  const hasHead = first?.join(' ').toLowerCase() === 'old new';
  return rows.slice(hasHead ? 1 : 0) as [string, string][];
}

function parseRows(text: string, delimiter: string): string[][] {
  try {
    // In TSV a quote is a character like any other.
    const quoting = delimiter === '\t' ? { quote: false as const } : {};
    return parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, ...quoting });
  } catch (error) {
    throw new RangeError(`Expected the map to be a table: ${(error as Error).message}`, { cause: error });
  }
}
