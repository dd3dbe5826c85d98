// What each process runs to count: the words of some files. It is sent their names, and reads them itself.

import { readWords } from './words.ts';

export interface CountJob {
  /** Paths of text files. */
  readonly files: readonly string[];
}

/** One long string and one array: a map of so many words takes a third of the time of the count to serialise and parse. */
export interface CountAnswer {
  /** Every word once, in the order of first appearance, a line each. */
  readonly words: string;
  readonly counts: Uint32Array;
}

export default function countWordsOf({ files }: CountJob): CountAnswer {
  const counts = new Map<string, number>();
  for (const file of files) {
    for (const word of readWords(file)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { words: [...counts.keys()].join('\n'), counts: Uint32Array.from(counts.values()) };
}
