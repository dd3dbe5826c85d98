// The parts of an index, in memory as in a file. Numbers of several bytes are little-endian, on every machine.
//
// A term is a word as it is written in a document, in lower case. Terms that share a key (see words/fold.ts) stand together.

export interface Parts {
  /**
   * The terms, by key and then by term: for each the key (length and UTF-8), the term (length and UTF-8, of length 0 where it
   * is the key), in how many documents it is, and the bytes of its postings and of its positions.
   */
  readonly terms: Uint8Array;
  /** For every page of terms three doubles: where it begins in `terms`, in `postings` and in `positions`. */
  readonly pages: Uint8Array;
  /** For every term, its documents: the distance from the one before, and a code (below). */
  readonly postings: Uint8Array;
  /** For every term and document, its places in the text, each as the distance from the one before. */
  readonly positions: Uint8Array;
  /** For every document a 32-bit integer: how many words it has. */
  readonly lengths: Uint8Array;
  /** For every document a double: the length of its vector of TF-IDF. */
  readonly norms: Uint8Array;
}

export interface Totals {
  readonly documents: number;
  readonly terms: number;
  /** Of all documents. */
  readonly words: number;
}

export interface Image {
  readonly totals: Totals;
  readonly parts: Parts;
}

/** Terms of a page. */
export const PAGE = 32;
/** Bytes of a page's entry. */
export const PAGE_ENTRY = 24;

/** In the code of a posting, which is how often the word is in the text, times 4, and these: */
export const IN_NAME = 1;
export const IN_HEADING = 2;

/**
 * The weight of a term by how rare it is: ln((1 + documents) / (1 + documents with it)) + 1, scikit-learn's default.
 *
 * @param count documents with the term, from 0 up
 */
export function smoothIdf(count: number, documents: number): number {
  return Math.log((1 + documents) / (1 + count)) + 1;
}
