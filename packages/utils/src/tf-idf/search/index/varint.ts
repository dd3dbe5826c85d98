// Whole numbers in as few bytes as they need, seven bits in each, the lowest first (LEB128).

/** How many bytes the number takes: from 0 to 2 ** 32 - 1. */
export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

/** Writes the number at a place, and returns the place after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  let to = at;
  while (rest >= 0x80) {
    bytes[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[to++] = rest;
  return to;
}

/** Numbers one after another. */
export class VarintReader {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The next number. */
  next(): number {
    const bytes = this.#bytes;
    let byte = bytes[this.at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80 && shift < 35; shift += 7) {
      byte = bytes[this.at++]!;
      value |= (byte & 0x7f) << shift;
    }
    return value >>> 0;
  }

  /** Passes over so many numbers. */
  skip(count: number): void {
    const bytes = this.#bytes;
    let at = this.at;
    for (let left = count; left > 0; at++) if (bytes[at]! < 0x80) left -= 1;
    this.at = at;
  }

  /** The bytes of a text that begins with its length, in bytes. */
  text(): string {
    const length = this.next();
    const start = this.at;
    this.at += length;
    return Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset + start, length).toString();
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }
}
