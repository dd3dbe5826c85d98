// Batches of documents: a stretch of memory that is filled, counted by a lane, and filled again.

import { sharedBytes, sharedUint32 } from '../terms/shared-arrays.ts';
import type { Document } from '../text/documents.ts';

/** Some documents in a row. */
export interface Batch {
  /** Its place among all batches. */
  readonly number: number;
  /** Its first document's place among all documents. */
  readonly first: number;
  readonly documents: number;
  readonly bytes: Uint8Array;
  /** Where each document ends; the first one starts at 0, each other one after the zero byte behind the one before. */
  readonly ends: Uint32Array;
}

/** Long enough that handing it over costs nothing beside counting it, short enough for a core's cache. */
const BATCH_BYTES = 2 ** 20;
const BATCH_DOCUMENTS = 2 ** 14;

/** UTF-8 takes three bytes at most for a unit of UTF-16. */
const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** Fills a batch with documents: shared memory, which is used again once it has been counted. */
export class BatchWriter {
  bytes: Uint8Array;
  readonly ends: Uint32Array;
  documents = 0;
  #length = 0;

  constructor(capacity = BATCH_BYTES, documents = BATCH_DOCUMENTS) {
    this.bytes = sharedBytes(capacity);
    this.ends = sharedUint32(documents);
  }

  /** Whether no document is in it. */
  get isEmpty(): boolean {
    return this.documents === 0;
  }

  /** Empties it, to be filled again. */
  clear(): void {
    this.documents = 0;
    this.#length = 0;
  }

  /** Adds a document where it fits; an empty batch grows for it. */
  add(document: Document): boolean {
    if (this.documents === this.ends.length) return false;
    const room = this.bytes.length - this.#length - 1;
    if (typeof document === 'string' && document.length * BYTES_PER_UNIT <= room) {
      return this.#end(encoder.encodeInto(document, this.bytes.subarray(this.#length)).written);
    }
    const size = typeof document === 'string' ? Buffer.byteLength(document) : document.length;
    if (size > room) {
      if (!this.isEmpty) return false;
      this.bytes = sharedBytes(size + 1);
    }
    if (typeof document === 'string') encoder.encodeInto(document, this.bytes.subarray(this.#length));
    else this.bytes.set(document, this.#length);
    return this.#end(size);
  }

  #end(size: number): true {
    this.#length += size;
    this.ends[this.documents++] = this.#length;
    this.bytes[this.#length++] = 0;
    return true;
  }
}
