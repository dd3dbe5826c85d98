// N-grams of characters, in the order in which scikit-learn 1.2.1 lists them: the order of first appearance is that of the
// sums. A character is a code point.

import { joinWhiteSpace, splitAtWhiteSpace } from '../text/white-space.ts';

/**
 * All n-grams of the text, those of one length after those of the length before; runs of white space are one space first.
 *
 * @param range least and most code points of an n-gram
 */
export function charGrams(text: string, [least, most]: readonly [least: number, most: number]): string[] {
  const joined = joinWhiteSpace(text);
  const starts = startsOf(joined);
  const grams: string[] = [];
  for (let length = least; length <= Math.min(most, starts.length - 1); length++)
    addGrams(joined, starts, length, grams);
  return grams;
}

/**
 * The n-grams of each word by itself, with a space before and behind it. A word that is shorter than an n-gram, spaces
 * included, is one as it is, once.
 *
 * @param range least and most code points of an n-gram
 */
export function charGramsOfWords(text: string, [least, most]: readonly [least: number, most: number]): string[] {
  const grams: string[] = [];
  for (const word of splitAtWhiteSpace(text)) {
    const padded = ` ${word} `;
    const starts = startsOf(padded);
    const characters = starts.length - 1;
    for (let length = least; length <= most; length++) {
      if (length < characters) addGrams(padded, starts, length, grams);
      else {
        grams.push(padded);
        break;
      }
    }
  }
  return grams;
}

/** Where each code point starts in units of UTF-16, and where the last one ends. */
function startsOf(text: string): number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xff_ff ? 2 : 1) starts.push(at);
  starts.push(text.length);
  return starts;
}

function addGrams(text: string, starts: readonly number[], length: number, grams: string[]): void {
  for (let n = 0; n + length < starts.length; n++) grams.push(text.slice(starts[n], starts[n + length]));
}
