// Texts as lists of words.

import { readFileSync } from 'node:fs';

/** The words of a text file in lower case, in order, without numbers and punctuation. */
export function readWords(file: string): string[] {
  return (
    readFileSync(file, 'utf8')
      .toLowerCase()
      .match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? []
  );
}
