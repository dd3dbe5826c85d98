// How a CSV file is laid out: its delimiter, its line ends, the place of the column. Found in its first bytes.

import { quote as inQuotes } from '../cells/words.ts';
import { HEAD } from './byte-source.ts';
import { ColumnError, DataError } from './errors.ts';

/** What a scanner has to know. Plain data: it travels to threads. */
export interface Layout {
  /** Bytes; a delimiter that no byte is equal to where there is none. */
  readonly delimiter: number;
  readonly quote: number;
  readonly newline: number;
  /** The place of the column among the cells of a record, from 0 up, and how many cells those have. */
  readonly wanted: number;
  readonly cells: number;
  /** Where the first record of values begins: bytes before it, and its line from 1 up. */
  readonly start: number;
  readonly line: number;
}

/** What the user says of the layout. */
export interface LayoutOptions {
  /** The name of the column, or its number from 1 up. */
  readonly column: string;
  readonly header: boolean;
  /** One ASCII character; found where it is left out. */
  readonly delimiter?: string | undefined;
  /** Never a delimiter that is found. */
  readonly decimal: string;
}

const NEWLINE = 0x0a;
/** The byte before a line feed in files of Windows; the line end of old Macs. */
export const RETURN = 0x0d;
const QUOTE = 0x22;
const COMMA = 0x2c;
/** No byte. */
const NONE = 256;
/** Delimiters that are found, the first of equally frequent ones: text has commas of its own. */
const DELIMITERS = ['\t', ';', '|', ','];
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The layout of a file with a value a line, in quotes perhaps. */
export function linesLayout(head: Buffer): Layout {
  const start = markLength(head);
  return { delimiter: NONE, quote: QUOTE, newline: newlineOf(head), wanted: 0, cells: 1, start, line: 1 };
}

/**
 * The layout of CSV.
 *
 * @param head the first bytes of the file
 * @returns undefined where there is no line that is not blank
 * @throws ColumnError where there is no such column
 * @throws DataError where the head ends within the first line
 */
export function csvLayout(head: Buffer, options: LayoutOptions): Layout | undefined {
  const newline = newlineOf(head);
  let start = markLength(head);
  let line = 1;
  for (; head[start] === newline || (head[start] === RETURN && head[start + 1] === newline); start++) {
    if (head[start] === newline) line++;
  }
  if (start >= head.length) return undefined;
  const delimiter = options.delimiter?.charCodeAt(0) ?? findDelimiter(head, start, newline, options.decimal);
  const first = readRecord(head, start, { delimiter, quote: QUOTE, newline });
  const wanted = options.header ? placeOf(options.column, first.cells) : placeOfNumber(options.column, first.cells);
  const layout = { delimiter, quote: QUOTE, newline, wanted, cells: first.cells.length };
  return options.header ? { ...layout, start: first.end, line: line + first.lines } : { ...layout, start, line };
}

/** A carriage return ends lines where there is no line feed: so did old Macs, and some spreadsheets still do. */
function newlineOf(head: Buffer): number {
  return head.includes(RETURN) && !head.includes(NEWLINE) ? RETURN : NEWLINE;
}

function markLength(head: Buffer): number {
  return head.subarray(0, MARK.length).equals(MARK) ? MARK.length : 0;
}

/** The one that occurs most in the first line, outside quotes; a comma where none does. */
function findDelimiter(head: Buffer, start: number, newline: number, decimal: string): number {
  const counts = new Map(DELIMITERS.filter((each) => each !== decimal).map((each) => [each.charCodeAt(0), 0]));
  let quoted = false;
  for (const byte of head.subarray(start)) {
    if (byte === QUOTE) quoted = !quoted;
    if (byte === newline && !quoted) break;
    if (!quoted && counts.has(byte)) counts.set(byte, counts.get(byte)! + 1);
  }
  const [most, count] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), [COMMA, 0]);
  return count === 0 ? COMMA : most;
}

interface FirstRecord {
  readonly cells: readonly string[];
  /** Where the next record begins. */
  readonly end: number;
  /** Line ends in it and behind it. */
  readonly lines: number;
}

function readRecord(bytes: Buffer, start: number, signs: Pick<Layout, 'delimiter' | 'quote' | 'newline'>): FirstRecord {
  const { delimiter, newline } = signs;
  const cells: string[] = [];
  for (let from = start; ;) {
    const end = cellEnd(bytes, from, signs);
    const isLast = bytes[end] !== delimiter;
    const text = bytes.subarray(from, isLast && bytes[end - 1] === RETURN && end > from ? end - 1 : end).toString();
    cells.push(unquote(text));
    if (!isLast) {
      from = end + 1;
      continue;
    }
    const record = bytes.subarray(start, end + 1);
    return { cells, end: start + record.length, lines: record.filter((byte) => byte === newline).length };
  }
}

/** Where the cell that begins at `from` ends. */
function cellEnd(bytes: Buffer, from: number, { delimiter, quote, newline }: Parameters<typeof readRecord>[2]): number {
  let at = from;
  if (bytes[at] === quote) {
    for (at++; bytes[at] !== quote || bytes[at + 1] === quote; at += bytes[at] === quote ? 2 : 1) {
      if (at >= bytes.length)
        throw new DataError('Expected the first line to end within 1 MiB: is a quote left open in it?');
    }
  }
  while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== newline) at++;
  if (at === HEAD) throw new DataError('Expected the first line to end within 1 MiB, got a longer one');
  return at;
}

/**
 * The text of a cell, as Python's csv reads it: a quote opens a cell only at its start, two of them within are one, and
 * what follows the closing one belongs to the cell.
 */
export function unquote(cell: string): string {
  if (!cell.startsWith('"')) return cell;
  const [whole, inner] = /^"((?:[^"]|"")*)"?/.exec(cell)!;
  return inner!.replaceAll('""', '"') + cell.slice(whole.length);
}

function placeOf(column: string, names: readonly string[]): number {
  const places = names.flatMap((name, place) => (name === column ? [place] : []));
  const near =
    places.length > 0 ? places : names.flatMap((name, place) => (name.trim() === column.trim() ? [place] : []));
  if (near.length > 1) {
    const numbers = near.map((place) => place + 1).join(' and ');
    throw new ColumnError(`Expected one column ${inQuotes(column)}, there are several: numbers ${numbers}`);
  }
  if (near.length === 1) return near[0]!;
  if (/^[1-9]\d*$/.test(column) && Number(column) <= names.length) return Number(column) - 1;
  throw new ColumnError(`Expected a column ${inQuotes(column)}, there are: ${names.map(inQuotes).join(', ')}`);
}

function placeOfNumber(column: string, { length }: readonly string[]): number {
  if (/^[1-9]\d*$/.test(column) && Number(column) <= length) return Number(column) - 1;
  throw new ColumnError(
    `Expected --column to be a number from 1 to ${length} without a header, got ${inQuotes(column)}`,
  );
}
