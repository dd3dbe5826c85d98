// What is computed of a document, on a thread: how well it answers a query, by the letters that both have in common.

import { gunzipSync } from 'node:zlib';

/** The letter n-grams that are counted, the shortest and the longest. */
const SHORTEST = 2;
const LONGEST = 8;

/** Counts stand in a table of fixed size, at the hash of what is counted (the hashing trick: Weinberger et al., 2009). */
const SLOTS = 2 ** 14;

export interface Score {
  /** Bytes of the document, unpacked. */
  readonly bytes: number;
  /** Cosine of the angle between the counts of the document and of the query: 0 for nothing in common, up to 1. */
  readonly cosine: number;
}

export interface ScoreTask {
  /** A text, packed by gzip. */
  readonly packed: ArrayBuffer;
  readonly query: string;
}

export default function task({ packed, query }: ScoreTask): Score {
  return scoreDocument(new Uint8Array(packed), query);
}

/** Unpacks the document and scores it. Synchronous: all of it is CPU time of the thread that calls. */
export function scoreDocument(packed: Uint8Array, query: string): Score {
  const text = gunzipSync(packed);
  const counts = countGrams(text);
  return { bytes: text.length, cosine: cosineOf(counts, countGrams(Buffer.from(query))) };
}

/** How often each run of 2 to 8 letters occurs, by its hash (FNV-1a, 32 bits, folded). */
export function countGrams(text: Uint8Array): Int32Array {
  const counts = new Int32Array(SLOTS);
  for (let start = 0; start < text.length; start++) {
    let hash = 0x811c9dc5;
    const end = Math.min(text.length, start + LONGEST);
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash ^ text[at]!, 0x01000193);
      if (at - start + 1 >= SHORTEST) counts[((hash >>> 14) ^ hash) & (SLOTS - 1)]!++;
    }
  }
  return counts;
}

function cosineOf(a: Int32Array, b: Int32Array): number {
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let slot = 0; slot < SLOTS; slot++) {
    dot += a[slot]! * b[slot]!;
    squaresA += a[slot]! ** 2;
    squaresB += b[slot]! ** 2;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squaresA * squaresB);
}
