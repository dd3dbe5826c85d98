// Documents that are records of a file: a line each, or a field of a record of CSV or JSON lines each.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { byteLines } from './byte-lines.ts';

/** A record: its text, the line on which it begins, and its bytes in the file. */
export interface FoundRecord {
  readonly text: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A fault of a file of records, in one line. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
}

/** The lines that are not blank. */
export async function* readLines(file: string): AsyncGenerator<FoundRecord> {
  for await (const found of byteLines(file)) if (found.text.trim() !== '') yield found;
}

/**
 * One field of each record; of CSV where the name of the file does not end in .jsonl or .ndjson.
 *
 * @throws RecordError where the file has no such field or is not in its format
 */
export function readField(file: string, field: string): AsyncGenerator<FoundRecord> {
  return isJsonLines(file) ? readJson(file, field) : readCsv(file, field);
}

/** The field of a record that is given as its text. Errors: as `readField`. */
export async function fieldOf(text: string, field: string, file: string, line: number): Promise<string> {
  if (isJsonLines(file)) return fieldOfJson(text, field, file, line);
  const delimiter = delimiterOf(file);
  const [record] = parseText(text, { delimiter, relax_column_count: true });
  return record?.[columnOf(await headerOf(file), field, file)] ?? '';
}

async function* readJson(file: string, field: string): AsyncGenerator<FoundRecord> {
  for await (const found of readLines(file)) {
    yield { ...found, text: fieldOfJson(found.text, field, file, found.line) };
  }
}

function fieldOfJson(text: string, field: string, file: string, line: number): string {
  const record = parseRecord(text);
  if (record === undefined) throw new RecordError(`Expected line ${line} of '${file}' to be a JSON object, it is not`);
  const value = record[field] ?? '';
  if (typeof value === 'string') return value.toWellFormed();
  throw new RecordError(
    `Expected field '${field}' of line ${line} of '${file}' to be text, got ${JSON.stringify(value)}`,
  );
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    const record: unknown = JSON.parse(text);
    const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
    return isObject ? (record as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

async function* readCsv(file: string, field: string): AsyncGenerator<FoundRecord> {
  const parser = parse({ bom: true, delimiter: delimiterOf(file), info: true, skip_empty_lines: true });
  pipeline(createReadStream(file), parser, () => {}); // its error comes out of the parser
  let column: number | undefined;
  let [start, line] = [0, 1];
  try {
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      if (column === undefined) column = columnOf(record, field, file);
      else yield { text: record[column]!, line, start, end: info.bytes };
      start = info.bytes;
      line = info.lines + 1;
    }
  } catch (error) {
    if (error instanceof CsvError) throw new RecordError(`Expected '${file}' to be CSV, got this: ${error.message}`);
    throw error;
  }
}

/** A record, and how many lines and bytes of the file are behind it. */
interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number; readonly bytes: number };
}

async function headerOf(file: string): Promise<readonly string[]> {
  const parser = parse({ bom: true, delimiter: delimiterOf(file), skip_empty_lines: true, to: 1 });
  pipeline(createReadStream(file), parser, () => {});
  for await (const record of parser as AsyncIterable<string[]>) return record;
  return [];
}

function columnOf(names: readonly string[], field: string, file: string): number {
  const column = names.indexOf(field);
  if (column >= 0) return column;
  const there = names.map((name) => `'${name}'`).join(', ');
  throw new RecordError(`Expected '${file}' to have a column '${field}', there are: ${there}`);
}

function isJsonLines(file: string): boolean {
  return /\.(?:jsonl|ndjson)$/i.test(file);
}

function delimiterOf(file: string): string {
  return /\.tsv$/i.test(file) ? '\t' : ',';
}
