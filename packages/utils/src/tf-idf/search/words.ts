// The words of a text as the vectorizer sees them, and where they stand in the text as it is written.

import { DEFAULT_TOKEN_PATTERN } from '../index.ts';

/** A word, lower-cased, and its place in UTF-16 units. */
export interface Word {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a text, in its order. The text is lower-cased as a whole: a final sigma looks at what stands around it. */
export function wordsOf(text: string): Word[] {
  const lower = text.toLowerCase();
  const place = lower.length === text.length ? (at: number): number => at : placesOf(text);
  return Array.from(lower.matchAll(DEFAULT_TOKEN_PATTERN), ({ 0: word, index }) => ({
    word,
    start: place(index),
    end: place(index + word.length),
  }));
}

/** From a place in the lower-cased text to that in the text, where a letter becomes several: `İ` an i and a dot. */
function placesOf(text: string): (at: number) => number {
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const { length } = character.toLowerCase();
    for (let unit = 0; unit < length; unit++) places.push(at);
    at += character.length;
  }
  return (lowerAt) => places[lowerAt] ?? text.length;
}
