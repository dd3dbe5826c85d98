// N-grams to numbers. An n-gram is the n-gram before its last token, and that token: two numbers, whatever the length.

import type { TermCounts } from './term-counts.ts';

/** A slot is four numbers: what stands before, the last token, the node's number plus 1 (0: free), and its last pair. */
const SLOT = 4;
const FIRST_SLOTS = 4_096;

/** No n-gram stands before a single token. */
export const NOTHING = -1;

/** Nodes are the tokens and the n-grams in one order of first appearance. */
export class GramTable {
  readonly least: number;
  readonly most: number;
  #slots = new Int32Array(FIRST_SLOTS * SLOT);
  #mask = FIRST_SLOTS - 1;
  #grams = 0;
  /** For each node the node before its last token, and that token. */
  before = new Int32Array(1_024);
  last = new Int32Array(1_024);
  numbered = 0;
  /** For each token its node. */
  #nodes = new Int32Array(1_024);
  #tokens = 0;
  /** The tokens of the document that is being counted. */
  #document = new Int32Array(1_024);
  /** For each of them the node of the n-gram that begins there. */
  #begun = new Int32Array(1_024);
  #length = 0;

  /** @param stops so many tokens are stop words, and have no node */
  constructor(least: number, most: number, stops: number) {
    this.least = least;
    this.most = most;
    for (let token = 0; token < stops; token++) this.#nodes = put(this.#nodes, token, NOTHING);
    this.#tokens = stops;
  }

  /** The node of a token by itself, NOTHING where it is a stop word. */
  nodeOf(token: number): number {
    return this.#nodes[token]!;
  }

  /** The next token of the document. Tokens are numbered in their order of first appearance. */
  addToken(token: number): void {
    if (token === this.#tokens) this.#nodes = put(this.#nodes, this.#tokens++, this.#newNode(NOTHING, token));
    this.#document[this.#length] = token;
    this.#begun[this.#length++] = this.#nodes[token]!;
  }

  /** Makes room for so many tokens in the document that begins. */
  reserve(tokens: number): void {
    if (tokens <= this.#document.length) return;
    this.#document = new Int32Array(2 * tokens);
    this.#begun = new Int32Array(2 * tokens);
  }

  /** Counts the n-grams of two tokens and more of the document, the shorter ones first, and begins another document. */
  count(counts: TermCounts): void {
    for (let length = 2; length <= Math.min(this.most, this.#length); length++) {
      if (length >= this.least) counts.reserve(this.#length);
      this.#countLength(length, length >= this.least ? counts : undefined);
    }
    this.#length = 0;
  }

  /** Finds the n-grams of one length, each by the one that is a token shorter and begins at the same place. */
  #countLength(length: number, counts: TermCounts | undefined): void {
    const [begun, document] = [this.#begun, this.#document];
    for (let n = 0; n + length <= this.#length; n++) {
      const slot = this.#slotOf(begun[n]!, document[n + length - 1]!);
      begun[n] = this.#slots[slot + 2]! - 1;
      if (counts !== undefined) this.#add(slot, counts);
    }
  }

  #add(slot: number, counts: TermCounts): void {
    const pair = this.#slots[slot + 3]!;
    if (pair >= counts.start) counts.pairs[2 * pair + 1]!++;
    else this.#slots[slot + 3] = counts.append(this.#slots[slot + 2]! - 1);
  }

  #slotOf(before: number, token: number): number {
    const slots = this.#slots;
    const mask = this.#mask;
    let place = mix(before, token) & mask;
    for (;;) {
      const slot = place * SLOT;
      if (slots[slot + 2] === 0) return this.#insert(slot, before, token);
      if (slots[slot] === before && slots[slot + 1] === token) return slot;
      place = (place + 1) & mask;
    }
  }

  #insert(slot: number, before: number, token: number): number {
    this.#slots[slot] = before;
    this.#slots[slot + 1] = token;
    this.#slots[slot + 2] = this.#newNode(before, token) + 1;
    this.#slots[slot + 3] = -1;
    if (++this.#grams <= this.#mask >>> 1) return slot;
    this.#grow();
    return this.#slotOf(before, token);
  }

  #newNode(before: number, token: number): number {
    this.before = put(this.before, this.numbered, before);
    this.last = put(this.last, this.numbered, token);
    return this.numbered++;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length);
    this.#mask = this.#slots.length / SLOT - 1;
    for (let from = 0; from < old.length; from += SLOT) if (old[from + 2] !== 0) this.#move(old, from);
  }

  #move(old: Int32Array, from: number): void {
    let place = mix(old[from]!, old[from + 1]!) & this.#mask;
    while (this.#slots[place * SLOT + 2] !== 0) place = (place + 1) & this.#mask;
    for (let n = 0; n < SLOT; n++) this.#slots[place * SLOT + n] = old[from + n]!;
  }
}

function put(numbers: Int32Array<ArrayBuffer>, at: number, number: number): Int32Array<ArrayBuffer> {
  const roomy = at < numbers.length ? numbers : grow(numbers);
  roomy[at] = number;
  return roomy;
}

function grow(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * numbers.length);
  grown.set(numbers);
  return grown;
}

function mix(before: number, token: number): number {
  const hash = Math.imul(before ^ Math.imul(token, 0x85_eb_ca_6b), 0xc2_b2_ae_35);
  return hash ^ (hash >>> 15);
}
