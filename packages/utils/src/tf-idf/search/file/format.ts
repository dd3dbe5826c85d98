// An index in a file: a line that describes it, the parts one after another, and checksums.
//
// The line is JSON, a space and its CRC-32 in eight hexadecimal digits. What follows is read by blocks, each checked by a
// CRC-32 of its own before it is used: a query reads some tens of them, whatever the size of the file. The CRC-32s stand at
// the end, 32-bit and little-endian; the line has theirs.

import type { Unit } from '../../files/read-documents.ts';
import type { Parts, Totals } from '../index/layout.ts';

export const MAGIC = 'tf-idf search index';
/** 1 held a matrix of TF-IDF and no places of words. */
export const VERSION = 2;
/** Bytes that share a checksum. */
export const BLOCK = 16_384;

/** The parts of a file: those of the index, and where the documents stand. */
export type FilePart = keyof Parts | 'places' | 'files' | 'names';

export const FILE_PARTS: readonly FilePart[] = [
  'terms',
  'pages',
  'postings',
  'positions',
  'lengths',
  'norms',
  'places',
  'files',
  'names',
];

/** The line, as JSON. */
export interface Header {
  readonly magic: string;
  readonly version: number;
  readonly unit: Unit;
  readonly totals: Totals;
  /** Bytes of each part, in their order. */
  readonly sizes: Readonly<Record<FilePart, number>>;
  /** The CRC-32 of all the CRC-32s of blocks. */
  readonly checksum: number;
}

/** For every document: its file and its line as 32-bit integers, its start and its end as doubles. */
export const PLACE_ENTRY = 24;
/** For every file three doubles: where its name ends among the names, its size and when it was changed. */
export const FILE_ENTRY = 24;

/** A fault of an index file, in one line. */
export class IndexFileError extends Error {
  override readonly name = 'IndexFileError';
}
