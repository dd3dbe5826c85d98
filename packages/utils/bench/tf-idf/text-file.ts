// The text of a benchmark as one file that every way reads, Node's and Python's: the lengths of the documents in a line of
// JSON, then the documents.

import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** Writes the documents, over and over, until there are so many bytes; all of them once where no size is given. */
export function writeText(file: string, documents: readonly string[], size?: number): void {
  const parts = documents.map((document) => Buffer.from(document));
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  const chosen: Buffer[] = [];
  for (let bytes = 0; bytes < (size ?? total);) {
    const part = parts[chosen.length % parts.length]!;
    chosen.push(part);
    bytes += part.length;
  }
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${JSON.stringify(chosen.map(({ length }) => length))}\n`);
    for (const part of chosen) writeSync(handle, part);
  } finally {
    closeSync(handle);
  }
}

/** Reads a document at a time, so that the memory of the whole file counts for no way. */
export function readText(file: string): string[] {
  const handle = openSync(file, 'r');
  try {
    let at = 0;
    const read = (length: number): Buffer => {
      const piece = Buffer.alloc(length);
      readSync(handle, piece, 0, length, at);
      at += length;
      return piece;
    };
    const header: Buffer[] = [];
    while (header.at(-1)?.toString() !== '\n') header.push(read(1));
    const lengths = JSON.parse(Buffer.concat(header).toString()) as number[];
    return lengths.map((length) => read(length).toString());
  } finally {
    closeSync(handle);
  }
}
