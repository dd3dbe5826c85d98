// Counts tokens of any pattern or tokenizer, with strings in a Map. It is written to be right, and the tests hold the counter
// for the default pattern against it.

import type { Settings } from '../options/options.ts';
import { arrange, encodeStrings } from '../terms/byte-strings.ts';
import { sortOrder } from '../terms/multikey-quicksort.ts';
import type { Terms } from '../terms/terms.ts';
import { DEFAULT_TOKEN_PATTERN } from '../text/token-pattern.ts';
import type { Counted, Counter, Located } from './counter.ts';
import { locateCounted } from './locate-counted.ts';
import { TermCounts } from './term-counts.ts';

export class AnyPatternCounter implements Counter {
  readonly #settings: Settings;
  readonly #stopWords: ReadonlySet<string>;
  readonly #numbers = new Map<string, number>();
  /** For each number the pair of its last occurrence: in this document where it is not before `counts.start`. */
  readonly #lastPairs: number[] = [];
  readonly #counts = new TermCounts();
  readonly #tokenize: (text: string) => readonly string[];

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#stopWords = new Set(settings.stopWords);
    const { tokenizer, tokenPattern } = settings;
    this.#tokenize = tokenizer === undefined ? byPattern(tokenPattern ?? DEFAULT_TOKEN_PATTERN) : checked(tokenizer);
  }

  get numbered(): number {
    return this.#numbers.size;
  }

  count(bytes: Uint8Array, start: number, end: number): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString();
    const tokens = this.#tokenize(this.#settings.lowercase ? text.toLowerCase() : text);
    const kept = tokens.filter((token) => !this.#stopWords.has(token));
    const [least, most] = this.#settings.ngramRange;
    for (let length = least; length <= Math.min(most, kept.length); length++) {
      this.#counts.reserve(kept.length);
      for (let n = 0; n + length <= kept.length; n++) {
        this.#add(length === 1 ? kept[n]! : kept.slice(n, n + length).join(' '));
      }
    }
    this.#counts.endDocument();
  }

  #add(term: string): void {
    const number = this.#numbers.get(term);
    if (number === undefined) {
      this.#numbers.set(term, this.#numbers.size);
      this.#lastPairs.push(this.#counts.append(this.#numbers.size - 1));
    } else if (this.#lastPairs[number]! < this.#counts.start) {
      this.#lastPairs[number] = this.#counts.append(number);
    } else {
      this.#counts.pairs[2 * this.#lastPairs[number]! + 1]!++;
    }
  }

  locate(vocabulary: Terms): Located {
    return locateCounted(this, vocabulary);
  }

  finish(): Counted {
    const strings = encodeStrings([...this.#numbers.keys()]);
    const order = sortOrder(strings);
    return {
      terms: { tokens: arrange(strings, order), width: 1 },
      numbers: new Int32Array(order),
      counts: this.#counts,
    };
  }
}

/** The whole match, or what the group of the pattern holds where it has one: '' where it holds nothing. */
function byPattern(pattern: RegExp): (text: string) => string[] {
  const all = new RegExp(pattern.source, pattern.flags.includes('g') ? pattern.flags : `${pattern.flags}g`);
  return (text) => Array.from(text.matchAll(all), (match) => (match.length > 1 ? (match[1] ?? '') : match[0]));
}

/** @throws TypeError where the tokenizer gives something else than well-formed strings */
function checked(tokenizer: (text: string) => Iterable<string>): (text: string) => string[] {
  return (text) =>
    Array.from(tokenizer(text), (token: unknown) => {
      if (typeof token === 'string' && token.isWellFormed()) return token;
      const got = typeof token === 'string' ? 'one with half a surrogate pair' : String(token);
      throw new TypeError(`Expected \`tokenizer\` to give well-formed strings, got ${got}`);
    });
}
