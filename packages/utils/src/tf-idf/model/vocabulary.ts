// The terms that have a column.

import { indexTokens } from '../count/token-index.ts';
import type { KnownTokens } from '../count/token-table.ts';
import { arrange, countOf, encodeStrings } from '../terms/byte-strings.ts';
import { locateTerms } from '../terms/locate-terms.ts';
import { sortOrder } from '../terms/multikey-quicksort.ts';
import { sharedInt32 } from '../terms/shared-arrays.ts';
import { NONE, termCount, termText } from '../terms/terms.ts';
import type { Terms } from '../terms/terms.ts';

/** Terms and their columns; both can be looked up by the other. */
export class Vocabulary {
  /** Sorted. */
  readonly terms: Terms;
  /** The column of each term; undefined where columns are in the order of the terms. */
  readonly columns: Int32Array | undefined;
  #inColumns: Int32Array | undefined;
  #known: KnownTokens | undefined;

  constructor(terms: Terms, columns?: Int32Array) {
    this.terms = terms;
    this.columns = columns;
  }

  /**
   * Its terms by their hash, made when they are first asked for; undefined where some are of several tokens, or may be.
   */
  get known(): KnownTokens | undefined {
    const { tokens, grams } = this.terms;
    return grams === undefined ? (this.#known ??= { tokens, index: indexTokens(tokens) }) : undefined;
  }

  /** How many terms, and columns, there are. */
  get size(): number {
    return termCount(this.terms);
  }

  /** @throws RangeError where there is no such column */
  textOf(column: number): string {
    if (!Number.isInteger(column) || column < 0 || column >= this.size) {
      throw new RangeError(`Expected \`column\` to be an integer from 0 to ${this.size - 1}, got ${column}`);
    }
    return termText(this.terms, this.columns === undefined ? column : this.#termIn(column));
  }

  /** The column of a term, undefined where it has none. */
  columnOf(text: string): number | undefined {
    const [term] = locateTerms(makeTerms([text], this.terms.grams !== undefined).terms, this.terms);
    if (term === undefined || term === NONE) return undefined;
    return this.columns === undefined ? term : this.columns[term];
  }

  #termIn(column: number): number {
    if (this.#inColumns === undefined) {
      this.#inColumns = new Int32Array(this.size);
      for (let term = 0; term < this.size; term++) this.#inColumns[this.columns![term]!] = term;
    }
    return this.#inColumns[column]!;
  }
}

/** The vocabulary whose columns are the given terms in their order. `byTokens` is whether spaces part tokens. */
export function givenVocabulary(texts: readonly string[], byTokens: boolean): Vocabulary {
  const { terms, order } = makeTerms(texts, byTokens);
  return new Vocabulary(terms, Int32Array.from(order));
}

function makeTerms(texts: readonly string[], byTokens: boolean): { terms: Terms; order: ArrayLike<number> } {
  const parts = byTokens ? texts.map((text) => text.split(' ')) : texts.map((text) => [text]);
  const strings = encodeStrings([...new Set(parts.flat())]);
  const tokenOrder = sortOrder(strings);
  const tokens = arrange(strings, tokenOrder);
  if (!byTokens) return { terms: { tokens, width: 1 }, order: tokenOrder };

  const places = new Map(Array.from(new Set(parts.flat()), (part, n) => [part, n]));
  const ranks = new Int32Array(countOf(tokens));
  for (let rank = 0; rank < ranks.length; rank++) ranks[tokenOrder[rank]!] = rank;
  const numbers = parts.map((tokensOfTerm) => tokensOfTerm.map((part) => ranks[places.get(part)!]!));
  const width = Math.max(...numbers.map(({ length }) => length));
  const order = [...numbers.keys()].toSorted((a, b) => compareNumbers(numbers[a]!, numbers[b]!));
  const grams = sharedInt32(texts.length * width).fill(NONE);
  for (const [term, text] of order.entries()) grams.set(numbers[text]!, term * width);
  return { terms: { tokens, width, grams }, order };
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((number, place) => number !== b[place]);
  return differs === -1 ? a.length - b.length : a[differs]! - (b[differs] ?? NONE);
}

/** The terms that are marked, with the tokens that those need. */
export function selectTerms(terms: Terms, kept: Uint8Array): Terms {
  const { tokens, width, grams } = terms;
  if (kept.every((mark) => mark === 1)) return terms;
  if (grams === undefined) return { tokens: arrange(tokens, marked(kept)), width };
  const chosen = marked(kept);
  const needed = new Uint8Array(countOf(tokens));
  for (const term of chosen) {
    for (let place = 0; place < width; place++) {
      const token = grams[term * width + place]!;
      if (token !== NONE) needed[token] = 1;
    }
  }
  const tokenOrder = marked(needed);
  const renumbered = new Int32Array(needed.length).fill(NONE);
  for (let token = 0; token < tokenOrder.length; token++) renumbered[tokenOrder[token]!] = token;
  const selected = sharedInt32(chosen.length * width);
  for (let n = 0; n < selected.length; n++) {
    const token = grams[chosen[Math.floor(n / width)]! * width + (n % width)]!;
    selected[n] = token === NONE ? NONE : renumbered[token]!;
  }
  return { tokens: arrange(tokens, tokenOrder), width, grams: selected };
}

function marked(marks: Uint8Array): Uint32Array {
  let count = 0;
  for (const mark of marks) count += mark;
  const numbers = new Uint32Array(count);
  let at = 0;
  for (let n = 0; n < marks.length; n++) if (marks[n] === 1) numbers[at++] = n;
  return numbers;
}
