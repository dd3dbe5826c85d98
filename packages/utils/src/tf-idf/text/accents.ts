// Takes accents off letters, as scikit-learn's `strip_accents_ascii` and `strip_accents_unicode` do.

/** Which accents are taken off, and with what else. */
export type AccentStripping = 'ascii' | 'unicode';

/** Characters that do not combine are no marks: only marks have to be looked at one by one. */
const MARK = /\p{M}/gu;

/** Of the lowest class that combines, 1, and of the highest, 240: they show where another one stands in the order. */
const LOWEST = '\u0334';
const HIGHEST = '\u0345';

const combining = new Map<string, boolean>();

/**
 * The text in normal form KD, without its marks ('unicode'), or without everything beyond ASCII ('ascii').
 *
 * @param text well-formed
 */
export function stripAccents(text: string, kind: AccentStripping): string {
  const decomposed = text.normalize('NFKD');
  if (kind === 'ascii') return decomposed.replaceAll(/[^\0-\x7F]+/g, '');
  return decomposed.replaceAll(MARK, (mark) => (isCombining(mark) ? '' : mark));
}

/**
 * Whether a code point's canonical combining class is not 0, as Python's `unicodedata.combining` says. JavaScript has no
 * property for it, but normalizing puts marks into the order of their classes, and moves nothing across class 0.
 *
 * @param mark one code point that is its own canonical decomposition
 */
export function isCombining(mark: string): boolean {
  let known = combining.get(mark);
  if (known === undefined) {
    known = isReordered(HIGHEST + mark) || isReordered(mark + LOWEST);
    combining.set(mark, known);
  }
  return known;
}

function isReordered(pair: string): boolean {
  return pair.normalize('NFD') !== pair;
}
