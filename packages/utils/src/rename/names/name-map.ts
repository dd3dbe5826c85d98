// A map by name. For strings that are met once, as file names are, a Map of the language takes two to three times as long:
// it has every string keep a hash, and grows by copying.

import { randomInt } from 'node:crypto';

/** Of every name, random in each run, so that names cannot be chosen to fall into one slot. */
const SEED = randomInt(2 ** 31);

/** Between a quarter and a half of the slots are taken. */
const SLOTS_PER_NAME = 2;

/** Open addressing with linear probing; names stay in the order in which they came. */
export class NameMap<V> {
  readonly #names: string[] = [];
  readonly #values: V[] = [];
  /** The hash of a name, then its place among the names plus 1; 0 where the slot is free. */
  #slots: Int32Array;
  #mask: number;

  /** @param expected how many names there will be; more are no error */
  constructor(expected = 0) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(8, SLOTS_PER_NAME * expected)));
    this.#slots = new Int32Array(2 * slots);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#names.length;
  }

  /** Adds a name. Returns false, and keeps the value that is there, where it is known. */
  add(name: string, value: V): boolean {
    const hash = hashOf(name);
    const slot = this.#find(name, hash);
    if (this.#slots[slot + 1] !== 0) return false;
    this.#values.push(value);
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = this.#names.push(name);
    if (SLOTS_PER_NAME * this.#names.length > this.#mask + 1) this.#grow();
    return true;
  }

  has(name: string): boolean {
    return this.#slots[this.#find(name, hashOf(name)) + 1] !== 0;
  }

  get(name: string): V | undefined {
    return this.#values[this.#slots[this.#find(name, hashOf(name)) + 1]! - 1];
  }

  keys(): readonly string[] {
    return this.#names;
  }

  *[Symbol.iterator](): Iterator<[name: string, value: V]> {
    for (let n = 0; n < this.#names.length; n++) yield [this.#names[n]!, this.#values[n]!];
  }

  /** The slot of a name, or the free one where it belongs. */
  #find(name: string, hash: number): number {
    const slots = this.#slots;
    for (let place = hash & this.#mask; ; place = (place + 1) & this.#mask) {
      const number = slots[2 * place + 1]!;
      if (number === 0 || (slots[2 * place] === hash && this.#names[number - 1] === name)) return 2 * place;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    this.#mask = old.length - 1;
    for (let slot = 0; slot < old.length; slot += 2) {
      if (old[slot + 1] === 0) continue;
      let place = old[slot]! & this.#mask;
      while (this.#slots[2 * place + 1] !== 0) place = (place + 1) & this.#mask;
      this.#slots[2 * place] = old[slot]!;
      this.#slots[2 * place + 1] = old[slot + 1]!;
    }
  }
}

/** FNV-1a's step for each character, its high bits folded onto the low ones. */
function hashOf(name: string): number {
  let hash = SEED;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01_00_01_93);
  return hash ^ (hash >>> 15);
}
