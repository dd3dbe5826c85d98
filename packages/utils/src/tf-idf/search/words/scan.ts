// Where the words of a text stand.

import { kindAt, LETTER, MARK, OTHER, UNSPACED, unitsAt } from './characters.ts';

/**
 * Calls back with the places of every word of a text, in order, in UTF-16 units.
 *
 * A word is a run of letters, digits and underscores, with what belongs to it: the dot of `.net`, the signs of `c++`, `C#`
 * and `f#`, the end of `don't`. Scripts without blanks between words are cut by the dictionary of `Intl.Segmenter`.
 */
export function scanWords(text: string, found: (start: number, end: number) => void): void {
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === LETTER) {
      const end = withSigns(text, endOfRun(text, at, LETTER));
      found(beginsWithDot(text, at) ? at - 1 : at, end);
      at = end;
    } else if (kind === UNSPACED) {
      const end = endOfRun(text, at, UNSPACED);
      segment(text.slice(at, end), at, found);
      at = end;
    } else {
      at += unitsAt(text, at);
    }
  }
}

function endOfRun(text: string, start: number, kind: number): number {
  let at = start;
  for (;;) {
    const next = kindAt(text, at);
    if (next !== kind && next !== MARK) return at;
    at += unitsAt(text, at);
  }
}

const DOT = 0x2e;
const PLUS = 0x2b;
const HASH = 0x23;
const APOSTROPHE = 0x27;
const RIGHT_QUOTE = 0x2019;
/** What follows an apostrophe within a word of English. */
const ENDINGS: ReadonlySet<string> = new Set(['s', 't', 'd', 'm', 're', 've', 'll']);

/** `.net`, `.gitignore`: the dot is the word's where nothing stands before it. */
function beginsWithDot(text: string, start: number): boolean {
  if (start === 0 || text.charCodeAt(start - 1) !== DOT) return false;
  const before = start === 1 ? 0x20 : text.charCodeAt(start - 2);
  return before <= 0x20 || before === 0x60 || before === HASH - 1 || before === APOSTROPHE || before === 0x28;
}

/** The end of a word with `++`, `#` or `'s` behind it, where no further word begins there. */
function withSigns(text: string, end: number): number {
  const sign = text.charCodeAt(end);
  let to = end;
  if (sign === PLUS && text.charCodeAt(end + 1) === PLUS) to = end + 2;
  else if (sign === HASH) to = end + 1;
  else if (sign === APOSTROPHE || sign === RIGHT_QUOTE) {
    to = endOfRun(text, end + 1, LETTER);
    return to - end <= 3 && ENDINGS.has(text.slice(end + 1, to).toLowerCase()) ? to : end;
  }
  return to > end && kindAt(text, to) === OTHER ? to : end;
}

let segmenter: Intl.Segmenter | undefined;

/** The locale is fixed: the dictionaries are the same in each, and an index has to be read as it was written. */
function segment(run: string, offset: number, found: (start: number, end: number) => void): void {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  for (const { index, segment: word } of segmenter.segment(run)) found(offset + index, offset + index + word.length);
}
