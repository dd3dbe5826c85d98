// Bytes of a file by blocks, each checked before it is used.

import { readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { BLOCK, IndexFileError } from './format.ts';

/** So much of blocks is kept that were read alone: those that a bisection comes back to. */
const KEPT = 64;

export class BlockReader {
  readonly #descriptor: number;
  readonly #file: string;
  /** Where the first block begins, and the length of all. */
  readonly #start: number;
  readonly #size: number;
  readonly #checksums: Buffer;
  readonly #kept = new Map<number, Buffer>();

  constructor(file: string, descriptor: number, { start, size }: { start: number; size: number }, checksums: Buffer) {
    this.#file = file;
    this.#descriptor = descriptor;
    this.#start = start;
    this.#size = size;
    this.#checksums = checksums;
  }

  /**
   * The bytes from `start` to `end`, counted from the first block.
   *
   * @throws IndexFileError where a block is not what was written; an error of the file system
   */
  read(start: number, end: number): Buffer {
    if (end <= start) return Buffer.alloc(0);
    const first = Math.floor(start / BLOCK);
    const last = Math.floor((end - 1) / BLOCK);
    const blocks = first === last ? this.#one(first) : this.#many(first, last);
    return blocks.subarray(start - first * BLOCK, end - first * BLOCK);
  }

  #one(block: number): Buffer {
    let bytes = this.#kept.get(block);
    if (bytes === undefined) {
      bytes = this.#many(block, block);
      if (this.#kept.size === KEPT) this.#kept.delete(this.#kept.keys().next().value!);
      this.#kept.set(block, bytes);
    }
    return bytes;
  }

  #many(first: number, last: number): Buffer {
    const bytes = Buffer.alloc(Math.min((last + 1) * BLOCK, this.#size) - first * BLOCK);
    readFully(this.#descriptor, bytes, this.#start + first * BLOCK);
    for (let block = first; block <= last; block++) {
      const at = (block - first) * BLOCK;
      if (crc32(bytes.subarray(at, at + BLOCK)) !== this.#checksums.readUInt32LE(block * 4)) throw damaged(this.#file);
    }
    return bytes;
  }
}

/** Fills the buffer from a place of the file; what is beyond its end stays 0. */
export function readFully(descriptor: number, bytes: Buffer, position: number): void {
  for (let at = 0; at < bytes.length;) {
    const read = readSync(descriptor, bytes, at, bytes.length - at, position + at);
    if (read === 0) return;
    at += read;
  }
}

export function damaged(file: string): IndexFileError {
  return new IndexFileError(`Expected '${file}' to have the checksums that it was written with: it is damaged`);
}
