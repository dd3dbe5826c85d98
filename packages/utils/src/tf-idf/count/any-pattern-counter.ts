// Counts terms of any analyzer, with strings in a Map. It is written to be right, and the tests hold the counter for the
// default pattern against it.

import { openAnalyzer } from '../analysis/open-analyzer.ts';
import type { Analyzer } from '../analysis/open-analyzer.ts';
import type { Settings } from '../options/options.ts';
import { arrange, encodeStrings } from '../terms/byte-strings.ts';
import { sortOrder } from '../terms/multikey-quicksort.ts';
import type { Terms } from '../terms/terms.ts';
import type { Counted, Counter, Located } from './counter.ts';
import { locateCounted } from './locate-counted.ts';
import { TermCounts } from './term-counts.ts';

/** For every pattern, for characters, and for what functions have split. */
export class AnyPatternCounter implements Counter {
  readonly #numbers = new Map<string, number>();
  /** For each number the pair of its last occurrence: in this document where it is not before `counts.start`. */
  readonly #lastPairs: number[] = [];
  readonly #counts = new TermCounts();
  readonly #analyze: Analyzer;

  /** @param settings how documents become terms */
  constructor(settings: Settings) {
    this.#analyze = openAnalyzer(settings);
  }

  get numbered(): number {
    return this.#numbers.size;
  }

  count(bytes: Uint8Array, start: number, end: number): void {
    const terms = this.#analyze(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start));
    this.#counts.reserve(terms.length);
    for (const term of terms) this.#add(term);
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
