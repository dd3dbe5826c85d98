// Counts the words of some samples. The input is their names: each lane reads its own files.

import { probe } from '@cookbook/lab/task';
import type { LaneReport } from '@cookbook/lab/task';
import { readWords } from './corpus.ts';

export interface CountJob {
  readonly names: readonly string[];
}

/** One long string and one array: to serialise and parse a map of so many words takes a third of the time to count them. */
export interface CountAnswer {
  /** Every word once, in the order of first appearance, a line each. */
  readonly words: string;
  readonly counts: Uint32Array;
  readonly report: LaneReport;
}

export default function task({ names }: CountJob): CountAnswer {
  let answer = { words: '', counts: new Uint32Array() };
  const report = probe(() => {
    const counts = new Map<string, number>();
    for (const name of names) {
      for (const word of readWords(name)) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    answer = { words: [...counts.keys()].join('\n'), counts: Uint32Array.from(counts.values()) };
  });
  return { ...answer, report };
}
