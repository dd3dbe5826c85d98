// Tokens to numbers: open addressing with linear probing, on one typed array, so that a look-up touches one cache line.

import { countOf } from '../terms/byte-strings.ts';
import type { ByteStrings } from '../terms/byte-strings.ts';

/**
 * A slot is four numbers: the token's key (two), its number plus 1 (0: the slot is free), and the pair where
 * `TermCounts` last noted it.
 *
 * The key of up to 8 bytes is those bytes, and says all. The key of more is a hash, with a last byte that no token of 8
 * bytes can end in, and the bytes are compared.
 */
export const SLOT = 4;
export const HASHED = 0x01_00_00_00;
const FIRST_SLOTS = 2_048;

/** Maps every byte to itself. */
export const AS_IT_IS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Tokens that are numbered already: those of a vocabulary, and the slots of a table that holds them alone. */
export interface KnownTokens {
  readonly tokens: ByteStrings;
  readonly index: Int32Array;
}

/** Tokens hold no zero byte: a key is filled up with them. */
export class TokenTable {
  slots: Int32Array;
  #mask: number;
  #most: number;
  /** Bytes of all tokens in the order of their numbers. */
  bytes: Uint8Array;
  starts: Uint32Array;
  count: number;

  /** @param known tokens that are in the table from the start */
  constructor(known?: KnownTokens) {
    // Copies, for the table writes into them, and other threads have the same ones.
    this.slots = known?.index.slice() ?? new Int32Array(FIRST_SLOTS * SLOT);
    this.bytes = known?.tokens.bytes.slice() ?? new Uint8Array(16_384);
    this.starts = known?.tokens.starts.slice() ?? new Uint32Array(1_024);
    this.count = known === undefined ? 0 : countOf(known.tokens);
    this.#mask = this.slots.length / SLOT - 1;
    this.#most = this.slots.length / SLOT / 2;
  }

  /** The slot of the token of these bytes, found or new, whatever they are. `lower` maps each byte to the one meant. */
  add(bytes: Uint8Array, start: number, end: number, lower: Uint8Array): number {
    let [low, high] = [0, 0];
    for (let n = 0; n < 4 && start + n < end; n++) low |= lower[bytes[start + n]!]! << (8 * n);
    for (let n = 4; n < 8 && start + n < end; n++) high |= lower[bytes[start + n]!]! << (8 * n - 32);
    if (end - start <= 8) return this.slotOf(low, high, lower, bytes, start, end - start);
    let hash = hashStart(low, high);
    for (let at = start + 8; at < end; at++) hash = hashNext(hash, lower[bytes[at]!]!);
    return this.slotOf(hash, HASHED | (low & 0xff_ff_ff), lower, bytes, start, end - start);
  }

  /**
   * The slot of a token, found or new.
   *
   * @param source, at, length its bytes; those that `lower` maps to are meant
   */
  slotOf(low: number, high: number, lower: Uint8Array, source: Uint8Array, at: number, length: number): number {
    const { slots } = this;
    const first = (mix(low, high) & this.#mask) * SLOT;
    if (length <= 8 && slots[first] === low && slots[first + 1] === high && slots[first + 2] !== 0) return first;
    return this.#probe(first, low, high, lower, source, at, length);
  }

  #probe(
    from: number,
    low: number,
    high: number,
    lower: Uint8Array,
    source: Uint8Array,
    at: number,
    length: number,
  ): number {
    const { slots } = this;
    const last = slots.length - 1;
    for (let slot = from; ; slot = (slot + SLOT) & last) {
      const number = slots[slot + 2]!;
      if (number === 0) return this.#insert(slot, low, high, lower, source, at, length);
      if (slots[slot] !== low || slots[slot + 1] !== high) continue;
      if (length <= 8 || this.#holds(number - 1, lower, source, at, length)) return slot;
    }
  }

  #holds(number: number, lower: Uint8Array, source: Uint8Array, at: number, length: number): boolean {
    const start = this.starts[number]!;
    if (this.starts[number + 1]! - start !== length) return false;
    for (let n = 0; n < length; n++) if (this.bytes[start + n] !== lower[source[at + n]!]) return false;
    return true;
  }

  #insert(
    slot: number,
    low: number,
    high: number,
    lower: Uint8Array,
    source: Uint8Array,
    at: number,
    length: number,
  ): number {
    const { slots } = this;
    slots[slot] = low;
    slots[slot + 1] = high;
    slots[slot + 3] = -1;
    this.#keep(lower, source, at, length);
    slots[slot + 2] = this.count;
    if (this.count < this.#most) return slot;
    this.#grow();
    return this.slotOf(low, high, lower, source, at, length);
  }

  #keep(lower: Uint8Array, source: Uint8Array, at: number, length: number): void {
    const start = this.starts[this.count]!;
    if (start + length > this.bytes.length) {
      const grown = new Uint8Array(Math.max(2 * this.bytes.length, start + length));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    if (this.count + 2 > this.starts.length) {
      const grown = new Uint32Array(2 * this.starts.length);
      grown.set(this.starts);
      this.starts = grown;
    }
    for (let n = 0; n < length; n++) this.bytes[start + n] = lower[source[at + n]!]!;
    this.count++;
    this.starts[this.count] = start + length;
  }

  /** By 2, not more: the next look-ups find a larger table in no cache. */
  #grow(): void {
    const old = this.slots;
    const size = 2 * (this.#mask + 1);
    this.#mask = size - 1;
    this.#most = size / 2;
    this.slots = new Int32Array(size * SLOT);
    for (let slot = 0; slot < old.length; slot += SLOT) {
      if (old[slot + 2] !== 0) this.#move(old, slot);
    }
  }

  #move(old: Int32Array, from: number): void {
    let place = mix(old[from]!, old[from + 1]!) & this.#mask;
    while (this.slots[place * SLOT + 2] !== 0) place = (place + 1) & this.#mask;
    const slot = place * SLOT;
    for (let n = 0; n < SLOT; n++) this.slots[slot + n] = old[from + n]!;
  }
}

/** The hash of a long token begins with its first eight bytes, and takes the others in one by one (FNV-1a's step). */
export function hashStart(low: number, high: number): number {
  return Math.imul(low, 0x9e_37_79_b1) ^ Math.imul(high, 0x85_eb_ca_77);
}

/** Takes one more byte into the hash of a long token. */
export function hashNext(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01_00_01_93);
}

/** Multiplied into the high bits, which are folded back onto the low ones (constants: MurmurHash3, Austin Appleby). */
export function mix(low: number, high: number): number {
  const hash = Math.imul(low ^ Math.imul(high, 0x85_eb_ca_6b), 0xc2_b2_ae_35);
  return hash ^ (hash >>> 15);
}
