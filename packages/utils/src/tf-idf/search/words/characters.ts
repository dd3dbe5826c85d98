// What kind of character stands at a place of a text: looked up in a table that is filled as characters are met.

/** Neither letter, digit nor mark: ends a word. */
export const OTHER = 1;
/** A letter, a digit or an underscore. */
export const LETTER = 2;
/** A mark that goes on with a word: a combining accent, the vowel signs of Devanagari. */
export const MARK = 3;
/** A letter of a script that writes words without blanks between them. */
export const UNSPACED = 4;

const kinds = new Uint8Array(0x10000);

/**
 * The kind of the character at a place, `OTHER` beyond the end of the text.
 *
 * @param at in UTF-16 units
 */
export function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at); // NaN beyond the end
  if (unit >= 0xd800 && unit < 0xdc00) return kindOf(String.fromCodePoint(text.codePointAt(at)!));
  return at < text.length ? (kinds[unit] ||= kindOf(String.fromCharCode(unit))) : OTHER;
}

/** How many UTF-16 units the character takes: 2 beyond the Basic Multilingual Plane. */
export function unitsAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

function kindOf(character: string): number {
  if (/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u.test(character)) {
    return /[\p{L}\p{M}\p{N}]/u.test(character) ? UNSPACED : OTHER;
  }
  if (/[\p{L}\p{N}_]/u.test(character)) return LETTER;
  return /[\p{M}ー]/u.test(character) ? MARK : OTHER;
}
