// Bytes one after another, in a buffer that grows.

import { varintSize, writeVarint } from './varint.ts';

export class ByteWriter {
  #bytes = Buffer.alloc(2 ** 16);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What was written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A whole number from 0 to 2 ** 32 - 1. */
  varint(value: number): void {
    this.#reserve(varintSize(value));
    this.#length = writeVarint(this.#bytes, this.#length, value);
  }

  /** A text as UTF-8, its length in bytes before it. */
  text(text: string): void {
    const size = Buffer.byteLength(text);
    this.varint(size);
    this.#reserve(size);
    this.#bytes.write(text, this.#length);
    this.#length += size;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#length + size));
    this.#bytes.copy(larger);
    this.#bytes = larger;
  }
}
