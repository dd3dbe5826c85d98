// From the words of documents to the parts of an index: one pass for the sizes, one that writes. Both go through the
// documents in order, so that each term's documents ascend without a sort.

import { IN_HEADING, IN_NAME, smoothIdf } from './layout.ts';
import type { Image } from './layout.ts';
import { HEADING, NAME, NUMBER, STAYS } from './token-stream.ts';
import type { TokenStream } from './token-stream.ts';
import { varintSize, writeVarint } from './varint.ts';
import { sortTerms, writeTerms } from './write-terms.ts';

/** The index of the documents that were added. */
export function encode(stream: TokenStream): Image {
  const sorted = sortTerms(stream.surfaces);
  const sizes = new Sizes(stream.surfaces.length);
  visit(stream, sizes);
  const { terms, pages, postingsAt, positionsAt } = writeTerms(sorted, sizes);
  const writer = new Writer(sizes, postingsAt, positionsAt, stream.ends.length);
  visit(stream, writer);
  const { postings, positions, lengths, norms, words } = writer;
  const parts = { terms, pages, postings, positions, lengths: bytesOf(lengths), norms: bytesOf(norms) };
  return { totals: { documents: stream.ends.length, terms: sorted.length, words }, parts };
}

/** What is done at each occurrence, and at the end of each document. */
interface Visitor {
  /** @param distance places from the one before in this document, from 1 up; from the beginning for the first */
  position(term: number, distance: number): void;
  posting(term: number, distance: number, code: number): void;
  document(words: number): void;
}

/** Goes through the documents; the state of each term is in columns. */
function visit({ tokens, ends, surfaces }: TokenStream, visitor: Visitor): void {
  const counts = new Uint32Array(surfaces.length);
  const flags = new Uint8Array(surfaces.length);
  const places = new Int32Array(surfaces.length);
  const before = new Int32Array(surfaces.length).fill(-1); // the document
  let at = 0;
  for (const [document, end] of ends.entries()) {
    const touched: number[] = [];
    let place = -1;
    for (; at < end; at++) {
      const token = tokens[at]!;
      const term = token & NUMBER;
      if (counts[term] === 0 && flags[term] === 0) {
        touched.push(term);
        places[term] = -1;
      }
      if ((token & NAME) !== 0) {
        flags[term]! |= IN_NAME;
        continue;
      }
      if (token < STAYS) place += 1;
      if ((token & HEADING) !== 0) flags[term]! |= IN_HEADING;
      if (places[term] === place && counts[term]! > 0) continue; // a part that is written as the whole is
      visitor.position(term, place - places[term]!);
      places[term] = place;
      counts[term]! += 1;
    }
    for (const term of touched) {
      visitor.posting(term, document - before[term]!, counts[term]! * 4 + flags[term]!);
      before[term] = document;
      counts[term] = 0;
      flags[term] = 0;
    }
    visitor.document(place + 1);
  }
}

class Sizes implements Visitor {
  readonly postings: Float64Array;
  readonly positions: Float64Array;
  readonly documents: Uint32Array;

  constructor(terms: number) {
    this.postings = new Float64Array(terms);
    this.positions = new Float64Array(terms);
    this.documents = new Uint32Array(terms);
  }

  position(term: number, distance: number): void {
    this.positions[term]! += varintSize(distance);
  }

  posting(term: number, distance: number, code: number): void {
    this.postings[term]! += varintSize(distance) + varintSize(code);
    this.documents[term]! += 1;
  }

  document(): void {}
}

class Writer implements Visitor {
  readonly postings: Uint8Array;
  readonly positions: Uint8Array;
  readonly lengths: Uint32Array;
  readonly norms: Float64Array;
  words = 0;
  readonly #postingsAt: Float64Array;
  readonly #positionsAt: Float64Array;
  readonly #idf: Float64Array;
  #document = 0;
  #squares = 0;

  constructor(sizes: Sizes, postingsAt: Float64Array, positionsAt: Float64Array, documents: number) {
    this.postings = new Uint8Array(sum(sizes.postings));
    this.positions = new Uint8Array(sum(sizes.positions));
    this.#postingsAt = postingsAt;
    this.#positionsAt = positionsAt;
    this.lengths = new Uint32Array(documents);
    this.norms = new Float64Array(documents);
    this.#idf = Float64Array.from(sizes.documents, (count) => smoothIdf(count, documents));
  }

  position(term: number, distance: number): void {
    this.#positionsAt[term] = writeVarint(this.positions, this.#positionsAt[term]!, distance);
  }

  posting(term: number, distance: number, code: number): void {
    const at = writeVarint(this.postings, this.#postingsAt[term]!, distance);
    this.#postingsAt[term] = writeVarint(this.postings, at, code);
    this.#squares += ((code >>> 2) * this.#idf[term]!) ** 2;
  }

  document(words: number): void {
    this.lengths[this.#document] = words;
    this.norms[this.#document] = Math.sqrt(this.#squares);
    this.words += words;
    this.#squares = 0;
    this.#document += 1;
  }
}

/** The numbers as bytes, the lowest of each first. */
function bytesOf(numbers: Uint32Array | Float64Array): Uint8Array {
  const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  if (!BIG_ENDIAN) return bytes;
  return numbers.BYTES_PER_ELEMENT === 4 ? bytes.swap32() : bytes.swap64();
}

const BIG_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

function sum(numbers: Float64Array): number {
  return numbers.reduce((total, number) => total + number, 0);
}
