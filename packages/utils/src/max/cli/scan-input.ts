// One input, whatever its format.

import { UsageError } from '@cookbook/lab/command';
import { EMPTY } from '../cells/tally.ts';
import type { Tally } from '../cells/tally.ts';
import type { ByteSource } from '../rows/byte-source.ts';
import { csvLayout, linesLayout } from '../rows/layout.ts';
import type { Layout } from '../rows/layout.ts';
import { openText } from '../rows/open-text.ts';
import { scanRange } from '../rows/scan-range.ts';
import type { Watch } from '../rows/scan-range.ts';
import type { FileRequest, Format, Input } from './arguments.ts';

/** From this many bytes on threads are started: below, starting them takes longer than it saves. */
const THREADS_FROM = 128e6;

/** What to look for, and how. */
export interface ScanOptions extends Watch {
  /** Which of the inputs it is, from 0 up. */
  readonly index: number;
  /** Gets the size in bytes, where it is known. */
  readonly onOpen: (size: number | undefined) => void;
}

/**
 * Scans one input for the column.
 *
 * @throws ColumnError, DataError of the format
 * @throws UsageError where the format only now turns out to need a column
 * @throws Error of the system, with its code, where it cannot be read
 */
export async function scanInput(
  input: Input,
  request: FileRequest,
  { index, onOpen, ...watch }: ScanOptions,
): Promise<Tally> {
  await using source = await openText(input.path);
  onOpen(source.size);
  const { column, notation } = request;
  const format = input.format ?? guessFormat(source.head, column);
  if (format === 'json' || format === 'jsonl') {
    const { scanJson } = await import('../json/scan-json.ts');
    return await scanJson(source, { format, column, notation, input: index }, watch);
  }
  const layout = format === 'lines' ? linesLayout(source.head) : layoutOf(source.head, input, request);
  if (layout === undefined) return EMPTY;
  const threads = await threadsFor(source, layout, request);
  if (threads > 1) {
    const { scanInParts } = await import('../parts/scan-in-parts.ts');
    const file = { path: input.path, size: source.size!, layout, notation, input: index, threads };
    return await scanInParts(file, watch);
  }
  const range = { from: 0, skip: layout.start, stop: Infinity, line: layout.line, input: index };
  const { tally } = await scanRange(source, layout, notation, range, watch);
  return tally;
}

/** Of an input whose name says nothing. */
function guessFormat(head: Buffer, column: string | undefined): Format {
  const [first] = head.subarray(0, 256).toString().trim(); // of a byte order mark too
  if (first === '{' || first === '[') return 'json';
  return column === undefined ? 'lines' : 'csv';
}

function layoutOf(head: Buffer, { delimiter }: Input, { column, header, notation }: FileRequest): Layout | undefined {
  if (column === undefined) throw new UsageError('Expected --column for csv, got none');
  return csvLayout(head, { column, header, delimiter, decimal: notation.decimal });
}

/** Only of a plain file can any part be read on its own. */
async function threadsFor({ size }: ByteSource, { start }: Layout, { threads }: FileRequest): Promise<number> {
  if (size === undefined || size <= start) return 1;
  if (threads !== 'auto') return threads;
  if (size < THREADS_FROM) return 1;
  const { usableCores } = await import('@cookbook/lab/host');
  return usableCores();
}
