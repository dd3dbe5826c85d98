// How often each term occurs in each document: pairs of a term and a count, document after document.

/** Grows as it is filled; one for each lane. */
export class TermCounts {
  /** A term's number, then its count in the document, for each term of each document in order of appearance. */
  pairs = new Int32Array(2 * 1_024);
  /** Where the pairs of each document end; counted in pairs. */
  #ends = new Uint32Array(256);
  #documents = 0;
  /** Pairs so far: the number of the next one. */
  length = 0;
  /** The first pair of the document that is being counted. */
  start = 0;

  /** How many documents have ended. */
  get documents(): number {
    return this.#documents;
  }

  /** Where the pairs of each document that has ended end: a view, in pairs. */
  get ends(): Uint32Array {
    return this.#ends.subarray(0, this.#documents);
  }

  /** Makes room for so many more pairs. */
  reserve(more: number): void {
    if (2 * (this.length + more) <= this.pairs.length) return;
    const grown = new Int32Array(Math.max(2 * (this.length + more), 2 * this.pairs.length));
    grown.set(this.pairs.subarray(0, 2 * this.length));
    this.pairs = grown;
  }

  /** Notes the first appearance of a term in the document; its pair's number is where further ones are added. */
  append(term: number): number {
    const pair = this.length++;
    this.pairs[2 * pair] = term;
    this.pairs[2 * pair + 1] = 1;
    return pair;
  }

  /** Adds the pairs of whole documents, whose ends `endDocument` has noted. `length` is how many there are with them. */
  take(pairs: Int32Array, length: number): void {
    this.reserve(length - this.length);
    this.pairs.set(pairs.subarray(0, 2 * (length - this.length)), 2 * this.length);
    this.length = length;
  }

  /**
   * Ends the document: the next pairs are of another one.
   *
   * @param end where its pairs end, should they not be here yet
   */
  endDocument(end: number = this.length): void {
    if (this.#documents === this.#ends.length) {
      const grown = new Uint32Array(2 * this.#ends.length);
      grown.set(this.#ends);
      this.#ends = grown;
    }
    this.#ends[this.#documents++] = end;
    this.start = end;
  }
}
