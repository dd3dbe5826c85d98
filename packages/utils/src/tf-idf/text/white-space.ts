// White space as Python has it: what `\s` of its regular expressions and `str.split()` find. JavaScript's `\s` lacks the
// information separators U+001C to U+001F and U+0085, and has U+FEFF, which is none in Python.

const WHITE = String.raw`\t-\r\x1C-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000`;
const RUN = new RegExp(`[${WHITE}]{2,}`, 'gu');
const WORD = new RegExp(`[^${WHITE}]+`, 'gu');

/** The text with one space for two or more characters of white space in a row; a single one stays as it is. */
export function joinWhiteSpace(text: string): string {
  return text.replaceAll(RUN, ' ');
}

/** What stands between white space, in its order: Python's `str.split()`. */
export function splitAtWhiteSpace(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}
