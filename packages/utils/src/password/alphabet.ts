// Which characters a password may hold, and of which class each one is.

import { DemandError } from './demand-error.ts';

export const CLASSES = ['upper', 'lower', 'digits', 'symbols'] as const;

/** The classes one can ask for. A letter without case, such as a Chinese one, is of none of them: 'other'. */
export type CharacterClass = (typeof CLASSES)[number];

/** The 94 characters that every keyboard and every form accepts: printable ASCII without the space. */
export const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0x21 + index)).join('');

/** Characters that are taken for one another when they are read from paper or out loud. */
export const AMBIGUOUS = '0Oo1lI|';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as a reader counts them: a letter with its accents is one, and so is a family or a flag. */
export function charactersOf(text: string): string[] {
  if (/^[ -~]*$/.test(text)) return Array.from(text); // most are, and it is a hundred times as fast
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** The class of one character, by the category in Unicode of what its marks stand on; an emoji is a symbol. */
export function classOf(character: string): CharacterClass | 'other' {
  if (/[\ufe0f\u20e3]/.test(character)) return 'symbols'; // a digit in a keycap is none
  if (/^\p{Lu}/u.test(character)) return 'upper';
  if (/^\p{Ll}/u.test(character)) return 'lower';
  if (/^\p{Nd}/u.test(character)) return 'digits';
  return /^[\p{P}\p{S} ]/u.test(character) ? 'symbols' : 'other';
}

/** Whether a character is a letter, of any script. */
export function isLetter(character: string): boolean {
  return /^\p{L}/u.test(character);
}

/** A visible character with the marks on it, and what joins emoji: U+200C, U+200D and the tags that flags of regions end in. */
const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S} ][\p{L}\p{M}\p{N}\p{P}\p{S}\u200c-\u200d\u{e0020}-\u{e007f}]*$/u;

/**
 * The characters of an alphabet, each by itself.
 *
 * @throws DemandError for a character that stands twice, which would be drawn twice as often, for one that cannot be seen,
 *   such as a tab or an accent by itself, and for two that would join to one
 */
export function readAlphabet(alphabet: string): string[] {
  const characters = charactersOf(alphabet);
  const unfit = characters.find((character) => !VISIBLE.test(character));
  if (unfit !== undefined) {
    throw new DemandError('alphabet', `to hold printable characters, got ${codePoint(unfit)}`);
  }
  const seen = new Set<string>();
  for (const character of characters) {
    // The two spellings of one letter look alike, and a form may take one for the other.
    const spelling = character.normalize('NFC');
    if (seen.has(spelling)) throw new DemandError('alphabet', `to hold every character once, got '${character}' twice`);
    seen.add(spelling);
  }
  expectApart(characters);
  return characters;
}

/** Two characters that are one when they stand side by side, such as the two halves of a flag, would make a password shorter. */
function expectApart(characters: readonly string[]): void {
  const joining = characters.filter((character) => !/^[ -~]$/.test(character));
  for (const one of joining) {
    const other = characters.find((after) =>
      [one + after, after + one].some((pair) => charactersOf(pair).length !== 2),
    );
    if (other !== undefined) {
      throw new DemandError('alphabet', `to hold characters that stay apart, got '${one}' and '${other}'`);
    }
  }
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
