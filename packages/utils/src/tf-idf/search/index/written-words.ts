// What is known of a word as it is written. A Map would need each word cut out of its text, and hash it as a text of its own.

/** So full the table is at most. */
const LOAD = 0.5;

/** A number for every word that was met, found by its place in a text. */
export class WrittenWords {
  readonly #words: string[] = [];
  #hashes = new Uint32Array(2 ** 12);
  /** The number of a word, plus 1; 0 where there is none. Its length is a power of 2. */
  #table = new Uint32Array(2 ** 13);

  /**
   * The number of the word from `start` to `end` of a text, from 0 up in the order in which words were met.
   *
   * @param met called with a word that is new, which it keeps: nothing of the text is kept with it
   */
  numberOf(text: string, start: number, end: number, met: (word: string) => void): number {
    const hash = hashOf(text, start, end);
    const mask = this.#table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#table[slot]!;
      if (entry === 0) return this.#add(text.slice(start, end), hash, slot, met);
      const word = this.#words[entry - 1]!;
      if (this.#hashes[entry - 1] === hash && word.length === end - start && text.startsWith(word, start)) {
        return entry - 1;
      }
    }
  }

  #add(slice: string, hash: number, slot: number, met: (word: string) => void): number {
    const word = Buffer.from(slice).toString(); // a slice would keep its text in memory
    const number = this.#words.length;
    this.#words.push(word);
    if (number === this.#hashes.length) this.#hashes = grown(this.#hashes);
    this.#hashes[number] = hash;
    this.#table[slot] = number + 1;
    if (this.#words.length > this.#table.length * LOAD) this.#rehash();
    met(word);
    return number;
  }

  #rehash(): void {
    const table = new Uint32Array(this.#table.length * 2);
    const mask = table.length - 1;
    for (let number = 0; number < this.#words.length; number++) {
      let slot = this.#hashes[number]! & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = number + 1;
    }
    this.#table = table;
  }
}

function grown(numbers: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}

/** FNV-1a over UTF-16 units (G. Fowler, L. C. Noll, K.-P. Vo), its high bits brought to the low ones. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
