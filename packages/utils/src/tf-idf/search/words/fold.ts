// What makes two words one for a search: case, accents, width, and the endings of English.

import { stemmer } from 'stemmer';

/** A word as it is listed and compared by `--exact`: in lower case and composed. */
export function surfaceOf(raw: string): string {
  const lower = raw.toLowerCase().replace('’', "'");
  return isAscii(lower) ? lower : lower.normalize('NFC');
}

/**
 * The key that a word shares with those that are found with it: `Cafés`, `cafe` and `CAFÉ` have one, `threads`, `threaded`
 * and `thread` another.
 *
 * Case and width are folded (upper-cased first, so that `ß` is `ss` and both small sigmas are one), combining accents taken
 * off, underscores too, and English endings by M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980.
 */
export function keyOf(surface: string): string {
  const folded = fold(surface);
  if (/^[a-z]{3,}$/.test(folded)) return stemmer(folded);
  if (!folded.includes("'")) return folded;
  const bare = folded.replace(/'s$/, '').replaceAll("'", '');
  return /^[a-z]{3,}$/.test(bare) ? stemmer(bare) : bare;
}

/** A word without case, accents, width and underscores. */
export function fold(surface: string): string {
  const folded = isAscii(surface)
    ? surface
    : surface
        .normalize('NFKD')
        .replaceAll(/[\u0300-\u036F]/g, '') // those of Latin, Greek and Cyrillic: other scripts cannot be read without theirs
        .normalize('NFKC')
        .toUpperCase()
        .toLowerCase()
        .replaceAll('ς', 'σ');
  return folded.length > 1 ? folded.replaceAll('_', '') || folded : folded;
}

function isAscii(text: string): boolean {
  return !/[^ -~]/.test(text); // control characters are in no word
}
