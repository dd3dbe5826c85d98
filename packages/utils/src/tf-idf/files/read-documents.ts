// Documents from files: a file each, a line each, or a field of a record each; and their text again when it is shown.

import { open, readFile } from 'node:fs/promises';
import { decode } from './byte-lines.ts';
import type { Place, Places } from './places.ts';
import { fieldOf, readField, readLines } from './records.ts';

/** The unit that is a document. */
export type Unit =
  | { readonly kind: 'file' }
  | { readonly kind: 'line' }
  | { readonly kind: 'field'; readonly field: string };

/** Files that were read, and those that were left out. */
export interface FileCounts {
  files: number;
  binary: number;
  unreadable: number;
}

/** Files that are read ahead: enough for the disk to have something to do, few enough for the memory. */
const AHEAD = 16;
/** A file with a NUL in so many first bytes is no text. */
const PROBE = 8_000;

/** Kept while documents are read: where they stand, and how many files there were. */
export interface ReadState {
  readonly places: Places;
  readonly counts: FileCounts;
}

/**
 * The texts of the documents, in order. Files that are binary or cannot be read are passed over and counted.
 *
 * @throws RecordError where a file has no such field or is not in its format
 */
export function readDocuments(files: readonly string[], unit: Unit, state: ReadState): AsyncGenerator<string> {
  return unit.kind === 'file' ? readWhole(files, state) : readRecords(files, unit, state);
}

async function* readWhole(files: readonly string[], { places, counts }: ReadState): AsyncGenerator<string> {
  const ahead: Promise<Result>[] = [];
  let next = 0;
  for (const file of files) {
    while (next < files.length && ahead.length < AHEAD) ahead.push(read(files[next++]!));
    const { text, skipped } = await ahead.shift()!;
    counts[skipped ?? 'files'] += 1;
    if (text === undefined) continue;
    places.add({ file, line: 1, start: 0, end: -1 });
    yield text;
  }
}

interface Result {
  readonly text?: string;
  readonly skipped?: 'binary' | 'unreadable';
}

async function read(file: string): Promise<Result> {
  try {
    const bytes = await readFile(file);
    return isBinary(bytes) ? { skipped: 'binary' } : { text: decode(bytes) };
  } catch {
    return { skipped: 'unreadable' }; // too long for a string included
  }
}

function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, PROBE).includes(0);
}

async function* readRecords(
  files: readonly string[],
  unit: Exclude<Unit, { kind: 'file' }>,
  { places, counts }: ReadState,
): AsyncGenerator<string> {
  for (const file of files) {
    const skipped = await probe(file);
    counts[skipped ?? 'files'] += 1;
    if (skipped !== undefined) continue;
    const records = unit.kind === 'line' ? readLines(file) : readField(file, unit.field);
    for await (const { text, ...place } of records) {
      places.add({ file, ...place });
      yield text;
    }
  }
}

async function probe(file: string): Promise<Result['skipped']> {
  try {
    return isBinary(await readPart(file, 0, PROBE)) ? 'binary' : undefined;
  } catch {
    return 'unreadable';
  }
}

/**
 * The text of a document, read again: as it is in the file now.
 *
 * @throws an error of the file system; RecordError where the record is not what it was
 */
export async function textOf({ file, start, end, line }: Place, unit: Unit): Promise<string> {
  if (unit.kind === 'file') return decode(await readFile(file));
  const text = decode(await readPart(file, start, end));
  return unit.kind === 'line' ? text : fieldOf(text, unit.field, file, line);
}

async function readPart(file: string, start: number, end: number): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - start), 0, end - start, start);
  return buffer.subarray(0, bytesRead);
}
