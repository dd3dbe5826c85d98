// The words of a text with their places: for a query, and for the lines that are shown.

import { analyze } from './analyze.ts';
import type { Analysis } from './analyze.ts';
import { scanWords } from './scan.ts';

/** A word as it is written. */
export interface Word extends Analysis {
  readonly raw: string;
  /** In UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** The words of a text, in its order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  scanWords(text, (start, end) => {
    const raw = text.slice(start, end);
    words.push({ raw, start, end, ...analyze(raw) });
  });
  return words;
}
