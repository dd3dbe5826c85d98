// The words of all documents as one column of numbers: four bytes a word, whatever the text.

import { analyze } from '../words/analyze.ts';
import { scanWords } from '../words/scan.ts';
import { headingsOf } from './headings.ts';
import { WrittenWords } from './written-words.ts';

/** A document to be indexed. */
export interface IndexedDocument {
  readonly text: string;
  /** A path or a title whose words count too, and whose ending says how headings are marked; none for a line or a record. */
  readonly name?: string;
}

/** Beside the number of a term: it stands where the one before stands, it is in a heading, it is in the name. */
export const STAYS = 2 ** 31;
export const HEADING = 2 ** 30;
export const NAME = 2 ** 29;
/** The number of the term itself. */
export const NUMBER = NAME - 1;

export class TokenStream {
  /** The terms by their numbers, in the order in which they were met. */
  readonly surfaces: string[] = [];
  /** Where each document ends among the tokens. */
  readonly ends: number[] = [];
  #tokens = new Uint32Array(2 ** 16);
  #count = 0;
  readonly #numbers = new Map<string, number>();
  readonly #written = new WrittenWords();
  /** For each word as it is written its token, where it is found by itself alone; else what it is found by. */
  readonly #found: (number | readonly number[])[] = [];

  get tokens(): Uint32Array {
    return this.#tokens.subarray(0, this.#count);
  }

  add({ text, name }: IndexedDocument): void {
    if (name !== undefined) scanWords(name, (start, end) => this.#push(name, start, end, NAME));
    const headings = name === undefined ? [] : headingsOf(text, name);
    let next = 0;
    scanWords(text, (start, end) => {
      while (next < headings.length && headings[next]![1] <= start) next += 1;
      this.#push(text, start, end, next < headings.length && headings[next]![0] <= start ? HEADING : 0);
    });
    this.ends.push(this.#count);
  }

  #push(text: string, start: number, end: number, flags: number): void {
    const found = this.#found[this.#written.numberOf(text, start, end, this.#learn)]!;
    if (typeof found === 'number') this.#append(found + flags);
    else for (const token of found) this.#append(token + flags);
  }

  #append(token: number): void {
    if (this.#count === this.#tokens.length) this.#grow();
    this.#tokens[this.#count++] = token;
  }

  #grow(): void {
    const larger = new Uint32Array(this.#tokens.length * 2);
    larger.set(this.#tokens);
    this.#tokens = larger;
  }

  readonly #learn = (raw: string): void => {
    const { terms } = analyze(raw);
    const tokens = terms.map(({ surface, offset }, at) => {
      const stays = at > 0 && offset === terms[at - 1]!.offset;
      return this.#numberOf(surface) + (stays ? STAYS : 0);
    });
    this.#found.push(tokens.length === 1 ? tokens[0]! : tokens);
  };

  #numberOf(surface: string): number {
    let number = this.#numbers.get(surface);
    if (number === undefined) {
      number = this.surfaces.length;
      if (number > NUMBER) throw new RangeError(`Expected at most ${NUMBER} different words, got more`);
      this.#numbers.set(surface, number);
      this.surfaces.push(surface);
    }
    return number;
  }
}
