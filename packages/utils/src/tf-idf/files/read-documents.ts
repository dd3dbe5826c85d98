// Documents from files: a file each, a line each, or a field of a record each; and their text again when it is shown.

import { stat } from 'node:fs/promises';
import { beginsBinary, decode, isBinary, plainName, readBytes, readRange } from './bytes.ts';
import type { FoundFile } from './find-files.ts';
import type { Place, Places, Stamp } from './places.ts';
import { FieldNames, fieldOf, readField, readLines, RecordError } from './records.ts';
import { STANDARD_INPUT } from './standard-input.ts';

/** The unit that is a document. */
export type Unit =
  | { readonly kind: 'file' }
  | { readonly kind: 'line' }
  | { readonly kind: 'field'; readonly field: string };

/** Files that were read, those that were left out, and records that are none. */
export interface FileCounts {
  files: number;
  binary: number;
  unreadable: number;
  badRecords: number;
}

/** Files that are read ahead: enough for the disk to have something to do, few enough for the memory. */
const AHEAD = 16;

/** Kept while documents are read: where they stand, and how many files there were. */
export interface ReadState {
  readonly places: Places;
  readonly counts: FileCounts;
}

export interface ReadDocument {
  readonly text: string;
  /** Of a file, its name: a line or a record has none. */
  readonly name?: string;
}

/**
 * The documents, in order. Files that are binary or cannot be read, and records that are none, are passed over and counted.
 *
 * @throws RecordError where no record has the field; its message names the fields that there are
 */
export function readDocuments(files: readonly FoundFile[], unit: Unit, state: ReadState): AsyncGenerator<ReadDocument> {
  return unit.kind === 'file' ? readWhole(files, state) : readRecords(files, unit, state);
}

async function* readWhole(files: readonly FoundFile[], state: ReadState): AsyncGenerator<ReadDocument> {
  const { places, counts } = state;
  const ahead: Promise<Result>[] = [];
  let next = 0;
  for (const { path: file, name } of files) {
    while (next < files.length && ahead.length < AHEAD) ahead.push(read(files[next++]!.path));
    const result = await ahead.shift()!;
    if ('skipped' in result) {
      counts[result.skipped] += 1;
      continue;
    }
    counts.files += 1;
    places.add({ file, line: 1, start: 0, end: -1, stamp: result.stamp });
    yield { text: result.text, name: plainName(name) };
  }
}

type Skipped = { readonly skipped: 'binary' | 'unreadable' };
type Result = { readonly text: string; readonly stamp: Stamp } | Skipped;

async function read(file: string): Promise<Result> {
  try {
    const stamp = await stampOf(file);
    const bytes = await readBytes(file);
    return isBinary(bytes) ? { skipped: 'binary' } : { text: decode(bytes), stamp };
  } catch {
    return { skipped: 'unreadable' }; // too long for a string included
  }
}

/** What a file is at the moment. Throws an error of the file system. */
export async function stampOf(file: string): Promise<Stamp> {
  if (file === STANDARD_INPUT) return { size: -1, modified: 0 };
  const { size, mtimeMs } = await stat(file);
  return { size, modified: mtimeMs };
}

async function* readRecords(
  files: readonly FoundFile[],
  unit: Exclude<Unit, { kind: 'file' }>,
  { places, counts }: ReadState,
): AsyncGenerator<ReadDocument> {
  const names = new FieldNames();
  for (const { path: file } of files) {
    const probed = await probe(file);
    if ('skipped' in probed) {
      counts[probed.skipped] += 1;
      continue;
    }
    counts.files += 1;
    const faults = { names, onBad: () => (counts.badRecords += 1) };
    const records = unit.kind === 'line' ? readLines(file) : readField(file, unit.field, faults);
    try {
      for await (const { text, ...place } of records) {
        places.add({ file, ...place, stamp: probed.stamp });
        yield { text };
      }
    } catch (error) {
      if (error instanceof RecordError || !isOfTheFile(error)) throw error;
      counts.unreadable += 1; // cut short within: what came before is kept
      counts.files -= 1;
    }
  }
  if (unit.kind === 'field') names.check(unit.field);
}

/** Of the file system or of zlib: these have a code. */
function isOfTheFile(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === 'string';
}

async function probe(file: string): Promise<{ readonly stamp: Stamp } | Skipped> {
  try {
    return (await beginsBinary(file)) ? { skipped: 'binary' } : { stamp: await stampOf(file) };
  } catch {
    return { skipped: 'unreadable' };
  }
}

/**
 * The text of a document, read again: as it is in the file now.
 *
 * @throws an error of the file system; RecordError where the record is not what it was
 */
export async function textOf({ file, start, end }: Place, unit: Unit): Promise<string> {
  if (unit.kind === 'file') return decode(await readBytes(file));
  const text = decode(await readRange(file, start, end));
  return unit.kind === 'line' ? text : fieldOf(text, unit.field, file);
}
