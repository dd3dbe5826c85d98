// One column of CSV: with commas, semicolons or tabs, whichever its first line has most of.

import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Options } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { byteLines } from './byte-lines.ts';
import { streamBytes } from './bytes.ts';
import { RecordError } from './records.ts';
import type { FoundRecord, RecordFaults } from './records.ts';

/** A quote within a cell that does not begin with one is a letter; the number of cells is checked here. */
const FORGIVING = { relax_quotes: true, relax_column_count: true, skip_empty_lines: true } satisfies Options;

interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
  /** Bytes and lines that it takes up. */
  readonly bytes: number;
  readonly lines: number;
}

/**
 * A column of CSV. A record with more or fewer cells than the header is passed over; after a quote that is never closed, the
 * next line begins a record.
 */
export async function* readCsv(
  file: string,
  field: string,
  { names, onBad }: RecordFaults,
): AsyncGenerator<FoundRecord> {
  const header = await readHeader(file);
  if (header === undefined) return;
  names.add(header.names);
  const column = header.names.indexOf(field);
  if (column < 0) return;
  let from: Position | undefined = { bytes: header.bytes, lines: header.lines };
  while (from !== undefined) {
    let end: Position = from;
    for await (const { record, info } of recordsFrom(file, from, header.delimiter)) {
      const [start, line] = [end.bytes, end.lines + 1];
      end = { bytes: from.bytes + info.bytes, lines: from.lines + info.lines };
      if (record.length === header.names.length) yield { text: record[column]!, line, start, end: end.bytes };
      else onBad();
    }
    from = await afterUnclosed(file, end);
    if (from !== undefined) onBad();
  }
}

interface Position {
  readonly bytes: number;
  readonly lines: number;
}

/** A record, and how many lines and bytes are behind it. */
interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

/** The records from a position on, up to the first quote that is not closed. */
async function* recordsFrom(file: string, from: Position, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = parse({ ...FORGIVING, delimiter, info: true });
  const source = Readable.from(bytesFrom(file, from.bytes), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  try {
    yield* source.pipe(parser) as AsyncIterable<CsvRecord>;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  } finally {
    source.destroy();
  }
}

async function* bytesFrom(file: string, start: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of streamBytes(file)) {
    if (at + chunk.length > start) yield chunk.subarray(Math.max(0, start - at));
    at += chunk.length;
  }
}

/** Where the line after a position begins; undefined where nothing but blanks is left: all was read. */
async function afterUnclosed(file: string, { bytes, lines }: Position): Promise<Position | undefined> {
  let line = lines;
  for await (const { text, end, start } of byteLines(file)) {
    if (start < bytes) continue;
    line += 1;
    if (text.trim() !== '') return { bytes: end + 1, lines: line };
  }
  return undefined;
}

async function readHeader(file: string): Promise<Header | undefined> {
  const delimiter = await delimiterOf(file);
  const parser = parse({ ...FORGIVING, bom: true, delimiter, info: true, to: 1 });
  const source = Readable.from(streamBytes(file), { objectMode: false });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<CsvRecord>) {
      return { names: record, delimiter, bytes: info.bytes, lines: info.lines };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  } finally {
    source.destroy();
  }
  return undefined;
}

/** The sign that the first line has most of outside quotes; a comma where it has none. */
async function delimiterOf(file: string): Promise<string> {
  for await (const { text } of byteLines(file)) {
    if (text.trim() === '') continue;
    const bare = text.replaceAll(/"[^"]*"?/g, '');
    const count = (sign: string): number => bare.split(sign).length;
    return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0]!;
  }
  return ',';
}

/** The field of a record of CSV that is given as its text. Throws a RecordError where the file has no such column now. */
export async function fieldOfCsv(text: string, field: string, file: string): Promise<string> {
  const header = await readHeader(file);
  const column = header?.names.indexOf(field) ?? -1;
  if (header === undefined || column < 0) throw new RecordError(`Expected '${file}' to have a column '${field}' still`);
  const [record] = parseText(text, { ...FORGIVING, delimiter: header.delimiter });
  return record?.[column] ?? '';
}
