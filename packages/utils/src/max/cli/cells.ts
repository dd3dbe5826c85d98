// The cells of one column, as they come: of CSV, of JSON lines, or a number a line. One record is held at a time.

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

export type Format = 'csv' | 'jsonl' | 'lines';

/** A number of the column, or NaN for a gap, and where it stands. */
export interface Cell {
  readonly value: number;
  /** As it is written; '' or 'NaN' for a gap. */
  readonly text: string;
  /** From 1 up; of a record over several lines the last one. */
  readonly line: number;
}

export interface Column {
  readonly name?: string | undefined;
  readonly format: Format;
  /** Between the cells of CSV. */
  readonly delimiter: string;
}

/** What is wrong with the data, in one line. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** The column is not there: the message names those that are. */
export class ColumnError extends Error {
  override readonly name = 'ColumnError';
}

/** A file, or the input where it is '-'. Errors come with the first read. */
export function openInput(path: string): Readable {
  return path === '-' ? process.stdin : createReadStream(path);
}

/**
 * The cells of a column.
 *
 * @throws ColumnError where there is no such column, DataError where a cell is no number or the text is not in the format
 */
export async function* readCells(input: Readable, column: Column): AsyncGenerator<Cell> {
  const read = { csv: readCsv, jsonl: readJsonLines, lines: readLines }[column.format];
  yield* read(input, column);
}

async function* readCsv(input: Readable, { name, delimiter }: Column): AsyncGenerator<Cell> {
  const parser = parse({ bom: true, delimiter, info: true, skip_empty_lines: true });
  // An error of the input is passed on to the parser, which throws it where it is read.
  pipeline(input, parser, () => {});
  let place: number | undefined;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (place === undefined) place = placeOf(name!, record);
      else yield toCell(record[place]!, info.lines, name);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new DataError(`Expected CSV, got this: ${error.message}`);
    throw error;
  }
}

async function* readJsonLines(input: Readable, { name }: Column): AsyncGenerator<Cell> {
  let checked = false;
  for await (const { text, line } of linesOf(input)) {
    const record = parseRecord(text, line);
    if (!checked) placeOf(name!, Object.keys(record));
    checked = true;
    const value = record[name!] ?? '';
    if (typeof value !== 'number' && typeof value !== 'string') throw noNumber(JSON.stringify(value), line, name);
    yield toCell(String(value), line, name);
  }
}

async function* readLines(input: Readable): AsyncGenerator<Cell> {
  for await (const { text, line } of linesOf(input)) yield toCell(text, line);
}

/** The lines that are not blank. */
async function* linesOf(input: Readable): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  // Created where it is read at once: a line that comes before somebody listens would be lost.
  const lines = createInterface({ input, crlfDelay: Infinity });
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {}); // it may fail while no line is awaited
  input.once('error', (error) => {
    failed.reject(error); // readline ends in silence
    lines.close();
  });
  for await (const text of lines) {
    line += 1;
    if (text.trim() !== '') yield { text: line === 1 ? text.replace(/^\uFEFF/, '') : text, line };
  }
  if (input.errored) await failed.promise;
}

function parseRecord(text: string, line: number): Record<string, unknown> {
  try {
    const record: unknown = JSON.parse(text);
    if (typeof record === 'object' && record !== null && !Array.isArray(record))
      return record as Record<string, unknown>;
  } catch {
    // reported below
  }
  throw new DataError(`Expected line ${line} to be a JSON object, got ${quote(text)}`);
}

function placeOf(name: string, names: readonly string[]): number {
  const place = names.indexOf(name);
  if (place < 0) throw new ColumnError(`Expected a column ${quote(name)}, there are: ${names.map(quote).join(', ')}`);
  if (names.includes(name, place + 1)) throw new ColumnError(`Expected one column ${quote(name)}, there are several`);
  return place;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const GAP = /^(?:nan)?$/i;

function toCell(text: string, line: number, name?: string): Cell {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) return { value: Number(trimmed), text: trimmed, line };
  if (GAP.test(trimmed)) return { value: NaN, text: trimmed, line };
  throw noNumber(quote(trimmed), line, name);
}

/** A cell that should be a number and is not. */
export function noNumber(got: string, line: number, name?: string): DataError {
  const where = name === undefined ? `line ${line}` : `column ${quote(name)} of line ${line}`;
  return new DataError(`Expected ${where} to be a number, got ${got}`);
}

/** In quotes, with control characters as escapes, and not longer than a line. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text)
    .slice(1, -1)
    .replaceAll('\\"', '"');
  return `'${escaped.replaceAll(/\p{Cc}/gu, (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`)}'`;
}
